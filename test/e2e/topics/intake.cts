import type { EnrichProperty } from '../../../nodes/shared/contracts/enrichProperty';
import { testWorkflow } from '../editor.cts';
import { countExecutionsAfter, executionsAfter, latestExecutionId } from '../executions.cts';
import { arrival, newListing, rowOf, send } from '../listings.cts';
import { type Answered, postSigned } from '../signed.cts';
import { heal, webhookAnswers, world } from '../world.cts';

const CORRELATION_ID = { 'X-Correlation-Id': 'e2e-intake' };

describe('a trigger that responds immediately, to some companies', () => {
	beforeAll(async () => {
		heal();
		await world().editor.publish(await testWorkflow('respond-immediately.json'));
		await webhookAnswers('e2e-immediately');
		await webhookAnswers('e2e-half');
	});

	async function offer(path: string, company_id: string): Promise<[Answered, number]> {
		const before = latestExecutionId();
		const listing: Partial<EnrichProperty> = { ...(await newListing()), company_id };
		const answer = await postSigned(path, listing, { headers: CORRELATION_ID });
		return [answer, countExecutionsAfter(before)];
	}

	it('answers 202 with the correlation id, and works on it afterwards', async () => {
		const before = latestExecutionId();
		const [answer] = await offer('e2e-immediately', 'company-3');
		expect(answer.status).toBe(202);
		expect(answer.body).toEqual({ accepted: true, correlation_id: 'e2e-intake' });
		expect(answer.headers.get('x-correlation-id')).toBe('e2e-intake');
		expect((await executionsAfter(before)).map(({ status }) => status)).toEqual(['success']);
	});

	it('answers 200 to a company that is not chosen, says so, and starts nothing', async () => {
		const [answer, executions] = await offer('e2e-immediately', 'company-2');
		expect(answer.status).toBe(200);
		expect(answer.body).toMatchObject({ accepted: false, correlation_id: 'e2e-intake' });
		expect(answer.body.message).toMatch(/not switched on/);
		expect(executions).toBe(0);
	});

	// printf company-2 | openssl dgst -sha256 starts with 35, of company-1 with 85: 21 % and 52 %.
	it.each([
		['company-2', 202, 1],
		['company-1', 200, 0],
	])('takes %s or not by its share of the hash', async (company, status, executions) => {
		const [answer, started] = await offer('e2e-half', company);
		expect([answer.status, started]).toEqual([status, executions]);
	});

	it('still refuses what is not signed', async () => {
		const { status } = await postSigned('e2e-immediately', await newListing(), { secret: 'wrong' });
		expect(status).toBe(401);
	});
});

describe('the test address of a trigger', () => {
	beforeEach(heal);

	it('takes one signed request after "Listen for test event", and none before or after', async () => {
		const listing = await newListing();
		const test = { endpoint: 'webhook-test' };
		expect((await postSigned('enrich-property', listing, test)).status).toBe(404);

		await world().editor.listenForTestEvent('property-enrichment', 'Property IQ Trigger');
		const refused = await postSigned('enrich-property', listing, { ...test, secret: 'wrong' });
		expect(refused.status).toBe(401);
		const taken = await postSigned('enrich-property', listing, test);
		expect(taken.status).toBe(200);
		expect((await rowOf(listing.property_id)).source).toBe('insufficient_data');

		expect((await postSigned('enrich-property', listing, test)).status).toBe(404);
		// The production address goes on as before.
		await arrival(await send(await newListing()));
	});
});

describe('the change of the signing secret', () => {
	beforeAll(async () => {
		await world().editor.saveCredential('In rotation', 'signedWebhookApi', {
			baseUrl: world().platform.url,
			signingSecret: 'the-next-secret',
			previousSigningSecret: 'the-secret-until-now',
			toleranceSeconds: 300,
		});
		await world().editor.publish(await testWorkflow('secret-rotation.json'));
		await webhookAnswers('e2e-rotation');
	});

	it.each([
		['the-next-secret', 200],
		['the-secret-until-now', 200],
		['the-secret-before-that', 401],
	])('answers what is signed with %s by %i', async (secret, status) => {
		const answer = await postSigned('e2e-rotation', await newListing(), { secret });
		expect(answer.status).toBe(status);
		if (status === 200) {
			const which = secret === 'the-next-secret' ? 'current secret' : 'previous secret';
			expect(answer.body.signedWith).toBe(which);
		}
	});
});
