import { z } from 'zod';

import { count, DECIMAL_TEXT, identifier, text } from './fields';

/** Money as the platform has it, or as a person typed it ("5M", "₱5,000,000"); read by the scoring. */
const statedAmount = z.union([z.number(), z.string().trim().max(60)]);

const currency = z
	.string()
	.trim()
	.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as PHP');

/** Databases write a missing text as an empty one. */
const words = (maxLength: number) => z.string().trim().max(maxLength).nullish();

/**
 * A number, or the plain decimal text that databases hand over. Not zod's `preprocess`, which costs
 * a lead more than its score.
 */
const number = (least: number, most: number) => {
	const inRange = z.number().min(least).max(most);
	const asText = z.string().regex(DECIMAL_TEXT).transform(Number).pipe(inRange);
	return z
		.union([inRange, asText], {
			errorMap: () => ({ message: `Expected a number from ${least} to ${most}` }),
		})
		.nullish();
};

/** What the lead is looking for. */
export const leadPreferences = z
	.object({
		budget_min: statedAmount.nullish(),
		budget_max: statedAmount.nullish(),
		currency: currency.nullish(),
		/** Names of places: areas, cities, states or ZIP codes. */
		areas: z.array(text(120)).max(50).nullish(),
		preferred_city: words(120),
		latitude: number(-90, 90),
		longitude: number(-180, 180),
		beds: number(0, 1000),
		property_type: words(60),
	})
	.passthrough();

/** The listing the lead asked about, as far as the sender knows it. */
export const leadProperty = z
	.object({
		property_id: identifier.nullish(),
		title: words(300),
		url: words(2000),
		address: words(300),
		neighborhood: words(120),
		city: words(120),
		state: words(60),
		zip_code: words(20),
		country: words(60),
		latitude: number(-90, 90),
		longitude: number(-180, 180),
		price_amount: statedAmount.nullish(),
		currency: currency.nullish(),
		beds: number(0, 1000),
		property_type: words(60),
	})
	.passthrough();

const utmTag = z.string().trim().max(200).nullish();

/**
 * The lead the platform posts: `POST /webhook/lead-created`. The first seven fields are the
 * guide's; the rest help the score where they are known. A lead may lack an e-mail, a phone or
 * both, and a missing consent is no consent. Fields that are not named here pass through untouched.
 */
export const leadCreated = z
	.object({
		lead_id: identifier,
		company_id: identifier,
		email: z.string().max(320).nullish(),
		phone: z.string().max(64).nullish(),
		property_id: identifier.nullish(),
		utm: z
			.object({ source: utmTag, medium: utmTag, campaign: utmTag, term: utmTag, content: utmTag })
			.passthrough()
			.nullish(),
		consent: z.boolean().nullish(),
		first_name: z.string().trim().max(120).nullish(),
		last_name: z.string().trim().max(120).nullish(),
		/** What the person wrote. */
		message: z.string().max(10_000).nullish(),
		created_at: z.string().datetime({ offset: true }).nullish(),
		preferences: leadPreferences.nullish(),
		property: leadProperty.nullish(),
		/** The platform's own measure, where it has one; it then stands for the factor. */
		engagement_score: number(0, 100),
		/** What the person did, such as `{"type": "viewing_request", "at": "2026-11-20T09:00:00Z"}`. */
		events: z
			.array(
				z
					.object({
						type: text(60),
						at: z.string().datetime({ offset: true }),
						property_id: identifier.nullish(),
					})
					.passthrough(),
			)
			.max(500)
			.nullish(),
		/** Other inquiries of the same person, this one not counted. */
		previous_inquiries: count.nullish(),
	})
	.passthrough();

export type LeadCreated = z.infer<typeof leadCreated>;
export type LeadPreferences = z.infer<typeof leadPreferences>;
export type LeadProperty = z.infer<typeof leadProperty>;
