import { readDeliveryEvent } from '../../../nodes/CampaignDispatch/delivery/deliveryEvent';
import { dispatchBatches } from '../../../nodes/CampaignDispatch/delivery/dispatch';
import { recipientKey } from '../../../nodes/CampaignDispatch/delivery/recipient';
import {
	isRegistered,
	register,
	unregister,
} from '../../../nodes/CampaignDispatch/delivery/webhookRegistration';
import { checkContract } from '../../../nodes/shared/contracts/check';
import { resendEvent } from '../../../nodes/shared/contracts/resendEvent';
import type { Clock, Send } from '../../../nodes/shared/http/send';
import { verifySvixRequest } from '../../../nodes/shared/signing/svix';
import {
	getEmailRequest,
	listEmailsRequest,
	readBatch,
	readEmailList,
	readEmailTags,
	sendBatchRequest,
} from '../../../nodes/shared/vendors/resend';
import { readMoment } from '../../../nodes/shared/vendors/resend/moment';
import {
	checkWebhookUpdate,
	getWebhookRequest,
	readWebhook,
	updateWebhookRequest,
} from '../../../nodes/shared/vendors/resend/webhooks';
import { makeBatches, makeMail } from '../../unit/CampaignDispatch/delivery/batches.cts';
import { fetchSend } from '../fetchSend.cts';
import { resendWorld, SECRET } from './resendWorld.cts';

const EVENTS = ['email.delivered', 'email.bounced'];

describe('the adapter of Resend', () => {
	const world = resendWorld();
	let send: Send;

	beforeAll(() => {
		send = fetchSend(world.standIn.url, { authorization: 'Bearer re_test' });
	});

	it('reads which mails of a batch were taken, and which not', async () => {
		const mails = [makeMail(1), { ...makeMail(2), to: ['nobody'] }, makeMail(3)];
		const batch = { mails, idempotencyKey: 'k', validation: 'permissive' } as const;
		const first = readBatch(await send(sendBatchRequest(batch)), 3, Date.now());
		expect(first.accepted.map(({ index }) => index)).toEqual([0, 2]);
		expect(first.refused).toMatchObject([{ index: 1 }]);
		expect(first.accepted.map(({ id }) => id)).toEqual(world.standIn.mails.map(({ id }) => id));
		const again = readBatch(await send(sendBatchRequest(batch)), 3, Date.now());
		expect(again).toEqual(first);
		expect(world.standIn.mails).toHaveLength(2);
	});

	it('walks the list of sent mails to its end, and reads tags and moments', async () => {
		for (const { mails, key } of makeBatches(3, 70)) {
			await send(sendBatchRequest({ mails, idempotencyKey: key, validation: 'strict' }));
		}
		const listed: string[] = [];
		for (let after: string | undefined; ;) {
			const page = readEmailList(await send(listEmailsRequest(after)), Date.now());
			listed.push(...page.emails.map(({ id }) => id));
			for (const { createdAt } of page.emails) {
				expect(Math.abs(readMoment(createdAt) - Date.now())).toBeLessThan(10_000);
			}
			if (page.next === undefined) break;
			after = page.next;
		}
		expect(listed).toEqual(world.standIn.mails.map(({ id }) => id).toReversed());
		const tags = readEmailTags(await send(getEmailRequest(listed[0]!)), Date.now());
		expect(tags).toEqual({ campaign: 'c-1', recipient: recipientKey('person-209@example.com') });
	});

	it('registers a webhook, finds it again, changes it and removes it', async () => {
		const endpoint = 'https://n8n.example.com/webhook/events';
		const { id, signingSecret } = await register(send, endpoint, EVENTS, Date.now());
		expect(signingSecret).toMatch(/^whsec_/);
		expect(await isRegistered(send, { id, endpoint, events: EVENTS }, Date.now())).toBe(true);
		const read = async () => readWebhook(await send(getWebhookRequest(id)), Date.now());
		expect(await read()).toEqual({ id, endpoint, events: EVENTS, isEnabled: true, signingSecret });

		const change = { events: ['email.opened'], isEnabled: false };
		checkWebhookUpdate(await send(updateWebhookRequest(id, change)), Date.now());
		expect(await read()).toMatchObject(change);
		expect(await isRegistered(send, { id, endpoint, events: EVENTS }, Date.now())).toBe(false);

		await unregister(send, id, Date.now());
		await unregister(send, id, Date.now());
		expect((await send(getWebhookRequest(id))).status).toBe(404);
	});

	it('verifies and reads what becomes of a campaign, also while the secret is changed', async () => {
		const clock: Clock = { now: Date.now, wait: async () => {} };
		const mail = { ...makeMail(1), to: ['bounce@example.com'] };
		const batches = [{ key: 'k', isKeyExpired: false, mails: [mail, makeMail(2)] }];
		const { outcomes } = await dispatchBatches({ send, clock, batches, validation: 'strict' });
		await world.standIn.settled();
		const fresh = world.standIn.rotateWebhookSecret();
		const [outcome] = outcomes;
		const second = outcome?.outcome === 'sent' ? outcome.results[1] : undefined;
		const emailId = second?.state === 'sent' ? second.emailId : '';
		for (const happen of [
			() => world.standIn.open(emailId),
			() => world.standIn.click(emailId, 'https://example.com/p/1?token=secret'),
			() => world.standIn.complain(emailId),
		]) {
			happen();
			await world.standIn.settled();
		}

		const events = world.receiver.received.map(({ headers, body }) => {
			const request = {
				id: headers['svix-id'],
				timestamp: headers['svix-timestamp'],
				signature: headers['svix-signature'],
				rawBody: Buffer.from(body),
			};
			const verdict = verifySvixRequest([fresh, SECRET], request, Date.now() / 1000);
			expect(verdict.valid).toBe(true);
			const checked = checkContract(resendEvent, JSON.parse(body));
			if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
			return { ...readDeliveryEvent(checked.value), secret: verdict.valid && verdict.secret };
		});
		const ofSecond = events.filter((event) => event.emailId === emailId);
		expect(ofSecond.map(({ kind, secret }) => [kind, secret])).toEqual([
			['sent', 1],
			['delivered', 1],
			['opened', 0],
			['clicked', 0],
			['complained', 0],
		]);
		expect(ofSecond[0]).toMatchObject({
			campaignId: 'c-1',
			recipient: recipientKey('person-2@example.com'),
		});
		expect(ofSecond[3]?.link).toBe('https://example.com/p/1');
		expect(ofSecond[4]?.suppress).toEqual({ reason: 'complained' });
		const bounce = events.find(({ kind }) => kind === 'bounced');
		expect(bounce).toMatchObject({ bounce: 'permanent', suppress: { reason: 'bounced' } });
	});
});
