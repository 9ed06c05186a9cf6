import { createHash } from 'node:crypto';

const KEY = /^pp1:[0-9a-f]{24}:h?\d{1,4}$/;
const HASH_LENGTH = 24;

/** The answer to an event, or the line that tells the person to wait for it. */
export type ReplyKind = 'answer' | 'holding';

/**
 * The mark that part number `part`, from 0, of the reply to an event carries in its metadata. It is
 * the same at every attempt, so that an echo of any of them tells that the part has gone out.
 */
export function replyKey(eventId: string, part: number, kind: ReplyKind = 'answer'): string {
	const hash = createHash('sha256').update(eventId).digest('hex').slice(0, HASH_LENGTH);
	return `pp1:${hash}:${kind === 'holding' ? 'h' : ''}${part}`;
}

/** Whether a message's metadata is a mark of ours. */
export function isReplyKey(metadata: string): boolean {
	return KEY.test(metadata);
}
