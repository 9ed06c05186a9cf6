import { SECRETS } from '../../../sandbox/sandbox.cts';
import { DEMO_COMPANY } from '../../../sandbox/platform/seed.cts';
import { testWorkflow } from '../editor.cts';
import { executionsAfter, latestExecutionId } from '../executions.cts';
import { newListing, rowOf } from '../listings.cts';
import type { Recorded } from '../recorder.cts';
import { readAnswer, signature } from '../signed.cts';
import { heal, webhookAnswers, world } from '../world.cts';

const PAYLOAD = { city: 'Parañaque', price: '₱5,000,000', note: '👍 “señorial”', beds: 3 };

/** Has n8n's own HTTP Request node make a call; answers what the webhook in front of it answers. */
async function call(branch: string, body: object) {
	const response = await fetch(`${world().n8n.webhookUrl}/e2e-call-${branch}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return await readAnswer(response);
}

function expectSigned({ headers, rawBody }: Recorded): void {
	const timestamp = headers.get('x-timestamp') ?? '';
	expect(timestamp).toMatch(/^\d{10}$/);
	expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(30);
	expect(headers.get('x-signature')).toBe(signature(SECRETS.signing, timestamp, rawBody));
}

describe("n8n's own HTTP Request node with the credential", () => {
	beforeAll(async () => {
		await world().editor.publish(await testWorkflow('http-request.json'));
		await webhookAnswers('e2e-call-json');
		await webhookAnswers('e2e-call-retry');
	});

	beforeEach(heal);

	it('signs the very bytes of a JSON body with ñ, ₱ and emoji', async () => {
		const { recorder } = world();
		await call('json', { url: `${recorder.url}/json`, payload: PAYLOAD });
		const [request, ...others] = recorder.received;
		expect(others).toEqual([]);
		expect(request!.headers.get('content-type')).toMatch(/^application\/json/);
		expect(JSON.parse(request!.rawBody.toString('utf8'))).toEqual(PAYLOAD);
		expectSigned(request!);
	});

	it('signs a raw body as it stands, odd spaces and all', async () => {
		const { recorder } = world();
		const text = '{ "city" :  "Parañaque",\n\t"price": 5.0, "emoji": "🏠" }\n';
		await call('raw', { url: `${recorder.url}/raw`, text });
		expect(recorder.received.map(({ rawBody }) => rawBody.toString('utf8'))).toEqual([text]);
		expectSigned(recorder.received[0]!);
	});

	it('signs a form as it is encoded', async () => {
		const { recorder } = world();
		await call('form', { url: `${recorder.url}/form` });
		const [request] = recorder.received;
		expect(request!.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/);
		expect(Object.fromEntries(new URLSearchParams(request!.rawBody.toString()))).toEqual({
			name: 'Peña & Sons',
			price: '₱5,000,000 🏠',
		});
		expectSigned(request!);
	});

	it('signs a GET over zero bytes, whatever its query', async () => {
		const { recorder } = world();
		await call('get', { url: `${recorder.url}/get` });
		const [request] = recorder.received;
		expect(request).toMatchObject({ method: 'GET', rawBody: Buffer.alloc(0) });
		expect(new URL(request!.target, recorder.url).searchParams.get('company_id')).toBe('5f0c & ñ');
		expectSigned(request!);
	});

	it('sends nothing where it cannot sign, and says why', async () => {
		const before = latestExecutionId();
		const { status } = await call('multipart', { url: `${world().recorder.url}/multipart` });
		expect(status).toBe(500);
		expect(world().recorder.received).toEqual([]);
		const [execution] = await executionsAfter(before);
		expect(execution!.kept).toMatch(
			/A multipart body cannot be signed, because its bytes are not known beforehand/,
		);
		expect(execution!.kept).not.toContain(SECRETS.signing);
	});

	it('signs each retry anew, with a timestamp of its own', async () => {
		const { recorder } = world();
		recorder.failNext(503);
		const { status } = await call('retry', { url: `${recorder.url}/retry`, payload: PAYLOAD });
		expect(status).toBe(200);
		expect(recorder.received).toHaveLength(2);
		recorder.received.forEach(expectSigned);
		const [first, second] = recorder.received.map(({ headers }) =>
			Number(headers.get('x-timestamp')),
		);
		expect(second! - first!).toBeGreaterThanOrEqual(1);
	});

	it('is taken by the platform', async () => {
		const { property_id } = await newListing();
		const { status } = await call('json', {
			url: `${world().platform.url}/internal/n8n/enrichment-complete`,
			payload: {
				property_id,
				estimate: 5_200_000,
				neighborhood_avg: 4_800_000,
				narrative: 'Isang tahanan sa Parañaque – ₱5.2M 🏡',
				source: 'comparables',
				last_updated: '2026-01-15T10:30:00Z',
			},
		});
		expect(status).toBe(200);
		expect((await rowOf(property_id)).narrative).toBe('Isang tahanan sa Parañaque – ₱5.2M 🏡');
	});
});

describe("the credential's test button", () => {
	it('is green with the right secret', async () => {
		expect(await world().editor.testCredential('sandbox-platform')).toMatchObject({ status: 'OK' });
		expect(await world().editor.testCredential('sandbox-rentcast')).toMatchObject({ status: 'OK' });
	});

	it.each([
		['another secret', { signingSecret: 'another-secret' }, /refused the signature/],
		['no company', { testCompanyId: '' }, /accepted the signature\. Fill in Company ID/],
		['an unknown company', { testCompanyId: 'nobody' }, /knows no such company/],
		['an empty secret', { signingSecret: '' }, /has no signing secret/],
	])('says what to do with %s', async (_, change, message) => {
		const id = await world().editor.saveCredential('To be tested', 'signedWebhookApi', {
			baseUrl: `${world().platform.url}/`,
			signingSecret: SECRETS.signing,
			previousSigningSecret: '',
			toleranceSeconds: 300,
			testCompanyId: DEMO_COMPANY.id,
			...change,
		});
		const verdict = await world().editor.testCredential(id);
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toMatch(message);
	});

	it("says so when RentCast's key is wrong", async () => {
		const id = await world().editor.saveCredential('Wrong key', 'rentCastApi', {
			baseUrl: `${world().rentCast.url}/v1/`,
			apiKey: 'wrong',
		});
		expect(await world().editor.testCredential(id)).toEqual({
			status: 'Error',
			message: 'RentCast refused the API key.',
		});
	});
});
