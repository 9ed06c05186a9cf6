/** Where an answer goes in the lead. `ignore`: nowhere. */
export type LeadField =
	| 'email'
	| 'phone'
	| 'full_name'
	| 'first_name'
	| 'last_name'
	| 'property_id'
	| 'budget_min'
	| 'budget_max'
	| 'areas'
	| 'preferred_city'
	| 'beds'
	| 'property_type'
	| 'message'
	| 'ignore';

/**
 * Meta's own questions. What a home is sold by must not depend on the last three.
 * @see https://developers.facebook.com/docs/marketing-api/guides/lead-ads/create
 */
export const STANDARD_QUESTIONS: ReadonlyMap<string, LeadField> = new Map<string, LeadField>([
	['email', 'email'],
	['work_email', 'email'],
	['phone_number', 'phone'],
	['work_phone_number', 'phone'],
	['full_name', 'full_name'],
	['first_name', 'first_name'],
	['last_name', 'last_name'],
	['city', 'preferred_city'],
	['budget', 'budget_max'],
	['bedrooms', 'beds'],
	['property_type', 'property_type'],
	['property_id', 'property_id'],
	['gender', 'ignore'],
	['marital_status', 'ignore'],
	['date_of_birth', 'ignore'],
]);

/** A question as a key to compare by: Meta writes custom ones in lower case with underscores. */
export function questionKey(question: string): string {
	return question
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '_')
		.replace(/^_|_$/g, '');
}
