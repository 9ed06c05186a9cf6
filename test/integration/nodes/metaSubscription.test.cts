/** Meta Broker Trigger: the subscription that it keeps in Meta while the workflow is published. */
import { META_DEFAULTS, META_FAILURES } from '../../../sandbox/vendors/meta.cts';
import {
	PAGE_TOKENS,
	SECRETS,
	startSubscriptions,
	type Subscriptions,
} from './metaSubscriptionRig.cts';

const { pages } = META_DEFAULTS;
const [FIRST, SECOND] = pages;

let world: Subscriptions;
beforeAll(async () => {
	world = await startSubscriptions();
});
beforeEach(() => world.forget());
afterAll(async () => await world.close());

const MESSENGER_FIELDS = [
	'leadgen',
	'message_echoes',
	'message_edits',
	'messages',
	'messaging_handovers',
	'messaging_postbacks',
	'messaging_referrals',
	'standby',
];
const INSTAGRAM_FIELDS = [
	'message_edit',
	'messages',
	'messaging_handover',
	'messaging_postbacks',
	'messaging_referral',
	'standby',
];

describe('publishing the workflow', () => {
	it('subscribes the app for both channels, and every Page to the app', async () => {
		const { hook, url } = world.trigger();
		expect(await hook('checkExists')).toBe(false);
		expect(await hook('create')).toBe(true);
		expect(world.challenges()).toBe(2);
		expect(await world.ofApp()).toEqual([
			{ object: 'page', url, fields: MESSENGER_FIELDS },
			{ object: 'instagram', url, fields: INSTAGRAM_FIELDS },
		]);
		for (const page of pages) expect(await world.ofPage(page)).toEqual([MESSENGER_FIELDS]);
		expect(await hook('checkExists')).toBe(true);
	});

	it('brings the events from then on', async () => {
		const { hook, url } = world.trigger();
		await hook('create');
		world.meta.say({ channel: 'facebook', person: '24700000000000101', text: 'Hi' });
		world.meta.say({ channel: 'instagram', person: '17900000000000201', text: 'Hi' });
		await world.meta.settled();
		expect(world.meta.deliveries.map((delivery) => [delivery.url, delivery.status])).toEqual([
			[url, 200],
			[url, 200],
		]);
		expect(new Set(world.events.map((event) => (event as { object: string }).object))).toEqual(
			new Set(['page', 'instagram']),
		);
	});

	it('asks for the selected events only', async () => {
		await world.trigger({ events: ['lead_form', 'read'] }).hook('create');
		expect(await world.ofApp()).toMatchObject([
			{ object: 'page', fields: ['leadgen', 'message_reads'] },
			{ object: 'instagram', fields: ['messaging_seen'] },
		]);
	});

	it('subscribes no object that has none of the selected events', async () => {
		const { hook } = world.trigger({ events: ['lead_form'] });
		await hook('create');
		expect((await world.ofApp()).map(({ object }) => object)).toEqual(['page']);
		expect(await hook('checkExists')).toBe(true);
	});

	it('hears Instagram through its Page, which is subscribed to something for that', async () => {
		await world.trigger({ channels: ['instagram'] }).hook('create');
		expect(await world.ofApp()).toMatchObject([{ object: 'instagram', fields: INSTAGRAM_FIELDS }]);
		expect(await world.ofPage(FIRST)).toEqual([['messages', 'standby']]);
	});

	it('asks no Page of the linked Instagram account, but does ask one of Instagram Login', async () => {
		const account = '17841400000000077';
		const tokens = { ...PAGE_TOKENS, [account]: 'IGAASandboxInstagramLogin' };
		for (const body of [{ data: [] }, { success: true }]) {
			world.meta.failNext({ status: 200, body }, 1, {
				matching: ({ path }) => path.includes(account),
			});
		}
		await world.trigger({}, { pageTokens: JSON.stringify(tokens) }).hook('create');
		const asked = world.meta.requests.filter(
			({ method, path }) => method === 'POST' && path.endsWith('/subscribed_apps'),
		);
		expect(asked.map(({ path, query }) => [path, query.subscribed_fields])).toEqual([
			[`/v26.0/${FIRST.id}/subscribed_apps`, MESSENGER_FIELDS.join()],
			[`/v26.0/${SECOND.id}/subscribed_apps`, MESSENGER_FIELDS.join()],
			[`/v26.0/${account}/subscribed_apps`, INSTAGRAM_FIELDS.join()],
		]);
		// Its host has no proof of the app secret.
		expect(asked.map(({ query }) => query.appsecret_proof)).toEqual([
			'(present)',
			'(present)',
			undefined,
		]);
	});

	it('shows no token in an address, and gives each Page its own', async () => {
		await world.trigger().hook('create');
		for (const { path, query, headers } of world.meta.requests) {
			const shown = JSON.stringify([path, query, headers]);
			expect(SECRETS.slice(0, 3).filter((secret) => shown.includes(secret))).toEqual([]);
			expect(headers.authorization).toBe('(present)');
			expect(headers).not.toHaveProperty('x-meta-account');
		}
	});

	it.each<[string, () => Promise<unknown>]>([
		[
			'another address is in its place',
			async () => await world.trigger({ path: 'old' }).hook('create'),
		],
		['a field is missing', async () => await world.trigger({ events: ['message'] }).hook('create')],
		[
			'a Page is not subscribed',
			async () => {
				await world.trigger().hook('create');
				await world.unsubscribePage(SECOND);
			},
		],
	])('is needed where %s, and mends it', async (_what, prepare) => {
		await prepare();
		const { hook, url } = world.trigger();
		expect(await hook('checkExists')).toBe(false);
		await hook('create');
		expect(await hook('checkExists')).toBe(true);
		expect((await world.ofApp()).map((one) => one.url)).toEqual([url, url]);
	});

	it('goes on where Graph had a moment of weakness', async () => {
		world.meta.failNext(META_FAILURES.unavailablePage);
		expect(await world.trigger().hook('create')).toBe(true);
	});
});

describe('taking the workflow back', () => {
	it('ends what was subscribed to, of the app and of the Pages', async () => {
		const { hook } = world.trigger();
		await hook('create');
		expect(await hook('delete')).toBe(true);
		expect(await world.ofApp()).toEqual([]);
		for (const page of pages) expect(await world.ofPage(page)).toEqual([]);
	});

	it('leaves alone what another workflow has taken over since', async () => {
		const old = world.trigger({ path: 'old' });
		await old.hook('create');
		const taken = world.trigger();
		await taken.hook('create');
		expect(await old.hook('delete')).toBe(true);
		expect((await world.ofApp()).map(({ url }) => url)).toEqual([taken.url, taken.url]);
		for (const page of pages) expect(await world.ofPage(page)).toEqual([MESSENGER_FIELDS]);
	});

	it('ends the one object that is still its own, and the other one goes on', async () => {
		const both = world.trigger();
		await both.hook('create');
		const other = world.trigger({ path: 'other', channels: ['instagram'] });
		await other.hook('create');
		await both.hook('delete');
		expect((await world.ofApp()).map(({ object, url }) => [object, url])).toEqual([
			['instagram', other.url],
		]);
		expect(await other.hook('checkExists')).toBe(true);
	});

	it('does not take from a trigger for Messenger what one for Instagram asks for', async () => {
		const messenger = world.trigger({ path: 'messenger', channels: ['facebook'] });
		await messenger.hook('create');
		const instagram = world.trigger({ path: 'instagram', channels: ['instagram'] });
		await instagram.hook('create');
		expect(await messenger.hook('checkExists')).toBe(true);
		await instagram.hook('delete');
		expect(await messenger.hook('checkExists')).toBe(true);
		expect((await world.ofApp()).map(({ url }) => url)).toEqual([messenger.url]);
	});

	it('is no failure where nothing is there any more', async () => {
		expect(await world.trigger().hook('delete')).toBe(true);
	});
});

describe('is left to a person', () => {
	it.each<['checkExists' | 'create' | 'delete', 'trigger' | 'manual', boolean]>([
		['checkExists', 'manual', true],
		['delete', 'manual', true],
		['checkExists', 'trigger', false],
		['delete', 'trigger', false],
	])('%s asks nobody (%s, switched on: %s)', async (method, mode, registerWebhook) => {
		expect(await world.trigger({ registerWebhook }).hook(method, mode)).toBe(true);
		expect(world.meta.requests).toEqual([]);
	});
});
