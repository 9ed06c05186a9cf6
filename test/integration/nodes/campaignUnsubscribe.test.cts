/** Campaign Dispatch Trigger, on people who leave: the link in every mail. */
import { createHmac } from 'node:crypto';

import { CampaignDispatchTrigger } from '../../../nodes/CampaignDispatch/CampaignDispatchTrigger.node';
import { setUpTrigger } from './triggerRig.cts';

const UNSUBSCRIBE_SECRET = 'unsubscribe-secret';

const trigger = (unsubscribeSecret: string) =>
	setUpTrigger(
		new CampaignDispatchTrigger(),
		{ event: 'unsubscribe', path: 'campaign-unsubscribe' },
		{ resendMailApi: { apiKey: 're_test', unsubscribeSecret } },
	);

const leaving = trigger(UNSUBSCRIBE_SECRET);

describe('on people who leave', () => {
	const RECIPIENT = 'a'.repeat(32);

	/** A link as our mails have it, made by node's crypto alone. */
	function tokenFor(campaignId: string, recipient = RECIPIENT, secret = UNSUBSCRIBE_SECRET) {
		const subject = Buffer.from(`${campaignId}.${recipient}`).toString('base64url');
		const mac = createHmac('sha256', secret).update(`unsubscribe:${subject}`).digest();
		return `${subject}.${mac.subarray(0, 16).toString('base64url')}`;
	}

	it('asks a person who opens the link, and changes nothing', async () => {
		const { item, status, type, body } = await leaving.receive({
			webhook: 'setup',
			query: { token: tokenFor('c-1') },
		});
		expect([status, type, item]).toEqual([200, 'html', undefined]);
		expect(body).toContain('<form method="post"><button>Unsubscribe</button></form>');
	});

	it('hands on who leaves, as an event that counts once however often it comes', async () => {
		const request = {
			query: { token: tokenFor('c-1') },
			headers: { 'x-correlation-id': 'corr-1' },
		};
		const { item, status } = await leaving.receive(request);
		expect(status).toBeUndefined();
		expect(item).toEqual({
			eventId: `unsubscribed:c-1:${RECIPIENT}`,
			event: {
				type: 'unsubscribed',
				created_at: expect.stringMatching(/^\d{4}-.*Z$/),
				data: { tags: { campaign: 'c-1', recipient: RECIPIENT } },
			},
			correlationId: 'corr-1',
			receivedAt: expect.any(String),
		});
		expect((await leaving.receive(request)).item?.eventId).toBe(item?.eventId);
	});

	it.each<[string, Record<string, string>]>([
		['no token', {}],
		['a token that somebody made up', { token: tokenFor('c-1', RECIPIENT, 'guessed') }],
		['a token for somebody else', { token: tokenFor('c-1').replace(/^./, 'x') }],
		['two tokens', { token: [tokenFor('c-1'), tokenFor('c-2')] as unknown as string }],
	])('shows that a link does not work: %s', async (_what, query) => {
		for (const webhook of ['default', 'setup'] as const) {
			const { item, status, body } = await leaving.receive({ webhook, query });
			expect([status, item]).toEqual([404, undefined]);
			expect(body).toContain('This link does not work');
		}
	});

	it('lets nobody in where the credential has no secret', async () => {
		const rig = trigger('');
		const { status } = await rig.receive({ query: { token: tokenFor('c-1', RECIPIENT, '') } });
		expect(status).toBe(404);
	});
});
