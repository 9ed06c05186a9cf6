const DAY_SECONDS = 86_400;

/** @see https://developers.rentcast.io/reference/rate-limits */
export const RENT_CAST = {
	name: 'RentCast',
	credential: 'rentCastApi',
	baseUrl: 'https://api.rentcast.io/v1',
	/** The limit is a hard 20 for a key, and the network bunches what was sent evenly. */
	perSecond: 18,
	/** Three attempts of this length still end within the 30 s that an enrichment may take. */
	timeoutMs: 8_000,
	/** A value rests on listings that are refreshed daily, so within a day it would be the same. */
	valueLifetimeSeconds: DAY_SECONDS,
	/** The current month is recomputed daily. */
	marketLifetimeSeconds: DAY_SECONDS,
} as const;
