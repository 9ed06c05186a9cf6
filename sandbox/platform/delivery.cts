import type { Clock } from '../clock.cts';
import { EVENT_ROUTES } from './eventRoutes.cts';
import type { OutboxMessage } from './outboxMessages.cts';
import type { Signature } from './signature.cts';

export interface Answer {
	/** HTTP status; 0 where no answer came. */
	status: number;
	/** Parsed JSON, or undefined where the answer was none. */
	body: unknown;
	/** One sentence for a person: n8n's own message where it gave one. */
	message: string;
	durationMs: number;
}

export interface DeliveryOptions {
	n8nUrl: string;
	signature: Signature;
	clock: Clock;
	timeoutMs: number;
}

/** Posts a message to n8n once, signed for this moment. Never rejects. */
export async function deliver(
	message: OutboxMessage,
	{ n8nUrl, signature, clock, timeoutMs }: DeliveryOptions,
	closing: AbortSignal,
): Promise<Answer> {
	const body = Buffer.from(JSON.stringify(message.payload));
	const startedAt = performance.now();
	const answered = (status: number, parsed: unknown, text: string): Answer => ({
		status,
		body: parsed,
		message: text,
		durationMs: performance.now() - startedAt,
	});
	try {
		const response = await fetch(`${n8nUrl}${EVENT_ROUTES[message.eventType]}`, {
			method: 'POST',
			redirect: 'manual',
			signal: AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]),
			headers: {
				'Content-Type': 'application/json',
				'X-Correlation-Id': message.correlationId,
				...signature.sign(body, clock.now()),
			},
			body,
		});
		const parsed = parseJson(await response.text());
		return answered(response.status, parsed, messageOf(parsed, response.status));
	} catch (error) {
		const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
		return answered(0, undefined, timedOut ? 'n8n did not answer in time' : 'n8n is out of reach');
	}
}

function messageOf(body: unknown, status: number): string {
	const message = field(body, 'message');
	const said = typeof message === 'string' ? `: ${message.slice(0, 500)}` : '';
	return `n8n answered ${status}${said}`;
}

/** A field of an answer, where the answer is an object. */
export function field(body: unknown, name: string): unknown {
	return typeof body === 'object' && body !== null
		? (body as Record<string, unknown>)[name]
		: undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
