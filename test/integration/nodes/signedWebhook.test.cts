/** The signature as two steps: what one signs, the other verifies, and nothing else. */
import { createHmac } from 'node:crypto';

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Webhook } from 'standardwebhooks';

import {
	MANILA,
	PREVIOUS_SECRET,
	SIGNING_SECRET,
	startSurroundings,
	type Surroundings,
} from './surroundings.cts';
import type { Step } from './runNode.cts';

let around: Surroundings;
beforeAll(async () => {
	around = await startSurroundings();
});
afterAll(async () => await around.close());

const signedWebhook = (operation: string, parameters: Step['parameters'] = {}): Step => ({
	type: 'signedWebhook',
	parameters: { operation, ...parameters },
	credentials: ['signedWebhookApi'],
});

/** An item as n8n's Webhook node makes it with Raw Body switched on. */
function received(body: string, { secret = SIGNING_SECRET, age = 0, headers = {} } = {}) {
	const timestamp = String(Math.floor(Date.now() / 1000) - age);
	const hmac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
	return {
		json: {
			headers: {
				'content-type': 'application/json',
				'x-timestamp': timestamp,
				'x-signature': `sha256=${hmac}`,
				...headers,
			},
			body: {},
		},
		binary: {
			data: { data: Buffer.from(body).toString('base64'), mimeType: 'application/json' },
		},
	} satisfies INodeExecutionData;
}

const BODY = JSON.stringify({ ...MANILA, address: '12 Piñon St, ₱ 🏡' });

describe('Verify Request', () => {
	const verify = signedWebhook('verifyRequest', { contract: 'enrich-property' });

	it('splits what was signed from what was not, and says why', async () => {
		const items = [
			received(BODY, { headers: { 'x-correlation-id': 'corr-1' } }),
			received(BODY, { secret: PREVIOUS_SECRET }),
			received(BODY, { secret: 'guessed' }),
			received(BODY, { age: 301 }),
			received(BODY, { age: -310 }),
			received('{"property_id":'),
			received(JSON.stringify({ ...MANILA, beds: 'three' })),
			received(BODY, { headers: { 'content-type': 'text/plain' } }),
			{ json: {}, binary: received(BODY).binary },
		];
		const { outputs } = await around.run([verify], items);
		const [verified, refused] = outputs;
		expect(verified?.map(({ json, pairedItem }) => ({ ...json, pairedItem }))).toMatchObject([
			{
				event: JSON.parse(BODY),
				correlationId: 'corr-1',
				signedWith: 'current secret',
				pairedItem: { item: 0 },
			},
			{ event: JSON.parse(BODY), signedWith: 'previous secret', pairedItem: { item: 1 } },
		]);
		expect(refused?.map(({ json, pairedItem }) => [json.status, json.reason, pairedItem])).toEqual([
			[401, 'signature-mismatch', { item: 2 }],
			[401, 'timestamp-too-old', { item: 3 }],
			[401, 'timestamp-in-future', { item: 4 }],
			[400, 'not-json', { item: 5 }],
			[400, 'contract: beds', { item: 6 }],
			[415, 'content-type', { item: 7 }],
			[401, 'timestamp-missing', { item: 8 }],
		]);
		for (const { json } of refused!) {
			expect(json.answer).toMatchObject({ accepted: false, correlation_id: json.correlationId });
		}
	});

	it('takes any signed JSON where no contract is chosen', async () => {
		const step = signedWebhook('verifyRequest');
		const [json] = await around.runStep(step, [received('{ "anything": [1] }')]);
		expect(json?.event).toEqual({ anything: [1] });
	});

	it.each<[string, IDataObject, object]>([
		['a body above the limit', { maxBodyKb: 0.1 }, { status: 413, reason: 'body-too-large' }],
		[
			'a company that is not listed',
			{ companies: 'a, b' },
			{ status: 200, reason: 'not-selected' },
		],
		['a share of nobody', { percentage: 0 }, { status: 200, reason: 'not-selected' }],
	])('refuses %s', async (_name, options, expected) => {
		const step = signedWebhook('verifyRequest', { contract: 'enrich-property', options } as never);
		const { outputs } = await around.run([step], [received(BODY)]);
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]?.[0]?.json).toMatchObject(expected);
	});
});

describe("Verify Request, by Svix's scheme", () => {
	const CURRENT = secretOf('the current secret of a webhook');
	const PREVIOUS = secretOf('the previous secret of a webhook');
	const OTHER = secretOf('the secret of somebody else');
	const SIGNATURE_MESSAGE = 'svix-signature is missing or does not belong to this request.';
	const EVENT = JSON.stringify({ type: 'email.opened', note: 'ñ ₱ 🏡' });

	const verify: Step = {
		type: 'signedWebhook',
		parameters: { operation: 'verifyRequest', scheme: 'svix' },
		credentials: ['resendMailApi'],
	};

	/** Signed as Resend does, by the library of Standard Webhooks. */
	function reported(
		body: string,
		{ secrets = [CURRENT], age = 0, id = 'msg_1', headers = {} } = {},
	): INodeExecutionData {
		const at = new Date(Date.now() - age * 1000);
		const signatures = secrets.map((secret) => new Webhook(secret).sign(id, at, body));
		return {
			json: {
				headers: {
					'content-type': 'application/json',
					'svix-id': id,
					'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
					'svix-signature': signatures.join(' '),
					...headers,
				},
			},
			binary: received(body).binary,
		};
	}

	beforeAll(() => {
		Object.assign(around.credentials, {
			resendMailApi: { webhookSecret: CURRENT, previousWebhookSecret: PREVIOUS },
		});
	});

	it('lets through what either secret signed, with the id by which it counts once', async () => {
		const items = [
			reported(EVENT, { headers: { 'x-correlation-id': 'corr-1' } }),
			reported(EVENT, { secrets: [PREVIOUS], id: 'msg_2' }),
			reported(EVENT, { secrets: [OTHER, CURRENT] }),
		];
		const { outputs } = await around.run([verify], items);
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([
			{
				event: JSON.parse(EVENT),
				eventId: 'msg_1',
				correlationId: 'corr-1',
				signedWith: 'current secret',
			},
			{ eventId: 'msg_2', signedWith: 'previous secret' },
			{ eventId: 'msg_1', signedWith: 'current secret' },
		]);
		expect(outputs[1]).toEqual([]);
	});

	it('refuses everything else, and says which header to look at', async () => {
		const items = [
			reported(EVENT, { secrets: [OTHER] }),
			reported(EVENT, { age: 301 }),
			reported(EVENT, { headers: { 'svix-id': '' } }),
			{ ...reported(EVENT), binary: received('{"type":"email.bounced"}').binary },
			received(EVENT),
		];
		const { outputs } = await around.run([verify], items);
		expect(outputs[0]).toEqual([]);
		expect(
			outputs[1]?.map(({ json }) => [
				json.status,
				json.reason,
				(json.answer as IDataObject).message,
			]),
		).toEqual([
			[401, 'signature-mismatch', SIGNATURE_MESSAGE],
			[
				401,
				'timestamp-too-old',
				'svix-timestamp is missing, malformed or outside the accepted window.',
			],
			[401, 'id-missing', 'svix-id is missing or malformed.'],
			[401, 'signature-mismatch', SIGNATURE_MESSAGE],
			[401, 'id-missing', 'svix-id is missing or malformed.'],
		]);
	});

	it('refuses everything where no secret is filled in', async () => {
		Object.assign(around.credentials, { resendMailApi: { webhookSecret: ' ' } });
		const { outputs } = await around.run([verify], [reported(EVENT)]);
		expect(outputs[1]?.[0]?.json).toMatchObject({ status: 401, reason: 'secret-not-set' });
	});

	it('is not what gives an id to an event that the platform signed', async () => {
		const item = received(BODY, { headers: { 'svix-id': 'msg_1' } });
		const [json] = await around.runStep(signedWebhook('verifyRequest'), [item]);
		expect(json).not.toHaveProperty('eventId');
	});
});

describe("Verify Request, by Meta's scheme", () => {
	const [CURRENT, PREVIOUS, INSTAGRAM] = ['the app secret', 'the one before it', "Instagram's"];
	/** As Meta writes it: what is not ASCII and every slash is escaped; an id is above 2^53. */
	const WEBHOOK =
		'{"object":"page","entry":[{"id":104857600000001,"time":1,"changes":[{"field":"leadgen",' +
		'"value":{"leadgen_id":9007199254740993,"note":"12 Pi\\u00f1on St \\/ \\u20b15M"}}]}]}';
	const verify: Step = {
		type: 'signedWebhook',
		parameters: { operation: 'verifyRequest', scheme: 'meta' },
		credentials: ['metaMessagingApi'],
	};

	function posted(body: string, secret: string, algorithms = ['sha1', 'sha256']) {
		const signatures = algorithms.map((algorithm) => [
			algorithm === 'sha1' ? 'x-hub-signature' : 'x-hub-signature-256',
			`${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`,
		]);
		return {
			json: { headers: { 'content-type': 'application/json', ...Object.fromEntries(signatures) } },
			binary: received(body).binary,
		} satisfies INodeExecutionData;
	}

	beforeAll(() => {
		Object.assign(around.credentials, {
			metaMessagingApi: {
				appSecret: CURRENT,
				previousAppSecret: PREVIOUS,
				instagramAppSecret: INSTAGRAM,
			},
		});
	});

	it('lets through what any of the secrets signed, over the bytes, ids to the last digit', async () => {
		const items = [CURRENT, PREVIOUS, INSTAGRAM].map((secret) => posted(WEBHOOK, secret));
		const { outputs } = await around.run([verify], items);
		expect(outputs[1]).toEqual([]);
		expect(outputs[0]?.map(({ json }) => json.signedWith)).toEqual([
			'current secret',
			'previous secret',
			'previous secret',
		]);
		expect(outputs[0]?.[0]?.json.event).toMatchObject({
			entry: [
				{
					changes: [{ value: { leadgen_id: '9007199254740993', note: '12 Piñon St / ₱5M' } }],
				},
			],
		});
		expect(outputs[0]?.[0]?.json).not.toHaveProperty('eventId');
	});

	it('refuses everything else, and says which header to look at', async () => {
		const rewritten = JSON.stringify(JSON.parse(WEBHOOK));
		const items = [
			posted(WEBHOOK, CURRENT, []),
			posted(WEBHOOK, CURRENT, ['sha1']),
			posted(WEBHOOK, 'guessed'),
			{ ...posted(WEBHOOK, CURRENT), binary: received(rewritten).binary },
			received(WEBHOOK),
		];
		const { outputs } = await around.run([verify], items);
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]?.map(({ json }) => [json.status, json.reason])).toEqual([
			[401, 'signature-missing'],
			[401, 'signature-legacy'],
			[401, 'signature-mismatch'],
			[401, 'signature-mismatch'],
			[401, 'signature-missing'],
		]);
		expect(new Set(outputs[1]?.map(({ json }) => (json.answer as IDataObject).message))).toEqual(
			new Set(['X-Hub-Signature-256 is missing or does not belong to this request.']),
		);
	});

	it('refuses everything where no secret is filled in', async () => {
		Object.assign(around.credentials, { metaMessagingApi: { appSecret: ' ' } });
		const { outputs } = await around.run([verify], [posted(WEBHOOK, '')]);
		expect(outputs[1]?.[0]?.json).toMatchObject({ status: 401, reason: 'secret-not-set' });
	});
});

describe('Sign Request', () => {
	it.each<[string, unknown, string]>([
		['an object', { a: 1, note: 'ñ ₱ 🏡' }, '{"a":1,"note":"ñ ₱ 🏡"}'],
		['a text as it stands', '{ "a" : 1.0 }', '{ "a" : 1.0 }'],
	])('signs %s so that anybody can check it', async (_name, body, text) => {
		const [json] = await around.runStep(signedWebhook('signRequest'), [
			{ body, kept: 'along' } as IDataObject,
		]);
		const { headers, body: sent } = json?.signed as {
			headers: Record<string, string>;
			body: string;
		};
		expect(sent).toBe(text);
		const hmac = createHmac('sha256', SIGNING_SECRET).update(`${headers['X-Timestamp']}.${text}`);
		expect(headers).toEqual({
			'Content-Type': 'application/json',
			'X-Timestamp': expect.stringMatching(/^\d{10}$/),
			'X-Signature': `sha256=${hmac.digest('hex')}`,
		});
		expect(json?.kept).toBe('along');
	});

	it('signs no bytes for a GET', async () => {
		const [json] = await around.runStep(signedWebhook('signRequest', { bodyField: '' }), [{}]);
		const { headers } = json?.signed as { headers: Record<string, string> };
		const hmac = createHmac('sha256', SIGNING_SECRET).update(`${headers['X-Timestamp']}.`);
		expect(headers['X-Signature']).toBe(`sha256=${hmac.digest('hex')}`);
		expect(headers).not.toHaveProperty('Content-Type');
	});

	it('names the field that an item lacks, and its index', async () => {
		const items = [{ body: {} }, { other: {} }];
		const { error } = await around.run([signedWebhook('signRequest')], items);
		expect(error).toMatchObject({
			message: 'The input has no field "body"',
			context: { itemIndex: 1 },
		});
		const step = { ...signedWebhook('signRequest'), onError: 'continueErrorOutput' as const };
		const { outputs } = await around.run([step], items);
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[1]?.[0]?.json.details).toMatchObject({ itemIndex: 1 });
	});

	it('refuses to sign without a secret', async () => {
		const { signedWebhookApi } = around.credentials;
		around.credentials.signedWebhookApi = { ...signedWebhookApi, signingSecret: '' };
		const { error } = await around.run([signedWebhook('signRequest')], [{ body: {} }]);
		around.credentials.signedWebhookApi = signedWebhookApi;
		expect(error?.message).toBe('The credential has no signing secret');
	});
});

/** A secret as Svix makes them. */
function secretOf(text: string): string {
	return `whsec_${Buffer.from(text).toString('base64')}`;
}
