/** What the stand-in tells webhooks, verified by libraries that we did not write. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { Resend, type WebhookEventPayload } from 'resend';

import { startResend } from '../../../sandbox/vendors/resend.cts';
import type { Received } from './resendReceiver.cts';
import { MAIL, resendWorld, SECRET, verified } from './resendWorld.cts';

describe("Resend's webhooks", () => {
	const world = resendWorld();
	const { sendTo } = world;

	const last = () => world.receiver.received.at(-1)!;
	const signatures = ({ headers }: Received) => headers['svix-signature'].split(' ');

	/** By Svix's own library. */
	async function svixVerdicts(...cases: Array<[Received, secret: string]>): Promise<string[]> {
		const program = execFile(process.execPath, [path.join(__dirname, 'svixVerify.mjs')]);
		program.stdin!.end(
			JSON.stringify(cases.map(([{ headers, body }, secret]) => ({ secret, headers, body }))),
		);
		return JSON.parse(await text(program.stdout!)) as string[];
	}

	it('are signed as Svix and Standard Webhooks verify it', async () => {
		await sendTo(MAIL.to);
		const [first] = world.receiver.received;
		expect(signatures(first!)).toHaveLength(1);
		expect(verified(first!, SECRET)).toBe(true);
		const other = 'whsec_b3RoZXJzZWNyZXRvdGhlcnNlY3JldA==';
		expect(verified(first!, other)).toBe(false);
		const altered = { ...first!, body: first!.body.replace('ana@', 'eve@') };
		expect(await svixVerdicts([first!, SECRET], [first!, other], [altered, SECRET])).toEqual([
			'ok',
			'No matching signature found',
			'No matching signature found',
		]);
		const event: WebhookEventPayload = world.client.webhooks.verify({
			payload: first!.body,
			headers: {
				id: first!.headers['svix-id'],
				timestamp: first!.headers['svix-timestamp'],
				signature: first!.headers['svix-signature'],
			},
			webhookSecret: SECRET,
		});
		expect(event.type).toBe('email.sent');
	});

	it('are signed with both secrets while one replaces the other, for a day', async () => {
		const id = await sendTo(MAIL.to);
		const fresh = world.standIn.rotateWebhookSecret();
		world.standIn.open(id);
		await world.standIn.settled();
		const during = last();
		expect(signatures(during)).toHaveLength(2);
		expect([verified(during, SECRET), verified(during, fresh)]).toEqual([true, true]);
		expect(await svixVerdicts([during, SECRET], [during, fresh])).toEqual(['ok', 'ok']);
		world.standIn.advance(24 * 3_600_000);
		world.standIn.open(id);
		await world.standIn.settled();
		expect([verified(last(), SECRET), verified(last(), fresh)]).toEqual([false, true]);
	});

	it('are tried seven times with one id, and signed anew', async () => {
		const id = await sendTo(MAIL.to);
		world.receiver.forget();
		world.receiver.answers = [500, 302, 404, 410, 429, 503, 500];
		world.standIn.open(id);
		await world.standIn.settled();
		expect(world.receiver.received).toHaveLength(7);
		expect(new Set(world.receiver.received.map(({ headers }) => headers['svix-id'])).size).toBe(1);
		expect(new Set(world.receiver.received.map(({ body }) => body)).size).toBe(1);
		expect(world.receiver.received.every((one) => verified(one, SECRET))).toBe(true);
		const attempts = world.standIn.deliveries.slice(-7);
		expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
			[1, 500],
			[2, 302],
			[3, 404],
			[4, 410],
			[5, 429],
			[6, 503],
			[7, 500],
		]);
	});

	it('stop being tried once they are taken', async () => {
		world.receiver.answers = [503, 204];
		await sendTo(MAIL.to);
		expect(world.receiver.received.map(({ event }) => event.type).sort()).toEqual([
			'email.delivered',
			'email.sent',
			'email.sent',
		]);
	});

	it('wait five seconds before the second attempt, divided by the speed', async () => {
		const slow = await startResend({ fateAfterMs: 0, speed: 50, webhookUrl: world.receiver.url });
		try {
			world.receiver.answers = [500];
			await new Resend('re_any', { baseUrl: slow.url }).emails.send(MAIL);
			await slow.settled();
			const [first, second] = slow.deliveries
				.filter(({ type }) => type === 'email.sent')
				.map(({ at }) => Date.parse(at));
			expect(second! - first!).toBeGreaterThanOrEqual(100);
			expect(second! - first!).toBeLessThan(4000);
		} finally {
			await slow.close();
		}
	});

	it('are signed for the moment of the attempt, not for that of the event', async () => {
		const slow = await startResend({ events: false, speed: 4, webhookUrl: world.receiver.url });
		try {
			const { data } = await new Resend('re_any', { baseUrl: slow.url }).emails.send(MAIL);
			world.receiver.answers = [500];
			slow.open(data!.id);
			await slow.settled();
			const [first, second] = world.receiver.received.map(({ headers }) => headers);
			expect(first!['svix-id']).toBe(second!['svix-id']);
			expect(Number(second!['svix-timestamp'])).toBeGreaterThan(Number(first!['svix-timestamp']));
			expect(first!['svix-signature']).not.toBe(second!['svix-signature']);
		} finally {
			await slow.close();
		}
	});

	it('are told a few events at a time', async () => {
		world.receiver.delayMs = 20;
		const batch = Array.from({ length: 10 }, () => MAIL);
		await world.client.batch.send(batch);
		await world.standIn.settled();
		expect(world.receiver.received).toHaveLength(20);
		expect(world.receiver.mostAtOnce).toBe(4);
	});

	it('stop being tried when the webhook is removed', async () => {
		const slow = await startResend({ events: false, speed: 50 });
		try {
			const { id: webhook } = slow.addWebhook({ endpoint: world.receiver.url });
			const owner = new Resend('re_any', { baseUrl: slow.url });
			const { data } = await owner.emails.send(MAIL);
			world.receiver.answers = [500, 500];
			slow.open(data!.id);
			while (slow.deliveries.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
			await owner.webhooks.remove(webhook);
			await slow.settled();
			expect(world.receiver.received).toHaveLength(1);
		} finally {
			await slow.close();
		}
	});

	it('stop at a reset and at an end, in the middle of retries', async () => {
		const stopped = await startResend({ fateAfterMs: 0, webhookUrl: 'http://127.0.0.1:9/hook' });
		const sender = new Resend('re_any', { baseUrl: stopped.url });
		await sender.emails.send(MAIL);
		while (stopped.deliveries.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
		expect(stopped.deliveries).toMatchObject([{ status: 0 }, { status: 0 }]);
		stopped.reset();
		await stopped.settled();
		expect(stopped.deliveries).toEqual([]);
		await sender.emails.send(MAIL);
		await stopped.close();
		await stopped.settled();
	});
});
