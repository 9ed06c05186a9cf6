import { createHash } from 'node:crypto';

const HASH_LENGTH = 32;

/**
 * A JSON value as text, with the keys of every object sorted and no spaces, so that equal values
 * give equal text. Members that are `undefined` are left out, as JSON does.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const members = Object.entries(value)
		.filter(([, member]) => member !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
	return `{${members.join(',')}}`;
}

/**
 * Names the work of enriching one property in one state: the same event delivered twice has the
 * same key, and the listing with any field changed has another.
 */
export function enrichmentKey(event: { property_id: string }): string {
	const hash = createHash('sha256').update(canonicalJson(event)).digest('hex');
	return `property-enrichment:${event.property_id}:${hash.slice(0, HASH_LENGTH)}`;
}

/** Names the work on one lead: a lead is created once, however often its event is delivered. */
export function leadKey(event: { lead_id: string }): string {
	return `lead-score:${event.lead_id}`;
}
