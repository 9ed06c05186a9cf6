/** What a person, the inbox and the error output get while the platform does not answer as it should. */
import type { IDataObject } from 'n8n-workflow';

import { type MetaInbox, startMetaInbox } from './metaInbox.cts';
import { ANA, BEN, messageEvent, replyWith, SESSION, taken } from './metaSurroundings.cts';

let world: MetaInbox;
beforeAll(async () => {
	world = await startMetaInbox();
}, 60_000);
beforeEach(async () => await world.forget());
afterAll(async () => await world.close());

const MESSENGER = { channel: 'facebook', person: ANA } as const;
const HOLDING_TEXT =
	'Thank you for your message! We are looking into it and will answer you shortly.';
const REPLY = 'I found 2 condos in BGC.';

const down = () => world.platform.answer(() => new Response(null, { status: 503 }));
const up = () => world.platform.answer(() => Response.json(replyWith()));

/** Keeps and takes what waits, and works on it once. */
async function workOnce(options: object = {}) {
	await world.keep();
	return await world.work('handle', { options }, await world.take());
}

/** What a failed item says of itself; the rest is the item that went in. */
const saidBy = ({ error, message, details }: IDataObject): string =>
	JSON.stringify([error, message, { ...(details as IDataObject), stateStore: undefined }]);

describe('while the platform is down', () => {
	it('a person is told once to wait, and answered in order when it is back', async () => {
		down();
		world.meta.say({ ...MESSENGER, text: 'Condo in BGC?' });
		const { failed, postponed } = await workOnce();
		expect(failed).toMatchObject([
			{
				error: 'The platform is not available at the moment (503)',
				details: { vendor: 'The platform', kind: 'unavailable', status: 503, passing: true },
			},
		]);
		expect(postponed).toMatchObject([{ postponed: true, failed: false }]);
		const waits = Date.parse(String(postponed[0]!.againAt)) - Date.now();
		expect(waits / 1000).toBeGreaterThan(55);
		expect(waits / 1000).toBeLessThanOrEqual(60);

		world.meta.say({ ...MESSENGER, text: 'Hello?' });
		expect((await workOnce()).failed).toEqual([]);
		await world.inbox.wait(60);
		const again = await workOnce();
		expect(again.postponed).toMatchObject([{ postponed: true }]);

		up();
		await world.inbox.wait(300);
		expect(await world.answerAll()).toMatchObject([
			{ outcome: 'answered' },
			{ outcome: 'answered' },
		]);
		expect(world.sentTexts()).toEqual([HOLDING_TEXT, REPLY, REPLY]);
		const asked = world.platform.deliveries.slice(-2).map(({ body }) => body.message);
		expect(asked).toEqual(['Condo in BGC?', 'Hello?']);
	}, 20_000);

	it('it is asked anew with the same key, so that it can answer as it did', async () => {
		down();
		world.meta.say({ ...MESSENGER, text: 'Condo in BGC?' });
		await workOnce();
		up();
		await world.inbox.wait(60);
		await workOnce();
		const keys = world.platform.deliveries.map(({ headers }) => headers.get('x-idempotency-key'));
		expect(keys).toHaveLength(4);
		expect(new Set(keys).size).toBe(1);
		expect(keys[0]).toMatch(/^channel-message:[0-9a-f]{32}$/);
	});

	it('a message is given up after 1, 5 and 15 minutes, and the next one goes on', async () => {
		world.platform.answer(() => new Response(null, { status: 400 }));
		world.meta.say({ ...MESSENGER, text: 'Condo in BGC?' });
		const waits: unknown[] = [];
		for (const seconds of [0, 60, 300, 900]) {
			await world.inbox.wait(seconds);
			waits.push(...(await workOnce()).postponed.map(({ failed }) => failed));
		}
		expect(waits).toEqual([false, false, false, true]);
		expect(await world.inbox.rows('channel_events', 'state, last_error')).toEqual([
			{ state: 'failed', last_error: 'rejected' },
		]);
		up();
		world.meta.say({ ...MESSENGER, text: 'Hello?' });
		expect(await world.answerAll()).toMatchObject([{ outcome: 'answered' }]);
	});

	it('nobody is told to wait where the text for it is empty, or who opted out', async () => {
		world.meta.say({ ...MESSENGER, text: 'STOP' });
		await world.answerAll();
		down();
		world.meta.say({ ...MESSENGER, text: 'Hello' });
		world.meta.say({ channel: 'facebook', person: BEN, text: 'Hello' });
		expect((await workOnce({ holdingText: '' })).failed).toHaveLength(2);
		expect(world.meta.sent).toHaveLength(1);
	});

	it('nobody is told so for each message', async () => {
		down();
		const mid = world.meta.say({ ...MESSENGER, text: 'Hello?' });
		const session = { ...SESSION, heldSince: '2026-11-20T09:00:00.000Z' };
		await world.failOne('handle', {}, [taken(messageEvent(mid), { session })]);
		expect(world.meta.sent).toEqual([]);
	});

	it('a holding reply that does not arrive either changes nothing', async () => {
		down();
		world.meta.say({ ...MESSENGER, text: 'Hello' });
		world.meta.block(ANA);
		const { failed, postponed } = await workOnce();
		expect(failed).toMatchObject([{ details: { vendor: 'The platform' } }]);
		expect(postponed).toMatchObject([{ postponed: true }]);
	});
});

describe('a platform that answers', () => {
	it.each<[string, () => Response, object, boolean]>([
		[
			'a refusal',
			() => Response.json({ detail: 'user_id?' }, { status: 422 }),
			{ kind: 'rejected', status: 422, passing: false },
			false,
		],
		[
			'that it knows no such signature',
			() => new Response(null, { status: 401 }),
			{ kind: 'credential-refused', passing: false },
			false,
		],
		[
			'with a redirect',
			() => new Response(null, { status: 302, headers: { location: 'https://example.com' } }),
			{ kind: 'redirected', passing: false },
			false,
		],
		[
			'nothing that the guide names',
			() => Response.json({ ok: true }),
			{ kind: 'unreadable', passing: true, advice: expect.stringContaining('reply_text') },
			true,
		],
		[
			'with a web page',
			() => new Response('<h1>It works</h1>', { headers: { 'content-type': 'text/html' } }),
			{ kind: 'unreadable', passing: true },
			true,
		],
		[
			'with a number in the place of words',
			() => Response.json({ ...replyWith(), reply_text: 7 }),
			{ kind: 'unreadable', passing: true },
			true,
		],
	])('%s makes a failed item that says so', async (_what, respond, details, isHeld) => {
		world.platform.answer(respond);
		world.meta.say({ ...MESSENGER, text: 'A text that no error may quote' });
		const { failed, postponed } = await workOnce();
		expect(failed).toMatchObject([
			{ details: { vendor: 'The platform', itemIndex: 0, ...details } },
		]);
		expect(saidBy(failed[0]!)).not.toContain('A text that');
		expect(postponed).toMatchObject([{ postponed: true }]);
		expect(world.sentTexts()).toEqual(isHeld ? [HOLDING_TEXT] : []);
	});
});
