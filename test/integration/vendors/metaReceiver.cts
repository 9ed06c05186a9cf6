/** What stands in for n8n where Meta's webhooks are tested: it takes, answers, and remembers. */
import { listen } from '../../../sandbox/listen.cts';

export interface ReceivedBody {
	object: string;
	entry: Array<{
		id: string;
		time: number;
		messaging?: ReceivedEvent[];
		standby?: ReceivedEvent[];
		changes?: Array<{ field: string; value: Record<string, unknown> }>;
	}>;
}

export type ReceivedEvent = {
	sender: { id: string };
	recipient: { id: string };
	timestamp: number;
} & Record<string, Record<string, unknown>>;

export interface Receiver {
	url: string;
	/** The bytes, as text. */
	bodies: string[];
	headers: Headers[];
	/** The queries of challenges. */
	challenges: URLSearchParams[];
	/** The statuses of the next answers; 200 when there are no more. */
	answers: number[];
	/** What it says to a challenge, given the expected word. */
	respond(challenge: string): Response;
	/** How long an answer takes, in milliseconds. */
	delayMs: number;
	payloads(): ReceivedBody[];
	/** All that came in `messaging` and `standby`, with the list's name. */
	events(): Array<ReceivedEvent & { list: 'messaging' | 'standby' }>;
	forget(): void;
	close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const { url, close } = await listen(async (request) => {
		if (request.method === 'GET') {
			const query = new URL(request.url).searchParams;
			receiver.challenges.push(query);
			return receiver.respond(query.get('hub.challenge') ?? '');
		}
		receiver.bodies.push(await request.text());
		receiver.headers.push(request.headers);
		const status = receiver.answers.shift() ?? 200;
		await new Promise((resolve) => setTimeout(resolve, receiver.delayMs));
		return new Response(null, { status });
	});
	const receiver: Receiver = {
		url: `${url}/hook`,
		bodies: [],
		headers: [],
		challenges: [],
		answers: [],
		respond: echoed,
		delayMs: 0,
		payloads: () => receiver.bodies.map((body) => JSON.parse(body) as ReceivedBody),
		events: () =>
			receiver
				.payloads()
				.flatMap(({ entry }) => entry)
				.flatMap(({ messaging = [], standby = [] }) => [
					...messaging.map((event) => Object.assign(event, { list: 'messaging' as const })),
					...standby.map((event) => Object.assign(event, { list: 'standby' as const })),
				]),
		forget() {
			const empty = { bodies: [], headers: [], challenges: [], answers: [] };
			Object.assign(receiver, { ...empty, respond: echoed, delayMs: 0 });
		},
		close,
	};
	return receiver;
}

function echoed(challenge: string): Response {
	return new Response(challenge);
}
