/** What goes wrong between us and Meta, and that nobody is answered twice. */
import { META_FAILURES } from '../../../sandbox/vendors/meta.cts';
import type { SeenRequest } from '../../../sandbox/vendors/standIn.cts';
import { type MetaInbox, startMetaInbox } from './metaInbox.cts';
import { ANA, BEN, DINA, PAGE, PAGE_TOKENS, SECOND_PAGE } from './metaSurroundings.cts';

let world: MetaInbox;
beforeAll(async () => {
	world = await startMetaInbox();
}, 60_000);
beforeEach(async () => await world.forget());
afterAll(async () => await world.close());

const MESSENGER = { channel: 'facebook', person: ANA } as const;
const REPLY = 'I found 2 condos in BGC.';

/** Keeps and takes what waits, and works on it once. */
async function workOnce() {
	await world.keep();
	return await world.work('handle', {}, await world.take());
}

const isMessage = ({ path, body }: Pick<SeenRequest, 'path' | 'body'>): boolean =>
	path.endsWith('/messages') && (body as { message?: unknown })?.message !== undefined;

describe('a reply of which nobody knows whether it was sent', () => {
	const long = [`${'a'.repeat(1500)}.`, `${'b'.repeat(1500)}.`].join(' ');

	it.each<[string, 'facebook' | 'instagram', string, boolean, boolean]>([
		['was, and the echo says so', 'facebook', ANA, true, true],
		['was, and only the conversation shows it', 'facebook', ANA, true, false],
		['was, and Instagram shows it', 'instagram', DINA, true, false],
		['was not', 'facebook', ANA, false, false],
	])('%s: it reaches the person once', async (_what, channel, person, accepted, hasEcho) => {
		world.meta.say({ channel, person, text: 'Condo in BGC?' });
		await world.keep();
		world.meta.failNext('reset', 1, { accepted, matching: isMessage });
		const { failed, postponed } = await world.work('handle', {}, await world.take());
		expect(failed).toMatchObject([
			{ details: { vendor: 'Meta', kind: 'unreachable', passing: true } },
		]);
		const waits = Date.parse(String(postponed[0]!.againAt)) - Date.now();
		expect(waits / 1000).toBeGreaterThan(15);
		expect(waits / 1000).toBeLessThanOrEqual(20);
		if (hasEcho) expect(await world.keep()).toMatchObject({ echoes: 1 });
		else await world.loseWebhooks();

		await world.inbox.wait(20);
		expect(await world.answerAll()).toMatchObject([{ outcome: 'answered', messages: 1 }]);
		expect(world.sentTexts()).toEqual([REPLY]);
	});

	it('goes on with the part that is missing', async () => {
		world.answerWith({ reply_text: long });
		world.meta.say({ ...MESSENGER, text: 'Condo in BGC?' });
		await world.keep();
		let parts = 0;
		world.meta.failNext('reset', 1, {
			accepted: true,
			matching: (request) => isMessage(request) && ++parts === 2,
		});
		await world.work('handle', {}, await world.take());
		await world.loseWebhooks();
		await world.inbox.wait(20);
		expect(await world.answerAll()).toMatchObject([{ outcome: 'answered', messages: 2 }]);
		expect(world.sentTexts().map((text) => text[0])).toEqual(['a', 'b']);
	});

	it('is not sent at all while the conversation cannot be read', async () => {
		world.meta.say({ ...MESSENGER, text: 'Condo in BGC?' });
		await world.keep();
		world.meta.failNext('reset', 1, { accepted: true, matching: isMessage });
		await world.work('handle', {}, await world.take());
		await world.loseWebhooks();
		await world.inbox.wait(20);
		world.meta.failNext(META_FAILURES.temporary, 3, {
			matching: ({ path }) => path.endsWith('/conversations'),
		});
		const { failed } = await world.work('handle', {}, await world.take());
		expect(failed).toMatchObject([{ details: { vendor: 'Meta', kind: 'unavailable' } }]);
		expect(world.sentTexts()).toEqual([REPLY]);
	});
});

describe('Meta', () => {
	it('that limits the rate for a moment is asked again', async () => {
		const { headers: _minutes, ...limited } = META_FAILURES.rateLimited;
		world.meta.say({ ...MESSENGER, text: 'Hello' });
		world.meta.failNext(limited, 2, { matching: isMessage });
		expect(await world.answerAll()).toMatchObject([{ outcome: 'answered' }]);
		expect(world.sentTexts()).toEqual([REPLY]);
	});

	it.each<[string, keyof typeof META_FAILURES, string]>([
		['limits the rate for minutes', 'rateLimited', 'rate-limited'],
		['refuses the token', 'expiredToken', 'credential-refused'],
		['restricts the Page', 'pageRestricted', 'rejected'],
	])('that %s leaves the message in the inbox', async (_what, failure, kind) => {
		world.meta.say({ ...MESSENGER, text: 'Hello' });
		await world.keep();
		world.meta.failNext(META_FAILURES[failure], 1, { matching: isMessage });
		const { failed, postponed } = await world.work('handle', {}, await world.take());
		expect(failed).toMatchObject([{ details: { vendor: 'Meta', kind } }]);
		expect(failed[0]!.details.advice).not.toBe('');
		expect(postponed).toMatchObject([{ postponed: true, failed: false }]);
		await world.inbox.wait(60);
		expect(await world.answerAll()).toMatchObject([{ outcome: 'answered' }]);
		expect(world.sentTexts()).toEqual([REPLY]);
	});

	it('that cannot reach a person ends the work on the message', async () => {
		world.meta.say({ ...MESSENGER, text: 'Hello' });
		world.meta.block(ANA);
		expect(await world.answerAll()).toMatchObject([
			{ outcome: 'undeliverable', messages: 0, reason: expect.stringContaining('blocked') },
		]);
		expect(await world.inbox.rows('channel_events', 'state, outcome')).toEqual([
			{ state: 'done', outcome: 'undeliverable' },
		]);
	});

	it('does not show that somebody types: the answer goes out all the same', async () => {
		world.meta.say({ ...MESSENGER, text: 'Hello' });
		world.meta.failNext(META_FAILURES.temporary, 1, {
			matching: ({ body }) => (body as { sender_action?: string })?.sender_action === 'typing_on',
		});
		expect(await world.answerAll()).toMatchObject([{ outcome: 'answered' }]);
	});
});

describe('a Page without a token', () => {
	const withoutSecond = () => {
		const { [SECOND_PAGE]: _, ...tokens } = PAGE_TOKENS;
		Object.assign(world.credentials.metaMessagingApi!, { pageTokens: JSON.stringify(tokens) });
	};
	afterEach(() =>
		Object.assign(world.credentials.metaMessagingApi!, { pageTokens: JSON.stringify(PAGE_TOKENS) }),
	);

	it('is named, with what to do; the other Pages go on, and it does when it has one', async () => {
		withoutSecond();
		world.meta.say({ channel: 'facebook', account: SECOND_PAGE, person: BEN, text: 'Hello' });
		world.meta.say({ ...MESSENGER, text: 'Hello' });
		const { succeeded, failed, postponed } = await workOnce();
		expect(succeeded).toMatchObject([{ conversation: `facebook:${PAGE}:${ANA}` }]);
		expect(failed).toHaveLength(1);
		expect(failed[0]!.error).toBe(
			`The credential Meta Messaging API has no token for the account ${SECOND_PAGE}. Open it and add the account to Page Tokens.`,
		);
		expect(postponed).toMatchObject([{ postponed: true }]);

		Object.assign(world.credentials.metaMessagingApi!, { pageTokens: JSON.stringify(PAGE_TOKENS) });
		await world.inbox.wait(60);
		expect(await world.answerAll()).toMatchObject([{ outcome: 'answered' }]);
	});

	it('stops the workflow where nobody takes the failed item', async () => {
		withoutSecond();
		world.meta.say({ channel: 'facebook', account: SECOND_PAGE, person: BEN, text: 'Hello' });
		await world.keep();
		await expect(world.runAll('handle', {}, await world.take())).rejects.toMatchObject({
			message: expect.stringContaining(SECOND_PAGE),
			context: { itemIndex: 0 },
		});
	});
});
