import { randomUUID } from 'node:crypto';

import type { EnrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import { saveListing } from '../../sandbox/platform/listings.cts';
import { DEMO_COMPANY } from '../../sandbox/platform/seed.cts';
import { answered, claimState, type Sent } from './messages.cts';
import { world } from './world.cts';

/** Each listing lies in a ZIP code of its own, so that no answer for one is cached for another. */
let nextZip = 75_101;

/** The guide's own example of a payload, under new identifiers, known to the platform. */
export async function newListing(more: Partial<EnrichProperty> = {}): Promise<EnrichProperty> {
	const listing: EnrichProperty = {
		property_id: randomUUID(),
		company_id: DEMO_COMPANY.id,
		address: '123 Main St',
		city: 'Manila',
		price_amount: 5_000_000,
		beds: 3,
		baths: 2,
		...more,
	};
	await saveListing(world().platform.pool, listing);
	return listing;
}

/** A house in Texas, about which RentCast is asked. */
export async function newTexanListing(more: Partial<EnrichProperty> = {}) {
	const zip = String(nextZip++);
	return await newListing({
		address: `${zip} Fern Lake Dr`,
		city: 'Centerville',
		state: 'TX',
		zip_code: zip,
		country: 'US',
		currency: 'USD',
		price_amount: 250_000,
		property_type: 'single family',
		floor_area_sqm: 170,
		...more,
	});
}

/** Five flats of one kind around 100,000 pesos a square metre. */
export function quezonCityComparables() {
	return [
		[76, 7_500_000],
		[80, 8_100_000],
		[82, 8_200_000],
		[85, 8_400_000],
		[90, 9_100_000],
	].map(([area, price], index) => ({
		id: `QC-${index + 1}`,
		price,
		floor_area_sqm: area,
		beds: 3,
		baths: 2,
		property_type: 'condo',
		neighborhood: 'Katipunan',
		city: 'Quezon City',
	}));
}

export interface SentListing extends Sent {
	listing: EnrichProperty;
}

export interface Enriched {
	narrative: string;
	estimate: number | null;
	neighborhood_avg: number | null;
	source: string;
	last_updated: Date | null;
}

/** Puts the listing into the platform's outbox. */
export async function send(listing: EnrichProperty): Promise<SentListing> {
	return { ...(await world().platform.enqueue('property.enrich', listing)), listing };
}

/** Waits until the outbox has its answer and the callback is there; gives the property's row. */
export async function arrival(sent: SentListing, limitMs?: number): Promise<Enriched> {
	await answered(sent, limitMs);
	return await rowOf(sent.listing.property_id);
}

export async function rowOf(propertyId: string): Promise<Enriched> {
	const { rows } = await world().platform.pool.query<Enriched>(
		`SELECT narrative, estimate, neighborhood_avg, source, last_updated
		 FROM property WHERE id = $1`,
		[propertyId],
	);
	return rows[0]!;
}

/** The start of the key under which the work on a listing is claimed. */
export const listingKey = (propertyId: string) => `property-enrichment:${propertyId}:`;

/** The state of the claim on a listing in the state store. */
export async function claimOf(propertyId: string): Promise<string | undefined> {
	return await claimState(listingKey(propertyId));
}
