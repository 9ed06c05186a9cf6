/** Keys, domains, webhooks and suppressions of an account, through Resend's own client. */
import { Resend } from 'resend';

import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';

const KEY = 're_test_key';
const SENDING_KEY = 're_sending_key';
const MAIL = {
	from: 'news@example.com',
	to: 'ana@example.net',
	subject: 'Hello',
	html: '<p>Hello</p>',
};

describe("An account's client", () => {
	let standIn: ResendStandIn;
	let client: Resend;

	const clientWith = (key: string) => new Resend(key, { baseUrl: standIn.url });

	beforeAll(async () => {
		standIn = await startResend({
			apiKey: KEY,
			sendingKey: SENDING_KEY,
			perSecond: 1000,
			events: false,
		});
		client = clientWith(KEY);
	});
	beforeEach(() => standIn.reset());
	afterAll(() => standIn.close());

	it('lists its domains', async () => {
		expect((await client.domains.list()).data).toMatchObject({
			object: 'list',
			has_more: false,
			data: [
				{ name: 'example.com', status: 'verified' },
				{ name: 'unverified.example', status: 'not_started' },
			],
		});
	});

	it('creates, reads, changes, rotates, lists and removes webhooks', async () => {
		const endpoint = 'http://127.0.0.1:9/hook';
		const created = await client.webhooks.create({ endpoint, events: ['email.bounced'] });
		expect(created.data).toEqual({
			object: 'webhook',
			id: expect.any(String),
			signing_secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{32}$/),
		});
		const { id, signing_secret } = created.data!;
		expect((await client.webhooks.get(id)).data).toMatchObject({
			object: 'webhook',
			status: 'enabled',
			endpoint,
			events: ['email.bounced'],
			signing_secret,
		});
		await client.webhooks.update(id, { events: ['email.opened'], status: 'disabled' });
		expect((await client.webhooks.list()).data).toMatchObject({
			has_more: false,
			data: [{ id, endpoint, events: ['email.opened'], status: 'disabled' }],
		});
		const rotated = await client.webhooks.rotateSigningSecret(id);
		expect(rotated.data).toMatchObject({ id, signing_secret: expect.stringMatching(/^whsec_/) });
		expect(rotated.data!.signing_secret).not.toBe(signing_secret);
		expect((await client.webhooks.remove(id)).data).toEqual({
			object: 'webhook',
			id,
			deleted: true,
		});
		expect((await client.webhooks.get(id)).error).toMatchObject({ statusCode: 404 });
		const nowhere = await client.webhooks.create({ endpoint: 'nowhere', events: ['email.sent'] });
		expect(nowhere.error).toMatchObject({ statusCode: 422 });
		expect((await client.webhooks.create({ endpoint, events: [] })).error).toMatchObject({
			name: 'missing_required_field',
		});
	});

	it('keeps a list of suppressed addresses', async () => {
		const { data } = await client.suppressions.add({ email: 'Ana@Example.net' });
		expect(standIn.suppressed()).toEqual(['ana@example.net']);
		expect((await client.suppressions.get('ana@example.net')).data).toMatchObject({
			object: 'suppression',
			id: data!.id,
			origin: 'manual',
			source_id: null,
		});
		expect((await client.suppressions.list({ origin: 'bounce' })).data!.data).toEqual([]);
		expect((await client.suppressions.list()).data!.data).toHaveLength(1);
		expect((await client.suppressions.remove('ana@example.net')).data).toMatchObject({
			deleted: true,
		});
		expect((await client.suppressions.remove('ana@example.net')).error).toMatchObject({
			name: 'not_found',
		});
	});

	it('is refused with another key, and may only send with a key for sending', async () => {
		expect((await clientWith('re_other').domains.list()).error).toEqual({
			statusCode: 401,
			name: 'validation_error',
			message: 'API key is invalid',
		});
		const sender = clientWith(SENDING_KEY);
		expect((await sender.emails.send(MAIL)).error).toBeNull();
		expect((await sender.batch.send([MAIL])).error).toBeNull();
		expect((await sender.emails.list()).error).toEqual({
			statusCode: 401,
			name: 'restricted_api_key',
			message: 'This API key is restricted to only send emails',
		});
		const anonymous = await fetch(`${standIn.url}/domains`);
		expect([anonymous.status, await anonymous.json()]).toEqual([
			401,
			{ statusCode: 401, name: 'missing_api_key', message: 'Missing API Key' },
		]);
	});
});
