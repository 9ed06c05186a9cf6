import type { HttpRequest, HttpResponse, Send } from '../../../../nodes/shared/http/send';
import type { MetaContent } from '../../../../nodes/shared/vendors/meta';

export const ACCOUNT = '104857600000001';
export const PERSON = '7001';

/**
 * What becomes of a request.
 *   answered         done, and said so
 *   lost             done, and the answer never came
 *   unread           done, and the answer is no JSON
 *   broken           done, and Graph speaks of an error of its own
 *   dropped          not done, and no answer
 *   failed           not done, and Graph speaks of an error of its own
 *   limited          turned away for now
 *   crashed before   n8n is killed, and it was not done
 *   crashed after    n8n is killed, and it was done
 */
export const FATES = [
	'answered',
	'lost',
	'unread',
	'broken',
	'dropped',
	'failed',
	'limited',
	'crashed before',
	'crashed after',
] as const;
export type Fate = (typeof FATES)[number];

const DONE: readonly Fate[] = ['answered', 'lost', 'unread', 'broken', 'crashed after'];

export class Crash extends Error {}

export interface GraphMessage {
	id: string;
	createdMs: number;
	from: string;
	content: MetaContent;
	metadata?: string;
}

/** Graph as one conversation sees it: takes messages, lists them, and fails as it is told. */
export function createGraph(startMs: number, fates: readonly Fate[]) {
	const messages: GraphMessage[] = [];
	const requests: HttpRequest[] = [];
	const left = [...fates];
	let now = startMs;

	function write(from: string, content: MetaContent, metadata?: string): GraphMessage {
		now += 300;
		const id = `m_${messages.length}`;
		const message = { id, createdMs: now, from, content, ...(metadata && { metadata }) };
		messages.push(message);
		return message;
	}

	const send: Send = async (request) => {
		requests.push(request);
		const fate = left.shift() ?? 'answered';
		if (fate === 'crashed before') throw new Crash();
		const isDone = DONE.includes(fate);
		const body = request.method === 'GET' ? list() : take(request, isDone);
		if (fate === 'crashed after') throw new Crash();
		return answerFor(fate, body);
	};

	function take({ body }: HttpRequest, isDone: boolean): unknown {
		if (!isDone) return undefined;
		const { metadata, ...content } = (body as { message: MetaContent & { metadata: string } })
			.message;
		const { id } = write(ACCOUNT, content, metadata);
		return { recipient_id: PERSON, message_id: id };
	}

	function list(): unknown {
		const data = messages.slice(-20).reverse();
		return {
			data: [
				{
					messages: {
						data: data.map(({ id, createdMs, from, content }) => ({
							id,
							created_time: `${new Date(createdMs).toISOString().slice(0, 19)}+0000`,
							from: { id: from },
							message: 'text' in content ? content.text : '',
						})),
					},
				},
			],
		};
	}

	return { send, write, messages, requests, now: () => now };
}

function answerFor(fate: Fate, body: unknown): HttpResponse {
	const answers: Record<Exclude<Fate, `crashed ${string}`>, Partial<HttpResponse>> = {
		answered: { status: 200, body },
		lost: { noAnswer: 'timed-out' },
		unread: { status: 200, body: '<html>' },
		broken: { status: 500, body: { error: { code: 2, message: 'Unexpected' } } },
		dropped: { noAnswer: 'unreachable' },
		failed: { status: 500, body: { error: { code: 1, message: 'Unknown' } } },
		limited: { status: 400, body: { error: { code: 613, message: 'Too many' } } },
	};
	const answer = answers[fate as keyof typeof answers];
	return { status: 0, headers: {}, body: undefined, ...answer };
}
