import type { Findings } from './findings';
import type { Contact, Intent, Slots } from './understanding';

const MOST_INTENTS = 8;
/** What each thing that is said of a home adds to the confidence that one is looked for. */
const EVIDENCE = {
	beds: 0.35,
	propertyType: 0.3,
	places: 0.25,
	transaction: 0.25,
	area: 0.2,
	budget: 0.2,
	baths: 0.15,
	moveIn: 0.15,
} as const;
const BUDGET_STATED = 0.8;
/** Who asks one of these tells of a home that is known, unless words say that they look for one. */
const ABOUT_ONE_HOME = [
	'availability_inquiry',
	'data_deletion',
	'financing_inquiry',
	'human_agent',
	'location_inquiry',
	'opt_out',
	'price_inquiry',
	'selling_inquiry',
	'viewing_request',
];

/** The intents from the threshold up, the surest first; `unknown` where there is none. */
export function intentsOf(
	{ weights }: Findings,
	slots: Slots,
	contact: Contact,
	threshold: number,
): Intent[] {
	const counts = (intent: string) => (weights.get(intent) ?? 0) >= threshold;
	if (weights.has('property_search') || !ABOUT_ONE_HOME.some(counts)) {
		raise(weights, 'property_search', evidenceOf(slots));
	}
	if (slots.budget) raise(weights, 'budget_inquiry', BUDGET_STATED);
	if (contact.email !== undefined || contact.phone !== undefined) weights.set('contact_shared', 1);
	const intents: Intent[] = [];
	for (const [name, weight] of weights) {
		const confidence = Math.round(Math.min(1, weight) * 100) / 100;
		if (confidence > 0 && confidence >= threshold) intents.push({ name, confidence });
	}
	if (intents.length === 0) return [{ name: 'unknown', confidence: 0 }];
	return intents.sort(bySureness).slice(0, MOST_INTENTS);
}

function raise(weights: Map<string, number>, intent: string, by: number): void {
	if (by > 0) weights.set(intent, (weights.get(intent) ?? 0) + by);
}

function evidenceOf(slots: Slots): number {
	return (
		(slots.beds ? EVIDENCE.beds : 0) +
		(slots.property_type ? EVIDENCE.propertyType : 0) +
		(slots.places ? EVIDENCE.places : 0) +
		(slots.transaction ? EVIDENCE.transaction : 0) +
		(slots.area_sqm ? EVIDENCE.area : 0) +
		(slots.budget ? EVIDENCE.budget : 0) +
		(slots.baths ? EVIDENCE.baths : 0) +
		(slots.move_in ? EVIDENCE.moveIn : 0)
	);
}

function bySureness(a: Intent, b: Intent): number {
	return b.confidence - a.confidence || (a.name < b.name ? -1 : 1);
}
