/** What becomes of mails, and which webhooks hear of it. */
import { Resend } from 'resend';

import { startResend } from '../../../sandbox/vendors/resend.cts';
import { startReceiver } from './resendReceiver.cts';
import { MAIL, resendWorld, SECRET, verified } from './resendWorld.cts';

describe("Resend's events", () => {
	const world = resendWorld();
	const { sendTo } = world;

	const last = () => world.receiver.received.at(-1)!;

	it('carry the mail, with its tags as an object', async () => {
		const id = await sendTo(MAIL.to);
		expect(world.receiver.received.map(({ event }) => event)).toEqual(
			['email.sent', 'email.delivered'].map((type) => ({
				type,
				created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/),
				data: {
					created_at: world.standIn.mails[0]!.at,
					email_id: id,
					message_id: expect.stringMatching(/^<.+@.+>$/),
					from: MAIL.from,
					to: [MAIL.to],
					subject: MAIL.subject,
					tags: { campaign: 'c-1', recipient: 'ab12' },
				},
			})),
		);
		expect((await world.client.emails.get(id)).data?.last_event).toBe('delivered');
	});

	it.each([
		['ana@example.net', ['sent', 'delivered'], []],
		['delivered@resend.dev', ['sent', 'delivered'], []],
		['bounced@resend.dev', ['sent', 'bounced'], ['bounced@resend.dev']],
		['Bounce.Me@example.net', ['sent', 'bounced'], ['bounce.me@example.net']],
		['mailbox-full@example.net', ['sent', 'bounced'], []],
		['complained@resend.dev', ['sent', 'delivered', 'complained'], ['complained@resend.dev']],
	])('tell what becomes of a mail to %s', async (address, types, suppressed) => {
		const id = await sendTo(address);
		expect(world.receiver.typesOf(address)).toEqual(types.map((type) => `email.${type}`));
		expect(world.standIn.mails[0]).toMatchObject({
			id,
			lastEvent: types.at(-1),
			events: types.map((type) => ({ type: `email.${type}` })),
		});
		expect(world.standIn.suppressed()).toEqual(suppressed);
	});

	it('tell why a mail bounced, and that the next one is not sent at all', async () => {
		await sendTo('bounce@example.net');
		expect(last().event.data.bounce).toMatchObject({ type: 'Permanent', subType: 'General' });
		await sendTo('Bounce <BOUNCE@example.net>');
		expect(world.receiver.typesOf('Bounce <BOUNCE@example.net>')).toEqual(['email.suppressed']);
		expect(last().event.data.suppressed).toMatchObject({
			type: 'OnAccountSuppressionList',
			reason: 'previous_bounce',
		});
		await sendTo('mailbox-full@example.net');
		expect(last().event.data.bounce).toMatchObject({ type: 'Transient', subType: 'MailboxFull' });
		world.standIn.suppress('ana@example.net');
		await sendTo('ana@example.net');
		expect(last().event.type).toBe('email.suppressed');
		world.standIn.unsuppress('ana@example.net');
		await sendTo('ana@example.net');
		expect(last().event.type).toBe('email.delivered');
	});

	it('tell what a person did with a mail', async () => {
		const id = await sendTo(MAIL.to);
		world.receiver.forget();
		const told = [
			world.standIn.open(id),
			world.standIn.click(id, 'https://example.com/listing/1'),
			world.standIn.delay(id),
			world.standIn.fail(id),
			world.standIn.bounce(id, 'Undetermined', 'Undetermined'),
			world.standIn.complain(id),
		];
		await world.standIn.settled();
		const byId = new Map(world.receiver.received.map((one) => [one.headers['svix-id'], one.event]));
		expect(told.map((svixId) => byId.get(svixId))).toMatchObject([
			{ type: 'email.opened' },
			{ type: 'email.clicked', data: { click: { link: 'https://example.com/listing/1' } } },
			{ type: 'email.delivery_delayed' },
			{ type: 'email.failed', data: { failed: { reason: 'reached_daily_quota' } } },
			{ type: 'email.bounced', data: { bounce: { type: 'Undetermined' } } },
			{ type: 'email.complained' },
		]);
		expect(world.standIn.suppressed()).toEqual([MAIL.to]);
	});

	it('repeat an event under its id', async () => {
		const id = await sendTo(MAIL.to);
		const svixId = world.standIn.open(id);
		await world.standIn.settled();
		world.standIn.repeatEvent(svixId);
		await world.standIn.settled();
		const repeated = world.receiver.received.filter(({ headers }) => headers['svix-id'] === svixId);
		expect(repeated).toHaveLength(2);
		expect(repeated[0]!.body).toBe(repeated[1]!.body);
		expect(() => world.standIn.repeatEvent('msg_unknown')).toThrow('msg_unknown');
	});

	it('hear only of the events they asked for, and of none when switched off', async () => {
		const second = await startReceiver();
		try {
			const { data } = await world.client.webhooks.create({
				endpoint: second.url,
				events: ['email.delivered'],
			});
			await sendTo(MAIL.to);
			expect(second.typesOf(MAIL.to)).toEqual(['email.delivered']);
			expect(verified(second.received[0]!, data!.signing_secret)).toBe(true);
			expect(verified(second.received[0]!, SECRET)).toBe(false);
			await world.client.webhooks.update(data!.id, { status: 'disabled' });
			await sendTo(MAIL.to);
			expect(second.received).toHaveLength(1);
		} finally {
			await second.close();
		}
	});

	it('hear nothing by themselves where events are switched off', async () => {
		const quiet = await startResend({ events: false, webhookUrl: world.receiver.url });
		try {
			const sender = new Resend('re_any', { baseUrl: quiet.url });
			const { data } = await sender.emails.send({ ...MAIL, to: 'bounce@example.net' });
			await quiet.settled();
			expect(world.receiver.received).toEqual([]);
			quiet.click(data!.id, 'https://example.com');
			await quiet.settled();
			expect(world.receiver.received.map(({ event }) => event.type)).toEqual(['email.clicked']);
		} finally {
			await quiet.close();
		}
	});
});
