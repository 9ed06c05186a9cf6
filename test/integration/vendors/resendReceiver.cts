/** What stands in for n8n where the stand-in's webhooks are tested: it takes, and remembers. */
import { listen } from '../../../sandbox/listen.cts';

export interface Received {
	headers: { 'svix-id': string; 'svix-timestamp': string; 'svix-signature': string };
	/** As it came. */
	body: string;
	event: { type: string; created_at: string; data: Record<string, unknown> };
}

export interface Receiver {
	url: string;
	received: Received[];
	/** The types of events so far, by the recipient of the mail. */
	typesOf(address: string): string[];
	/** The statuses of the next answers; 200 when there are no more. */
	answers: number[];
	/** How many requests were answered at the same time, at most. */
	mostAtOnce: number;
	/** How long an answer takes, in milliseconds. */
	delayMs: number;
	forget(): void;
	close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	let atOnce = 0;
	const { url, close } = await listen(async (request) => {
		atOnce += 1;
		receiver.mostAtOnce = Math.max(receiver.mostAtOnce, atOnce);
		const body = await request.text();
		const header = (name: string) => request.headers.get(name) ?? '';
		receiver.received.push({
			headers: {
				'svix-id': header('svix-id'),
				'svix-timestamp': header('svix-timestamp'),
				'svix-signature': header('svix-signature'),
			},
			body,
			event: JSON.parse(body) as Received['event'],
		});
		await new Promise((resolve) => setTimeout(resolve, receiver.delayMs));
		atOnce -= 1;
		return new Response(null, { status: receiver.answers.shift() ?? 200 });
	});
	const receiver: Receiver = {
		url: `${url}/hook`,
		received: [],
		typesOf: (address) =>
			receiver.received
				.filter(({ event }) => (event.data.to as string[]).includes(address))
				.map(({ event }) => event.type),
		answers: [],
		mostAtOnce: 0,
		delayMs: 0,
		forget() {
			Object.assign(receiver, { received: [], answers: [], mostAtOnce: 0, delayMs: 0 });
		},
		close,
	};
	return receiver;
}
