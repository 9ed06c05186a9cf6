import { randomUUID } from 'node:crypto';

const CORRELATION_ID = /^[\w.:-]{1,128}$/;

/** The sender's correlation id where it is usable, a new one otherwise. */
export function correlationIdFrom(header: unknown): string {
	return typeof header === 'string' && CORRELATION_ID.test(header) ? header : randomUUID();
}
