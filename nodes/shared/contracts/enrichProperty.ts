import { z } from 'zod';

import { comparable } from './comparable';
import { amount, identifier, text } from './fields';

/**
 * The listing the platform asks to have enriched: `POST /webhook/enrich-property`.
 * The first seven fields are the guide's and are required; the rest help where they are known.
 * Fields that are not named here pass through untouched.
 */
export const enrichProperty = z
	.object({
		property_id: identifier,
		company_id: identifier,
		address: text(300),
		city: text(120),
		price_amount: amount,
		beds: z.number().nonnegative().max(1000).nullable(),
		baths: z.number().nonnegative().max(1000).nullable(),
		currency: z
			.string()
			.trim()
			.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as PHP')
			.nullish(),
		country: text(60).nullish(),
		state: text(60).nullish(),
		zip_code: text(20).nullish(),
		neighborhood: text(120).nullish(),
		property_type: text(60).nullish(),
		floor_area_sqm: z.number().positive().max(1_000_000).nullish(),
		lot_area_sqm: z.number().positive().max(100_000_000).nullish(),
		year_built: z.number().int().min(1500).max(2200).nullish(),
		latitude: z.number().min(-90).max(90).nullish(),
		longitude: z.number().min(-180).max(180).nullish(),
		description: z.string().max(20_000).nullish(),
		features: z.array(text(120)).max(100).nullish(),
		comparables: z.array(comparable).max(500).nullish(),
	})
	.passthrough();

export type EnrichProperty = z.infer<typeof enrichProperty>;
