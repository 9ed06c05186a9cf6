import { countExecutionsAfter, executionsAfter, latestExecutionId } from '../executions.cts';
import { newListing } from '../listings.cts';
import {
	type Answered,
	postSigned,
	readAnswer,
	signature,
	signedHeaders,
	type SignedOptions,
} from '../signed.cts';
import { heal, world } from '../world.cts';

const LISTING = {
	property_id: 'refused-property',
	company_id: 'refused-company',
	address: '123 Main St',
	city: 'Manila',
	price_amount: 5_000_000,
	beds: 3,
	baths: 2,
};
const BODY = JSON.stringify(LISTING);

async function post(body: string, headers: Record<string, string>): Promise<Answered> {
	const response = await fetch(`${world().n8n.webhookUrl}/enrich-property`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body,
	});
	return await readAnswer(response);
}

const secondsAgo = (seconds: number) => String(Math.floor(Date.now() / 1000) - seconds);

describe('what the trigger refuses', () => {
	let before: number;

	beforeAll(heal);

	beforeEach(() => {
		before = latestExecutionId();
	});

	afterEach(() => {
		expect(countExecutionsAfter(before)).toBe(0);
	});

	it('refuses a request without a signature', async () => {
		const { status, body } = await post(BODY, {});
		expect(status).toBe(401);
		expect(body).toMatchObject({ accepted: false, error: 'unauthorized' });
	});

	it('refuses a signature without its timestamp, and a timestamp without its signature', async () => {
		const headers = signedHeaders(BODY);
		const alone = await post(BODY, { 'X-Signature': headers['X-Signature'] });
		const bare = await post(BODY, { 'X-Timestamp': headers['X-Timestamp'] });
		expect([alone.status, bare.status]).toEqual([401, 401]);
	});

	it.each<[string, SignedOptions]>([
		['signed more than 300 s ago', { clockAhead: -302 }],
		['signed more than 300 s in the future', { clockAhead: 302 }],
		['signed with another secret', { secret: 'another-secret' }],
		['signed with no secret at all', { secret: '' }],
		['with one byte changed on the way', { sentBody: BODY.replace('5000000', '5000001') }],
		['that lost its last byte, and is JSON still', { sentBody: BODY }],
	])('refuses a request %s', async (_, options) => {
		const signed = options.sentBody === BODY ? `${BODY}\n` : BODY;
		const { status, body, headers } = await postSigned('enrich-property', signed, options);
		expect(status).toBe(401);
		expect(body).toMatchObject({ accepted: false, error: 'unauthorized' });
		expect(body.correlation_id).toBe(headers.get('x-correlation-id'));
	});

	it('refuses a good signature under the timestamp of another request', async () => {
		const [one, other] = [secondsAgo(20), secondsAgo(10)];
		const { status } = await post(BODY, {
			'X-Signature': signature('sandbox-signing-secret', one, BODY),
			'X-Timestamp': other,
		});
		expect(status).toBe(401);
	});

	it('refuses the two headers with their values swapped', async () => {
		const headers = signedHeaders(BODY);
		const { status } = await post(BODY, {
			'X-Signature': headers['X-Timestamp'],
			'X-Timestamp': headers['X-Signature'],
		});
		expect(status).toBe(401);
	});

	it.each([
		['cut off in the middle', BODY.slice(0, 60)],
		['that is no JSON', 'property_id=1&beds=3'],
	])('refuses a body %s; n8n itself answers 422', async (_, sentBody) => {
		const { status } = await postSigned('enrich-property', BODY, { sentBody });
		expect(status).toBe(422);
	});

	it('refuses an empty body under a good signature', async () => {
		const { status, body } = await postSigned('enrich-property', '');
		expect(status).toBe(400);
		expect(body).toMatchObject({ error: 'invalid_json' });
	});

	it('refuses 300 kB with 413', async () => {
		const { status, body } = await postSigned('enrich-property', {
			...LISTING,
			padding: 'x'.repeat(300 * 1024),
		});
		expect(status).toBe(413);
		expect(body).toMatchObject({ error: 'body_too_large' });
		expect(body.message).toMatch(/256 kB/);
	});

	it("does not take 20 MB, which n8n's own limit stops", async () => {
		const { status } = await postSigned('enrich-property', Buffer.alloc(20 * 2 ** 20, ' '));
		expect(status).toBeGreaterThanOrEqual(400);
	});

	it('refuses a multipart body with 415', async () => {
		const form = new FormData();
		form.append('property_id', 'refused-property');
		const response = await fetch(`${world().n8n.webhookUrl}/enrich-property`, {
			method: 'POST',
			headers: signedHeaders(''),
			body: form,
		});
		const { status, body } = await readAnswer(response);
		expect(status).toBe(415);
		expect(body).toMatchObject({ error: 'unsupported_media_type' });
	});

	it('names every missing and mistyped field, and repeats no value', async () => {
		const { status, body } = await postSigned('enrich-property', {
			property_id: 'p-1',
			city: '',
			price_amount: '5000000',
			beds: 'three',
			baths: 2,
		});
		expect(status).toBe(400);
		expect(body).toMatchObject({ accepted: false, error: 'invalid_event' });
		const fields = (body.fields as Array<{ field: string }>).map(({ field }) => field);
		expect(fields.sort()).toEqual(['address', 'beds', 'city', 'company_id', 'price_amount']);
		expect(JSON.stringify(body)).not.toContain('three');
	});

	it.each([
		['a negative price', { price_amount: -1 }, ['price_amount']],
		['beds below zero', { beds: -2 }, ['beds']],
		['a latitude beyond the pole', { latitude: 90.1, longitude: 0 }, ['latitude']],
		['a longitude beyond the date line', { latitude: 0, longitude: -181 }, ['longitude']],
		['an array for a listing', undefined, ['(body)']],
	])('refuses %s by its name', async (_, change, names) => {
		const { status, body } = await postSigned(
			'enrich-property',
			change ? { ...LISTING, ...change } : '[]',
		);
		expect(status).toBe(400);
		expect((body.fields as Array<{ field: string }>).map(({ field }) => field)).toEqual(names);
	});

	it('does not know a GET', async () => {
		const response = await fetch(`${world().n8n.webhookUrl}/enrich-property`);
		expect((await readAnswer(response)).status).toBe(404);
	});
});

describe('what the trigger takes', () => {
	it('takes a body with ñ, ₱ and emoji, and its bytes arrive as they were signed', async () => {
		const before = latestExecutionId();
		const listing = await newListing({
			address: 'Calle Niño 5, 🏡 Peñafrancia',
			description: 'Only ₱5,000,000 – “señorial” 👨‍👩‍👧',
		});
		const { status, headers } = await postSigned('enrich-property', listing);
		expect(status).toBe(200);
		expect(headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
		const [execution, ...others] = await executionsAfter(before);
		expect(others).toEqual([]);
		expect(execution).toMatchObject({ status: 'success', workflowId: 'property-enrichment' });
		expect(execution!.kept).toContain('Calle Niño 5, 🏡 Peñafrancia');
	});

	it.each([-298, 298])('takes a clock that is %i s off', async (clockAhead) => {
		const { status } = await postSigned('enrich-property', await newListing(), { clockAhead });
		expect(status).toBe(200);
	});
});
