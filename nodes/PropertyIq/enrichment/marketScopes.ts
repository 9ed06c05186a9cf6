import { createHash } from 'node:crypto';

import type { EnrichProperty } from '../../shared/contracts/enrichProperty';

type Place = Pick<EnrichProperty, 'address' | 'city' | 'state' | 'zip_code'>;

/** The scopes under which a listing's paid answers are kept: its address, and its ZIP code. */
export function answerScopes(listing: Place): string[] {
	const zip = listing.zip_code?.trim();
	return [addressScope(listing), ...(zip ? [zipScope(zip)] : [])];
}

/** An address as a hash, so that the store of answers does not hold addresses in its keys. */
export function addressScope({ address, city, state, zip_code }: Place): string {
	const written = [address, city, state, zip_code]
		.map((part) => (part ?? '').toLowerCase().replace(/\s+/g, ' ').trim())
		.join('|');
	return `address:${createHash('sha256').update(written).digest('hex').slice(0, 32)}`;
}

/** Market figures belong to a ZIP code and serve every listing in it. */
export function zipScope(zip: string): string {
	return `zip:${zip.trim().slice(0, 5)}`;
}
