/** How events reach the app: who is told, signed how, how often, and in what order. */
import { setTimeout as sleep } from 'node:timers/promises';

import { type MetaOptions, type MetaStandIn, startMeta } from '../../../sandbox/vendors/meta.cts';
import {
	APP,
	APP_TOKEN,
	metaWorld,
	ON_INSTAGRAM,
	ON_MESSENGER,
	PAGE,
	SECOND_PAGE,
	SECOND_TOKEN,
} from './metaWorld.cts';

describe("Meta's webhooks", () => {
	const world = metaWorld({ verifyTimeoutMs: 1000, concurrency: 1 });

	const texts = () => world.receiver.events().map(({ message }) => message?.text);
	const tell = async (text: string) => {
		world.standIn.say({ ...ON_MESSENGER, text });
		await world.standIn.settled();
	};
	const subscribe = async (object: string, fields: string, more: object = {}) =>
		await world.ask(
			'POST',
			`${APP}/subscriptions`,
			{ object, fields, callback_url: world.receiver.url, verify_token: 'word', ...more },
			APP_TOKEN,
		);
	/** No subscription stands, as in a new app. */
	const begin = async () => {
		await world.ask('DELETE', `${APP}/subscriptions`, {}, APP_TOKEN);
		await world.ask('DELETE', `${PAGE}/subscribed_apps`);
		await world.ask('DELETE', `${SECOND_PAGE}/subscribed_apps`, undefined, SECOND_TOKEN);
	};

	/** Another stand-in that tells the same receiver, until the test is over. */
	const withOther = async (options: MetaOptions, test: (other: MetaStandIn) => Promise<void>) => {
		const other = await startMeta({ webhookUrl: world.receiver.url, ...options });
		try {
			await test(other);
		} finally {
			await other.close();
		}
	};

	it('are ASCII, with slashes escaped', async () => {
		await tell('Ñoño ₱5M 🏠 a/b "c"');
		expect(world.receiver.bodies[0]).toContain(
			String.raw`"text":"\u00d1o\u00f1o \u20b15M \ud83c\udfe0 a\/b \"c\""`,
		);
		expect(texts()).toEqual(['Ñoño ₱5M 🏠 a/b "c"']);
		const headers = world.receiver.headers[0]!;
		expect(headers.get('content-type')).toBe('application/json');
		expect(headers.get('user-agent')).toBe('facebookexternalua');
	});

	// GitHub's published example of the same scheme; the SHA-1 by `openssl dgst`.
	const PUBLISHED = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
	const LEGACY = 'sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59';

	it.each([
		[undefined, PUBLISHED, LEGACY],
		['sha1', null, LEGACY],
		['none', null, null],
		['wrong', expect.stringMatching(/^sha256=(?!757107ea)[0-9a-f]{64}$/), expect.any(String)],
	] as const)('are signed with the app secret: %s', async (signature, expected, legacy) => {
		const appSecret = "It's a Secret to Everybody";
		await withOther({ appSecret }, async (signer) => {
			const how = signature && { signature };
			expect(await signer.deliver('Hello, World!', how)).toBe(200);
			const headers = world.receiver.headers[0]!;
			expect(world.receiver.bodies).toEqual(['Hello, World!']);
			expect(headers.get('x-hub-signature-256')).toEqual(expected);
			expect(headers.get('x-hub-signature')).toEqual(legacy);
		});
	});

	it('can be any payload, once', async () => {
		world.receiver.answers = [500];
		expect(await world.standIn.deliver({ object: 'user', entry: [] })).toBe(500);
		expect(world.receiver.payloads()).toEqual([{ object: 'user', entry: [] }]);
	});

	it('tell of the fields that app and Page have both', async () => {
		await begin();
		await tell('nobody asked');
		await subscribe('page', 'messages,messaging_postbacks');
		await tell('the Page did not ask');
		await world.ask('POST', `${PAGE}/subscribed_apps`, { subscribed_fields: 'leadgen,messages' });
		await tell('both asked');
		world.standIn.tap({ ...ON_MESSENGER, title: 'the Page did not ask', payload: 'x' });
		world.standIn.fillForm({ form: '77', answers: {} });
		world.standIn.say({ ...ON_MESSENGER, account: SECOND_PAGE, text: 'another Page' });
		await world.standIn.settled();
		expect(texts()).toEqual(['both asked']);
		expect(world.receiver.payloads()).toHaveLength(1);
	});

	it('tell of Instagram where its Page is subscribed to anything', async () => {
		await begin();
		await subscribe('instagram', 'messages');
		world.standIn.say({ ...ON_INSTAGRAM, text: 'no Page' });
		await world.ask('POST', `${PAGE}/subscribed_apps`, { subscribed_fields: 'feed' });
		world.standIn.say({ ...ON_INSTAGRAM, text: 'with a Page' });
		await world.standIn.settled();
		expect(texts()).toEqual(['with a Page']);
	});

	it.each<[string, object, string]>([
		['an unknown object', { object: 'group' }, '100'],
		['an unknown field', { fields: 'messages,secrets' }, '100'],
		['no fields', { fields: undefined }, '100'],
		['no verify token', { verify_token: undefined }, '100'],
		['an address that is none', { callback_url: 'example.com' }, '100'],
		['an address where nobody answers', { callback_url: 'http://127.0.0.1:1/' }, '2200'],
	])('are not subscribed with %s', async (_, more, code) => {
		await begin();
		const { status, body } = await subscribe('page', 'messages', more);
		expect([status, String(body.error?.code)]).toEqual([400, code]);
		const list = await world.ask('GET', `${APP}/subscriptions`, undefined, APP_TOKEN);
		expect(list.body).toEqual({ data: [] });
	});

	it.each<[string, () => Response | Promise<Response>, number, RegExp]>([
		[
			'refuses',
			() => new Response('no', { status: 403 }),
			2200,
			/HTTP Status Code = 403; HTTP Message = Forbidden$/,
		],
		[
			'says another word',
			() => new Response('<!doctype html>'),
			2201,
			/expected value="\d{10}", received="<!doctype html>\.\.\."$/,
		],
		['says nothing', async () => (await sleep(1500), new Response()), 2200, /Timed out$/],
	])('are not subscribed where the callback %s', async (_, respond, code, message) => {
		await begin();
		world.receiver.respond = respond as () => Response;
		const { status, body } = await subscribe('page', 'messages');
		expect(status).toBe(400);
		expect(body.error).toMatchObject({ code, message: expect.stringMatching(message) });
	});

	it('are subscribed by the app alone', async () => {
		const { status, body } = await world.ask('GET', `${APP}/subscriptions`);
		expect([status, body.error?.code]).toEqual([403, 15]);
	});

	it('come again until they are taken, the same bytes', async () => {
		world.receiver.answers = [500, 302, 204];
		await tell('Hello');
		expect(world.receiver.bodies).toHaveLength(4);
		expect(new Set(world.receiver.bodies).size).toBe(1);
		expect(world.standIn.deliveries).toEqual(
			[500, 302, 204, 200].map((status, index) => ({
				url: world.receiver.url,
				events: 1,
				attempt: index + 1,
				status,
				durationMs: expect.any(Number),
				at: expect.stringMatching(/Z$/),
			})),
		);
	});

	it('are given up after the last attempt', async () => {
		world.receiver.answers = [500, 500, 500, 500];
		await tell('Hello');
		await tell('Hello again');
		expect(world.standIn.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 1]);
	});

	it('do not wait for a slow answer', async () => {
		await withOther({ patienceMs: 200, retryDelaysMs: [0] }, async (hasty) => {
			world.receiver.delayMs = 600;
			hasty.say({ ...ON_MESSENGER, text: 'Hello' });
			await hasty.settled();
			expect(hasty.deliveries).toMatchObject([
				{ attempt: 1, status: 0 },
				{ attempt: 2, status: 0 },
			]);
			for (const { durationMs } of hasty.deliveries) expect(durationMs).toBeGreaterThan(190);
		});
	});

	it('end when the callback failed for too long', async () => {
		await withOther({ retryDelaysMs: [0, 500, 0], unsubscribeAfterMs: 400 }, async (strict) => {
			world.receiver.answers = [500, 500, 500, 500];
			strict.say({ ...ON_MESSENGER, text: 'Hello' });
			await strict.settled();
			expect(strict.deliveries.map(({ status }) => status)).toEqual([500, 500, 500]);
			strict.say({ ...ON_MESSENGER, text: 'Hello?' });
			await strict.settled();
			expect(strict.deliveries).toHaveLength(3);
			await expect(strict.deliver({})).rejects.toThrow('callback URL');
			world.receiver.answers = [];
			strict.subscribe(world.receiver.url);
			strict.say({ ...ON_MESSENGER, text: 'Hello!' });
			await strict.settled();
			expect(texts()).toEqual(['Hello', 'Hello', 'Hello', 'Hello!']);
		});
	});

	const NAMES = Array.from({ length: 40 }, (_, index) => `m${index}`);
	const sayAll = () => {
		world.standIn.hold();
		for (const text of NAMES) world.standIn.say({ ...ON_MESSENGER, text });
	};

	it('can be held, and go out in batches in their order', async () => {
		sayAll();
		await world.standIn.settled();
		expect(world.receiver.bodies).toEqual([]);
		world.standIn.flush({ batch: 15 });
		await world.standIn.settled();
		expect(world.standIn.deliveries.map(({ events }) => events)).toEqual([15, 15, 10]);
		expect(texts()).toEqual(NAMES);
		await tell('at once');
		expect(texts().at(-1)).toBe('at once');
	});

	it('can be shuffled and repeated, the same way for the same seed', async () => {
		const shuffled = async (shuffle: number) => {
			world.receiver.forget();
			sayAll();
			world.standIn.flush({ batch: 7, shuffle, times: 2 });
			await world.standIn.settled();
			return texts();
		};
		const first = await shuffled(1);
		expect(first.toSorted()).toEqual([...NAMES, ...NAMES].toSorted());
		expect(first).not.toEqual([...NAMES, ...NAMES]);
		expect(await shuffled(1)).toEqual(first);
		expect(await shuffled(2)).not.toEqual(first);
	});

	it('hold one object each, with neighbours of an account in one entry', async () => {
		const { standIn } = world;
		standIn.hold();
		standIn.say({ ...ON_MESSENGER, text: 'one' });
		standIn.say({ ...ON_MESSENGER, text: 'two' });
		standIn.say({ ...ON_INSTAGRAM, text: 'three' });
		standIn.say({ ...ON_MESSENGER, account: SECOND_PAGE, text: 'four' });
		standIn.fillForm({ page: SECOND_PAGE, form: '77', answers: {} });
		standIn.flush({ batch: 10 });
		await standIn.settled();
		expect(
			world.receiver
				.payloads()
				.map(({ object, entry }) => [
					object,
					entry.map(({ messaging, changes }) => [messaging?.length, changes?.length]),
				]),
		).toEqual([
			[
				'page',
				[
					[2, undefined],
					[1, undefined],
					[undefined, 1],
				],
			],
			['instagram', [[1, undefined]]],
		]);
	});

	it('hold a thousand events in one request', async () => {
		world.standIn.hold();
		for (let index = 0; index < 1000; index++) {
			world.standIn.say({ channel: 'facebook', person: `p${index}`, text: 'Hello' });
		}
		world.standIn.flush({ batch: 1000 });
		await world.standIn.settled();
		expect(world.standIn.deliveries).toMatchObject([{ events: 1000, status: 200 }]);
		expect(world.receiver.events()).toHaveLength(1000);
	});

	it('tell of receipts of delivery where they are asked for', async () => {
		await subscribe('page', 'message_deliveries');
		world.standIn.say({ ...ON_MESSENGER, text: 'Hello' });
		await world.send(PAGE, ON_MESSENGER.person, { text: 'Hi' });
		await world.standIn.settled();
		const { mid, at } = world.standIn.sent[0]!;
		const receipt = { mids: [mid], watermark: Date.parse(at) };
		expect(world.receiver.events().map(({ delivery }) => delivery)).toEqual([receipt]);
	});

	it('start anew after a reset', async () => {
		await begin();
		world.standIn.advance(1e9);
		await tell('nobody asked');
		world.standIn.reset();
		expect(world.standIn.conversations()).toEqual([]);
		await tell('Hello');
		expect(texts()).toEqual(['Hello']);
		const list = await world.ask('GET', `${SECOND_PAGE}/subscribed_apps`, undefined, SECOND_TOKEN);
		expect(list.body.data).toHaveLength(1);
	});
});
