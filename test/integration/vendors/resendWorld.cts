/** What the tests of events share: a stand-in, and somebody who listens to it. */
import { Resend } from 'resend';
import { Webhook } from 'standardwebhooks';

import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';
import { type Received, type Receiver, startReceiver } from './resendReceiver.cts';

export const SECRET = `whsec_${Buffer.from('a secret of 24 characters').toString('base64')}`;

export const MAIL = {
	from: 'Acme <news@example.com>',
	to: 'ana@example.net',
	subject: 'Hello',
	html: '<p>Hello</p>',
	tags: [
		{ name: 'campaign', value: 'c-1' },
		{ name: 'recipient', value: 'ab12' },
	],
};

export interface ResendWorld {
	standIn: ResendStandIn;
	receiver: Receiver;
	client: Resend;
	/** Sends a mail, waits until all was told, and returns its id. */
	sendTo(address: string): Promise<string>;
}

/** A world that starts anew before each test of the file, but for its servers. */
export function resendWorld(): ResendWorld {
	const world = {
		async sendTo(to: string) {
			const { data } = await world.client.emails.send({ ...MAIL, to });
			await world.standIn.settled();
			return data!.id;
		},
	} as ResendWorld;

	beforeAll(async () => {
		world.receiver = await startReceiver();
		world.standIn = await startResend({
			perSecond: 1000,
			fateAfterMs: 10,
			speed: 1_000_000,
			webhookUrl: world.receiver.url,
			webhookSecret: SECRET,
		});
		world.client = new Resend('re_any', { baseUrl: world.standIn.url });
	});
	beforeEach(() => {
		world.standIn.reset();
		world.receiver.forget();
	});
	afterAll(async () => {
		await world.standIn.close();
		await world.receiver.close();
	});
	return world;
}

/** By the library of Standard Webhooks. */
export function verified({ headers, body }: Received, secret: string): boolean {
	try {
		new Webhook(secret).verify(body, {
			'webhook-id': headers['svix-id'],
			'webhook-timestamp': headers['svix-timestamp'],
			'webhook-signature': headers['svix-signature'],
		});
		return true;
	} catch {
		return false;
	}
}
