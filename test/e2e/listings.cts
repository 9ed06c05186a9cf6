import { randomUUID } from 'node:crypto';

import type { EnrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import { saveListing } from '../../sandbox/platform/listings.cts';
import { DEMO_COMPANY } from '../../sandbox/platform/seed.cts';
import { until } from '../integration/platform/until.cts';
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

export interface Sent {
	id: number;
	correlationId: string;
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
export async function send(listing: EnrichProperty): Promise<Sent> {
	return { ...(await world().platform.enqueue('property.enrich', listing)), listing };
}

/** Waits until the outbox has its answer and the callback is there; gives the property's row. */
export async function arrival({ id, listing }: Sent, limitMs = 20_000): Promise<Enriched> {
	const { pool } = world().platform;
	await until(async () => {
		const { rows } = await pool.query(
			`SELECT FROM outbox_message
			 WHERE id = $1 AND status = 'sent' AND callback_at IS NOT NULL AND claimed_until IS NULL`,
			[id],
		);
		return rows.length > 0;
	}, limitMs);
	return await rowOf(listing.property_id);
}

export async function rowOf(propertyId: string): Promise<Enriched> {
	const { rows } = await world().platform.pool.query<Enriched>(
		`SELECT narrative, estimate, neighborhood_avg, source, last_updated
		 FROM property WHERE id = $1`,
		[propertyId],
	);
	return rows[0]!;
}

/** How each delivery of a message was answered, oldest first. */
export async function deliveriesOf({ correlationId }: Sent): Promise<number[]> {
	const { rows } = await world().platform.pool.query<{ status: number }>(
		`SELECT status FROM event_log WHERE correlation_id = $1 AND direction = 'out' ORDER BY id`,
		[correlationId],
	);
	return rows.map(({ status }) => status);
}

/** How the first delivery was answered. The outbox then waits, for a look at what was left behind. */
export async function firstDelivery(sent: Sent): Promise<number> {
	const [status] = await until(async () => {
		const statuses = await deliveriesOf(sent);
		return statuses.length > 0 && statuses;
	}, 30_000);
	world().platform.pause();
	return status!;
}

/** What the platform made of each callback about a message, oldest first. */
export async function callbacksOf({ correlationId }: Sent): Promise<string[]> {
	const { rows } = await world().platform.pool.query<{ outcome: string }>(
		`SELECT outcome FROM event_log WHERE correlation_id = $1 AND direction = 'in' ORDER BY id`,
		[correlationId],
	);
	return rows.map(({ outcome }) => outcome);
}

/** The state of the claim on a listing in the state store. */
export async function claimOf(propertyId: string): Promise<string | undefined> {
	const { rows } = await world().platform.pool.query<{ state: string }>(
		`SELECT state FROM property_platform.processed_events
		 WHERE event_key LIKE 'property-enrichment:' || $1 || ':%'`,
		[propertyId],
	);
	return rows[0]?.state;
}
