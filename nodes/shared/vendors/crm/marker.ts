import { createHash } from 'node:crypto';

/**
 * The text by which a note or a task of a lead is known again: CRMs have no idempotency keys for
 * them. A hash, so that it survives every escaping, and so that no part of one id is another's.
 */
export function leadMarker(leadId: string): string {
	return `lead-ref-${createHash('sha256').update(leadId).digest('hex').slice(0, 20)}`;
}
