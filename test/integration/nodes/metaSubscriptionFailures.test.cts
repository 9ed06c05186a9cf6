/** Meta Broker Trigger: what it says where Meta does not let it subscribe. */
import { META_DEFAULTS } from '../../../sandbox/vendors/meta.cts';
import { SECRETS, startSubscriptions, type Subscriptions } from './metaSubscriptionRig.cts';

const [FIRST, SECOND] = META_DEFAULTS.pages;

let world: Subscriptions;
beforeAll(async () => {
	world = await startSubscriptions();
});
beforeEach(() => world.forget());
afterAll(async () => await world.close());

describe('publishing says what is wrong where', () => {
	it.each<[string, object, string | undefined, object]>([
		[
			'Meta cannot reach n8n',
			{},
			'http://127.0.0.1:9/webhook',
			{
				message: 'Meta called the webhook to verify it, and did not get the right answer',
				description: expect.stringContaining('reachable from the internet'),
			},
		],
		[
			'the app secret is another',
			{ appSecret: 'guessed' },
			undefined,
			{ message: expect.stringContaining('Meta refused the token') },
		],
		[
			'Page Tokens are no JSON',
			{ pageTokens: '{"104857600000001": EAA}' },
			undefined,
			{ message: expect.stringContaining('Write them like {"<Page ID>": "<token>"}') },
		],
		[
			'a Page has the token of another',
			{ pageTokens: JSON.stringify({ [SECOND.id]: FIRST.token }) },
			undefined,
			{ message: 'Meta does not know this id, or does not show it to this token' },
		],
		[
			'the base URL is none',
			{ baseUrl: 'graph' },
			undefined,
			{ message: 'The credential has no usable URL' },
		],
	])('%s', async (_what, credential, url, expected) => {
		const failed = await world
			.trigger({}, credential, url)
			.hook('create')
			.then(
				() => undefined,
				(error: Error) => error,
			);
		expect(failed).toMatchObject(expected);
		const shown = `${JSON.stringify(failed)} ${failed?.stack}`;
		for (const secret of SECRETS) {
			expect(shown).not.toContain(secret);
		}
	});

	it('the verify token of the trigger is not the one that Meta is told', async () => {
		const { hook } = world.trigger();
		world.trigger({}, { verifyToken: 'changed meanwhile' });
		await expect(hook('create')).rejects.toMatchObject({
			name: 'NodeApiError',
			description: expect.stringContaining('verify token'),
		});
		expect(await world.ofApp()).toEqual([]);
	});
});
