import { createHash } from 'node:crypto';

/** The namespace of names that are URLs. @see https://www.rfc-editor.org/rfc/rfc9562#section-6.6 */
const URL_NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/**
 * The id under which the platform and the CRM know a lead of Meta's: always the same UUID for the
 * same lead.
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.5 UUID version 5
 */
export function leadIdOf(leadgenId: string): string {
	const hash = createHash('sha1')
		.update(URL_NAMESPACE)
		.update(`https://www.facebook.com/lead/${leadgenId}`)
		.digest();
	hash[6] = (hash[6]! & 0x0f) | 0x50;
	hash[8] = (hash[8]! & 0x3f) | 0x80;
	const hex = hash.toString('hex', 0, 16);
	return [0, 8, 12, 16, 20]
		.map((start, index, starts) => hex.slice(start, starts[index + 1] ?? 32))
		.join('-');
}
