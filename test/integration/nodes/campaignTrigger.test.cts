/** Campaign Dispatch Trigger: campaigns and delivery events, and the webhook that it keeps in Resend. */
import { createHmac } from 'node:crypto';

import { Webhook } from 'standardwebhooks';

import { CampaignDispatchTrigger } from '../../../nodes/CampaignDispatch/CampaignDispatchTrigger.node';
import {
	RESEND_FAILURES,
	startResend,
	type ResendStandIn,
} from '../../../sandbox/vendors/resend.cts';
import { GUIDE_CAMPAIGN } from './campaignSurroundings.cts';
import { setUpTrigger } from './triggerRig.cts';

const secretOf = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`;
const CURRENT = secretOf('the current webhook secret');
const PREVIOUS = secretOf('the previous webhook secret');
const SIGNING_SECRET = 'signing-secret';

let resend: ResendStandIn;
beforeAll(async () => {
	resend = await startResend({ apiKey: 're_test', perSecond: 1000 });
});
beforeEach(() => resend.reset());
afterAll(async () => await resend.close());

const trigger = (parameters: object, credential = {}) =>
	setUpTrigger(new CampaignDispatchTrigger(), parameters as never, {
		signedWebhookApi: { baseUrl: 'https://platform.example.com', signingSecret: SIGNING_SECRET },
		resendMailApi: {
			apiKey: 're_test',
			baseUrl: resend.url,
			webhookSecret: CURRENT,
			previousWebhookSecret: PREVIOUS,
			...credential,
		},
	});

describe('on a requested campaign', () => {
	const requested = lazily(() => trigger({ event: 'campaignRequested' }));

	function signed(body: string, secret = SIGNING_SECRET) {
		const timestamp = String(Math.floor(Date.now() / 1000));
		const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
		return {
			headers: {
				'content-type': 'application/json',
				'x-correlation-id': 'corr-1',
				'x-timestamp': timestamp,
				'x-signature': `sha256=${mac}`,
			},
			body,
		};
	}

	it('hands on what the platform signed', async () => {
		const { item, status } = await requested().receive(signed(JSON.stringify(GUIDE_CAMPAIGN)));
		expect(status).toBeUndefined();
		expect(item).toMatchObject({ event: GUIDE_CAMPAIGN, correlationId: 'corr-1' });
	});

	it('refuses what somebody else signed, and starts nothing', async () => {
		const { item, status, body } = await requested().receive(
			signed(JSON.stringify(GUIDE_CAMPAIGN), 'guessed'),
		);
		expect(status).toBe(401);
		expect(body).toMatchObject({
			accepted: false,
			error: 'unauthorized',
			correlation_id: 'corr-1',
		});
		expect(item).toBeUndefined();
	});

	it('is not switched on for other companies', async () => {
		const { item, status } = await trigger({
			event: 'campaignRequested',
			options: { companies: 'another' },
		}).receive(signed(JSON.stringify(GUIDE_CAMPAIGN)));
		expect(status).toBe(200);
		expect(item).toBeUndefined();
	});

	it('answers a browser that it takes posts only, and not with the page of a link', async () => {
		const { status, headers, body } = await requested().receive({ webhook: 'setup' });
		expect(status).toBe(405);
		expect(headers.allow).toBe('POST');
		expect(body).toMatchObject({ accepted: false, error: 'method_not_allowed' });
	});

	it('registers nothing anywhere', async () => {
		expect(await requested().hook('checkExists')).toBe(true);
		expect(await requested().hook('delete')).toBe(true);
		expect(resend.requests).toEqual([]);
	});
});

const EVENT = {
	type: 'email.opened',
	created_at: '2026-11-23T02:00:05.000Z',
	data: { email_id: 'mail-1', tags: { campaign: 'c-1', recipient: 'a'.repeat(32) } },
};

/** A request as Resend signs it, by the library of Standard Webhooks. */
function fromResend(event: object, ...secrets: string[]) {
	const body = JSON.stringify(event);
	const now = new Date();
	const signatures = secrets.map((secret) => new Webhook(secret).sign('msg_1', now, body));
	return {
		headers: {
			'content-type': 'application/json',
			'svix-id': 'msg_1',
			'svix-timestamp': String(Math.floor(now.getTime() / 1000)),
			'svix-signature': signatures.join(' '),
		},
		body,
	};
}

describe('on a delivery event', () => {
	const events = (more = {}, credential = {}) =>
		trigger({ event: 'deliveryEvent', path: 'campaign-events', ...more }, credential);

	it.each([
		['the current secret', [CURRENT], 'current secret'],
		['the secret before it', [PREVIOUS], 'previous secret'],
		[
			'a secret of somebody else and ours',
			[secretOf('a secret of somebody else'), CURRENT],
			'current secret',
		],
	])(
		'hands on what is signed with %s, with the id by which it counts once',
		async (_what, secrets, signedWith) => {
			const { item, status } = await events().receive(fromResend(EVENT, ...secrets));
			expect(status).toBeUndefined();
			expect(item).toMatchObject({ event: EVENT, eventId: 'msg_1', signedWith });
		},
	);

	it('takes a secret that was pasted with a line end', async () => {
		const pasted = events({}, { webhookSecret: ` ${CURRENT}\n` });
		expect((await pasted.receive(fromResend(EVENT, CURRENT))).item).toBeDefined();
	});

	it.each<[string, object]>([
		['another secret', {}],
		['no secret at all', { webhookSecret: '', previousWebhookSecret: '' }],
	])('refuses what does not fit: %s', async (_what, credential) => {
		const { item, status, body } = await events({}, credential).receive(
			fromResend(EVENT, secretOf('a secret of somebody else')),
		);
		expect([status, item]).toEqual([401, undefined]);
		expect(body).toMatchObject({ message: expect.stringMatching(/^svix-signature /) });
	});

	it('answers events that nobody selected, and starts nothing', async () => {
		const { item, status, body } = await events({ deliveryEvents: ['email.bounced'] }).receive(
			fromResend(EVENT, CURRENT),
		);
		expect([status, item]).toEqual([200, undefined]);
		expect(body).toMatchObject({ accepted: false, message: expect.stringContaining('selected') });
	});

	describe('keeps its webhook in Resend', () => {
		/** The webhooks of the account, as the API lists them. */
		const listed = async () => {
			const answer = await fetch(`${resend.url}/webhooks`, {
				headers: { Authorization: 'Bearer re_test' },
			});
			return (
				(await answer.json()) as { data: Array<{ id: string; endpoint: string; events: string[] }> }
			).data;
		};

		it('from publishing until it is taken back, with a secret that nobody types in', async () => {
			const rig = events(
				{ deliveryEvents: ['email.opened', 'email.bounced'] },
				{ webhookSecret: '' },
			);
			expect(await rig.hook('checkExists')).toBe(false);
			expect(await rig.hook('create')).toBe(true);
			expect(await rig.hook('checkExists')).toBe(true);
			expect(await listed()).toMatchObject([
				{ endpoint: rig.url, events: ['email.opened', 'email.bounced'] },
			]);
			const { signingSecret } = rig.memory() as { signingSecret: string };
			expect((await rig.receive(fromResend(EVENT, signingSecret))).item).toMatchObject({
				signedWith: 'current secret',
			});
			expect(await rig.hook('delete')).toBe(true);
			expect(await listed()).toEqual([]);
			expect(rig.memory()).toEqual({});
			expect((await rig.receive(fromResend(EVENT, signingSecret))).status).toBe(401);
		});

		it('anew where other events are wanted, and leaves no second one', async () => {
			const rig = events({ deliveryEvents: ['email.opened'] });
			await rig.hook('create');
			rig.change({ deliveryEvents: ['email.opened', 'email.clicked'] });
			expect(await rig.hook('checkExists')).toBe(false);
			await rig.hook('create');
			expect((await listed()).map((webhook) => webhook.events)).toEqual([
				['email.opened', 'email.clicked'],
			]);
		});

		it('anew where somebody removed it in Resend', async () => {
			const rig = events();
			await rig.hook('create');
			resend.reset();
			expect(await rig.hook('checkExists')).toBe(false);
			expect(await rig.hook('delete')).toBe(true);
		});

		it('no longer where that was switched off', async () => {
			const rig = events();
			await rig.hook('create');
			rig.change({ registerWebhook: false });
			await rig.hook('delete');
			expect(await listed()).toEqual([]);
			resend.requests.length = 0;
			expect(await rig.hook('checkExists')).toBe(true);
			expect(resend.requests).toEqual([]);
		});

		it('also where Resend limits how often it is asked', async () => {
			resend.failNext({ ...RESEND_FAILURES.rateLimited, headers: { 'retry-after': '0' } });
			const rig = events();
			expect(await rig.hook('create')).toBe(true);
		});

		it('or says why not, and what to do', async () => {
			resend.failNext(RESEND_FAILURES.restrictedApiKey, 5);
			await expect(events().hook('create')).rejects.toMatchObject({
				name: 'NodeApiError',
				message: 'The Resend API key may only send mails, and this asks for more',
				description: expect.stringContaining('full access'),
			});
		});
	});
});

/** Made when it is needed: the stand-in has to be up. */
function lazily(make: () => ReturnType<typeof trigger>): () => ReturnType<typeof trigger> {
	let made: ReturnType<typeof trigger> | undefined;
	return () => (made ??= make());
}
