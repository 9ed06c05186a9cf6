/** Meta Broker Trigger: who may call it, and what a workflow gets. */
import { createHmac } from 'node:crypto';

import { MetaBrokerTrigger } from '../../../nodes/MetaBroker/MetaBrokerTrigger.node';
import { escapedJson } from '../../../sandbox/vendors/metaSigning.cts';
import { setUpTrigger } from './triggerRig.cts';

const SECRET = 'the current app secret';
const PREVIOUS = 'the previous app secret';
const INSTAGRAM = 'the app secret of Instagram Login';
const CREDENTIAL = {
	appId: '260000000000001',
	appSecret: SECRET,
	previousAppSecret: PREVIOUS,
	instagramAppSecret: INSTAGRAM,
	verifyToken: 'a long verify token',
};

const trigger = (parameters: object = {}, credential: object = {}) =>
	setUpTrigger(new MetaBrokerTrigger(), parameters as never, {
		metaMessagingApi: { ...CREDENTIAL, ...credential },
	});

const PAGE = '104857600000001';
const PERSON = '24588129073655441';

const messaging = (...events: object[]) => ({
	object: 'page',
	entry: [{ id: PAGE, time: 1_795_399_200_000, messaging: events }],
});
const written = (message: object) => ({
	sender: { id: PERSON },
	recipient: { id: PAGE },
	timestamp: 1_795_399_199_000,
	message: { mid: 'm_1', ...message },
});
const HELLO = escapedJson(messaging(written({ text: 'Magkano? ₱5M, 12 Piñon St / 🏡' })));

/** What Meta sends; a real request has both signatures. */
function signed(body: string, secret = SECRET, headers: Record<string, string> = {}) {
	const hash = (algorithm: string) =>
		`${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
	return {
		headers: {
			'content-type': 'application/json',
			'x-hub-signature': hash('sha1'),
			'x-hub-signature-256': hash('sha256'),
			...headers,
		},
		body,
	};
}

describe('asked whose it is', () => {
	const QUERY = {
		'hub.mode': 'subscribe',
		'hub.challenge': '1158201444',
		'hub.verify_token': CREDENTIAL.verifyToken,
	};
	const ask = async (query: Record<string, string>, credential = {}) =>
		await trigger({}, credential).receive({ webhook: 'setup', query });

	it('says the challenge, as text and nothing else', async () => {
		const { status, type, body, item } = await ask(QUERY);
		expect([status, type, body, item]).toEqual([200, 'text/plain', '1158201444', undefined]);
	});

	it('takes a verify token that was pasted with a line end', async () => {
		expect((await ask(QUERY, { verifyToken: ` ${CREDENTIAL.verifyToken}\n` })).status).toBe(200);
	});

	it.each<[string, Record<string, string>]>([
		['another token', { ...QUERY, 'hub.verify_token': 'guessed' }],
		['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
		['another mode', { ...QUERY, 'hub.mode': 'unsubscribe' }],
		['nothing at all', {}],
		['a challenge that a browser would run', { ...QUERY, 'hub.challenge': '<script>x</script>' }],
	])('refuses %s', async (_what, query) => {
		const { status, type, body, item } = await ask(query);
		expect([status, type, body, item]).toEqual([403, 'text/plain', 'Forbidden', undefined]);
	});

	it('refuses everybody while no token is filled in', async () => {
		const query = { ...QUERY, 'hub.verify_token': '' };
		expect((await ask(query, { verifyToken: '' })).status).toBe(403);
	});
});

describe('a webhook', () => {
	it('starts the workflow with what Meta sent, and leaves the answer to n8n', async () => {
		const before = Date.now();
		const { item, status, headers } = await trigger().receive(
			signed(HELLO, SECRET, { 'x-correlation-id': 'corr-1' }),
		);
		expect(status).toBeUndefined();
		expect(headers['x-correlation-id']).toBe('corr-1');
		expect(item).toEqual({
			event: messaging(written({ text: 'Magkano? ₱5M, 12 Piñon St / 🏡' })),
			correlationId: 'corr-1',
			receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			signedWith: 'current secret',
		});
		expect(Date.parse(String(item?.receivedAt))).toBeGreaterThanOrEqual(before);
	});

	it('is checked over the bytes as they came: Meta escapes what is not ASCII', async () => {
		expect(HELLO).toMatch(/\\u20b15M, 12 Pi\\u00f1on St \\\/ \\ud83c\\udfe1/);
		expect((await trigger().receive(signed(HELLO))).item).toBeDefined();
		const rewritten = JSON.stringify(JSON.parse(HELLO));
		const { status } = await trigger().receive({ ...signed(HELLO), body: rewritten });
		expect(status).toBe(401);
	});

	it.each([
		['the app secret', SECRET, 'current secret'],
		['the one before it', PREVIOUS, 'previous secret'],
		['that of Instagram Login', INSTAGRAM, 'previous secret'],
	])('may be signed with %s', async (_what, secret, signedWith) => {
		const { item } = await trigger().receive(signed(HELLO, secret));
		expect(item).toMatchObject({ signedWith });
	});

	const { 'x-hub-signature-256': _, ...legacyOnly } = signed(HELLO).headers;
	const hashed = signed(HELLO).headers['x-hub-signature-256'];
	const refused: Array<[string, { headers: Record<string, string>; body: string }]> = [
		['no signature', { headers: { 'content-type': 'application/json' }, body: HELLO }],
		['the old signature only', { headers: legacyOnly, body: HELLO }],
		[
			'the old signature in the place of the new one',
			signed(HELLO, SECRET, { 'x-hub-signature-256': legacyOnly['x-hub-signature']! }),
		],
		[
			'a signature in capitals',
			signed(HELLO, SECRET, { 'x-hub-signature-256': hashed.toUpperCase() }),
		],
		[
			'a signature that is cut',
			signed(HELLO, SECRET, { 'x-hub-signature-256': hashed.slice(0, -2) }),
		],
		['the secret of somebody else', signed(HELLO, 'guessed')],
		['a body with one byte changed', { ...signed(HELLO), body: HELLO.replace('5M', '6M') }],
		['a body with a space more', { ...signed(HELLO), body: `${HELLO} ` }],
	];
	it.each(refused)('is refused with %s, and starts nothing', async (_what, request) => {
		const { status, body, item } = await trigger().receive(request);
		expect([status, item]).toEqual([401, undefined]);
		expect(body).toEqual({
			accepted: false,
			error: 'unauthorized',
			message: 'X-Hub-Signature-256 is missing or does not belong to this request.',
			correlation_id: expect.any(String),
		});
		for (const secret of [SECRET, PREVIOUS, INSTAGRAM, hashed]) {
			expect(JSON.stringify(body)).not.toContain(secret);
		}
	});

	it('is refused whatever it is signed with, while no secret is filled in', async () => {
		const none = { appSecret: '', previousAppSecret: '', instagramAppSecret: ' ' };
		expect((await trigger({}, none).receive(signed(HELLO, ''))).status).toBe(401);
	});

	it.each<[string, string, number, string, string]>([
		['no JSON', '{"object":"page"', 400, 'invalid_json', 'application/json'],
		['no entry', '{"object":"page","entry":[]}', 400, 'invalid_event', 'application/json'],
		['a list', '[]', 400, 'invalid_event', 'application/json'],
		['plain text', HELLO, 415, 'unsupported_media_type', 'text/plain'],
	])('that is %s is refused, although it is signed', async (_what, body, status, error, type) => {
		const request = signed(body, SECRET, { 'content-type': type });
		expect(await trigger().receive(request)).toMatchObject({ status, body: { error } });
	});

	it('brings ids above 2^53 to the last digit, as text', async () => {
		const body = `{"object":"page","entry":[{"id":104857600000001,"time":1795399200000,"changes":[
			{"field":"leadgen","value":{"leadgen_id":9007199254740993,"form_id":-9007199254740995,
			"page_id":104857600000001,"created_time":1795399199}}]}]}`;
		const { item } = await trigger().receive(signed(body));
		expect(item?.event).toEqual({
			object: 'page',
			entry: [
				{
					id: PAGE,
					time: 1_795_399_200_000,
					changes: [
						{
							field: 'leadgen',
							value: {
								leadgen_id: '9007199254740993',
								form_id: '-9007199254740995',
								page_id: 104_857_600_000_001,
								created_time: 1_795_399_199,
							},
						},
					],
				},
			],
		});
	});

	it('of 1,000 events is one start, with all of them in it', async () => {
		const events = Array.from({ length: 1000 }, (_event, index) =>
			written({ mid: `m_${index}`, text: 'ñ'.repeat(200) }),
		);
		const { item, status } = await trigger().receive(signed(escapedJson(messaging(...events))));
		expect(status).toBeUndefined();
		const { entry } = item?.event as { entry: Array<{ messaging: object[] }> };
		expect(entry[0]?.messaging).toEqual(events);
	});

	it.each([
		['4 MB, where nobody said how much', 4096 * 1024, {}],
		['what somebody said', 10 * 1024, { options: { maxBodyKb: 10 } }],
	])('may be as large as %s', async (_what, bytes, parameters) => {
		const rig = trigger(parameters);
		const filled = (size: number) => `${HELLO.slice(0, -1)},"fill":"${'x'.repeat(size)}"}`;
		const largest = filled(bytes - filled(0).length);
		expect(largest).toHaveLength(bytes);
		expect((await rig.receive(signed(largest))).item).toBeDefined();
		const { status, body, item } = await rig.receive(signed(` ${largest}`));
		expect([status, item]).toEqual([413, undefined]);
		expect(body).toMatchObject({
			error: 'body_too_large',
			message: `The body may be up to ${bytes / 1024} kB.`,
		});
	});
});

describe('the selection', () => {
	const NOT_SELECTED = {
		accepted: false,
		message: 'This event is not among those selected.',
		correlation_id: expect.any(String),
	};
	const read = { ...written({}), message: undefined, read: { watermark: 1_795_399_199_000 } };
	const post = async (parameters: object, payload: object) =>
		await trigger(parameters).receive(signed(escapedJson(payload)));

	it.each<[string, object, object]>([
		['receipts, which nobody asked for', {}, messaging(read)],
		['a message, where lead forms are wanted', { events: ['lead_form'] }, messaging(written({}))],
		[
			'Messenger, where Instagram is wanted',
			{ channels: ['instagram'] },
			messaging(written({ text: 'Hi' })),
		],
		[
			'Instagram, where Messenger is wanted',
			{ channels: ['facebook'] },
			{ ...messaging(written({ text: 'Hi' })), object: 'instagram' },
		],
		[
			'an unknown event, where only messages are wanted',
			{ events: ['message'] },
			messaging({ ...read, read: undefined, game_play: {} }),
		],
	])('answers %s, and starts nothing', async (_what, parameters, payload) => {
		const { status, body, item } = await post(parameters, payload);
		expect([status, body, item]).toEqual([200, NOT_SELECTED, undefined]);
	});

	it.each<[string, object, object]>([
		[
			'a message among receipts, with all of them',
			{},
			messaging(read, written({ text: 'Hi' }), read),
		],
		['what nobody knows yet', {}, messaging({ ...read, read: undefined, game_play: {} })],
		['receipts, where somebody asks for them', { events: ['read'] }, messaging(read)],
		[
			'the test that the dashboard sends',
			{ channels: ['instagram'] },
			{
				object: 'instagram',
				entry: [
					{ id: '0', time: 1_795_399_200, changes: [{ field: 'messages', value: written({}) }] },
				],
			},
		],
	])('takes %s', async (_what, parameters, payload) => {
		const { item } = await post(parameters, payload);
		expect(item?.event).toEqual(JSON.parse(JSON.stringify(payload)));
	});
});
