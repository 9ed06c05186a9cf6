import type { Queryable } from './database.cts';
import type { Wishes } from './wishes.cts';

/** As many as a reply shows. */
const MAX_SUGGESTIONS = 3;

export interface FoundListing {
	id: string;
	address: string;
	city: string;
	neighborhood: string | null;
	price_amount: number;
	currency: string | null;
	beds: number | null;
	baths: number | null;
	property_type: string | null;
	floor_area_sqm: number | null;
}

export interface Found {
	/** The best ones. */
	listings: FoundListing[];
	/** How many there are. */
	total: number;
	/** Whether they have all that was asked for, and not only the place. */
	isExact: boolean;
}

const COLUMNS = `id, address, city, neighborhood, price_amount, currency, beds, baths,
	property_type, floor_area_sqm`;

/** In the place, of the company where it is known. What a listing does not say fits. */
const SEARCH = `
	SELECT ${COLUMNS}, count(*) OVER ()::int AS total FROM property
	WHERE ($1::text IS NULL OR company_id = $1)
	  AND EXISTS (
	    SELECT FROM unnest($2::text[]) AS place
	    WHERE place IN (lower(city), lower(neighborhood)) OR strpos(lower(address), place) > 0)
	  AND (beds IS NULL OR beds BETWEEN coalesce($3::float8, 0) AND coalesce($4::float8, 'Infinity'))
	  AND price_amount BETWEEN coalesce($5::float8, 0) AND coalesce($6::float8, 'Infinity')
	  AND (currency IS NULL OR $7::text IS NULL OR currency = $7)
	  AND (property_type IS NULL OR $8::text IS NULL OR strpos(lower(property_type), $8) > 0)
	ORDER BY beds IS NULL, price_amount, id LIMIT ${MAX_SUGGESTIONS}`;

/** What fits the wishes, the cheapest first; where nothing does, what there is in the place. */
export async function findListings(
	db: Queryable,
	wishes: Wishes,
	companyId: string | undefined,
): Promise<Found> {
	const { places, beds, price, currency, propertyType } = wishes;
	const inPlace = [companyId ?? null, places];
	const limits = [beds?.min, beds?.max, price.min, price.max, currency, propertyType];
	const exact = await search(db, [...inPlace, ...limits.map((limit) => limit ?? null)]);
	if (exact.total > 0) return { ...exact, isExact: true };
	return { ...(await search(db, [...inPlace, ...limits.map(() => null)])), isExact: false };
}

/** One listing; undefined where the platform has none of that id. */
export async function findListing(db: Queryable, id: string): Promise<FoundListing | undefined> {
	const { rows } = await db.query<FoundListing>(`SELECT ${COLUMNS} FROM property WHERE id = $1`, [
		id,
	]);
	return rows[0];
}

async function search(db: Queryable, values: unknown[]): Promise<Omit<Found, 'isExact'>> {
	const { rows } = await db.query<FoundListing & { total: number }>(SEARCH, values);
	return {
		listings: rows.map(({ total: _, ...listing }) => listing),
		total: rows[0]?.total ?? 0,
	};
}
