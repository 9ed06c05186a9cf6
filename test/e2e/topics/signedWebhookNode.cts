import { testWorkflow } from '../editor.cts';
import { executionsAfter, latestExecutionId } from '../executions.cts';
import { newListing, rowOf } from '../listings.cts';
import { postSigned } from '../signed.cts';
import { heal, webhookAnswers, world } from '../world.cts';

/** A listing that brings the callback which the workflow is to sign and send. */
async function listingWithCallback() {
	const listing = await newListing();
	return {
		...listing,
		callback_url: `${world().platform.url}/internal/n8n/enrichment-complete`,
		callback: {
			property_id: listing.property_id,
			estimate: 5_200_000,
			neighborhood_avg: null,
			narrative: 'Signed by steps: ñ ₱ 🏠',
			source: 'comparables',
			last_updated: '2026-01-15T10:30:00Z',
		},
	};
}

describe('Signed Webhook: verify and sign by steps, behind a core Webhook', () => {
	beforeAll(async () => {
		heal();
		await world().editor.publish(await testWorkflow('signed-webhook.json'));
		await webhookAnswers('e2e-steps');
	});

	it('answers 202 to a signed listing, and the platform takes what it signs', async () => {
		const before = latestExecutionId();
		const listing = await listingWithCallback();
		const { status, body, headers } = await postSigned('e2e-steps', listing, {
			headers: { 'X-Correlation-Id': 'e2e-steps-1' },
		});
		expect(status).toBe(202);
		expect(body).toEqual({ accepted: true, correlation_id: 'e2e-steps-1' });
		expect(headers.get('x-correlation-id')).toBe('e2e-steps-1');
		expect((await executionsAfter(before)).map((each) => each.status)).toEqual(['success']);
		expect((await rowOf(listing.property_id)).narrative).toBe('Signed by steps: ñ ₱ 🏠');
	});

	it('answers 401 to another secret, and goes no further', async () => {
		const before = latestExecutionId();
		const listing = await listingWithCallback();
		const { status, body } = await postSigned('e2e-steps', listing, { secret: 'another' });
		expect(status).toBe(401);
		expect(body).toMatchObject({ accepted: false, error: 'unauthorized' });
		await executionsAfter(before);
		expect((await rowOf(listing.property_id)).narrative).toBe('');
	});

	it('answers 400 with the fields to a listing without its price', async () => {
		const { price_amount: _, ...listing } = await listingWithCallback();
		const { status, body } = await postSigned('e2e-steps', listing);
		expect(status).toBe(400);
		expect(body.fields).toEqual([{ field: 'price_amount', message: 'is required' }]);
	});
});
