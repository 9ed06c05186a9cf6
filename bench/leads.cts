import type { LeadCreated } from '../nodes/shared/contracts/leadCreated';
import { DEMO_LEADS } from '../sandbox/platform/demoLeads.cts';

const HOUR_MS = 3_600_000;

const FIRST_NAMES = ['Maria', 'Paolo', 'Dana', 'Liezl', 'Jun', 'Grace', 'Miguel'];
const LAST_NAMES = ['Santos', 'Reyes', 'Whitfield', 'Cruz', 'Lim', 'Garcia', 'Bautista'];
const AREAS = ['BGC', 'Salcedo Village', 'Makati', 'Ortigas', 'IT Park', '78244', 'Sto. Tomas'];
/** As forms and as people give them. */
const BUDGETS = {
	PHP: [15_000_000, '5M', '₱20M', 12_500_000, 'PHP 9M-12M', '17500000.00', '₱11,500,000'],
	USD: [275_000, '$300,000', '250k', '265000.00'],
};
const SOURCES = [
	{ source: 'facebook', medium: 'paid' },
	{ source: 'google', medium: 'cpc' },
	{ source: 'lamudi', medium: 'referral' },
	{ source: 'newsletter' },
	{ source: 'instagram', medium: 'social' },
];
const EVENT_TYPES = ['property_view', 'favorite', 'viewing_request', 'email_click', 'inquiry'];

/**
 * So many leads, no two alike, in equal parts as the guide has them (little more than an e-mail, a
 * phone and a source), with preferences, with the listing beside them, and with all that and what
 * the person did. The same for the same moment: nothing is left to chance. They come out of JSON, as
 * real ones do.
 */
export function makeLeads(count: number, nowMs: number): LeadCreated[] {
	const leads = Array.from({ length: count }, (_, index) => makeLead(index, nowMs));
	return JSON.parse(JSON.stringify(leads)) as LeadCreated[];
}

function makeLead(index: number, nowMs: number): LeadCreated {
	const richness = index % 4;
	const guide: LeadCreated = {
		lead_id: idOf('2c7a51d4', index),
		company_id: idOf('5f0c9f6e', index % 50),
		property_id: idOf('8d4d3f0a', index % 400),
		email: emailOf(index),
		phone: phoneOf(index),
		utm: { ...of(SOURCES, index), campaign: `summer-${index % 60}` },
		consent: index % 5 !== 0,
	};
	if (richness === 0) return guide;
	const known: LeadCreated = {
		...guide,
		first_name: of(FIRST_NAMES, index),
		last_name: of(LAST_NAMES, index >> 2),
		message: 'Is the unit still available? I would like to see it this week.',
		created_at: new Date(nowMs - ((index % 90) + 0.5) * HOUR_MS).toISOString(),
		preferences: preferencesOf(index),
		previous_inquiries: index % 3,
	};
	if (richness === 1) return known;
	const listed = { ...known, property: listingOf(index) };
	return richness === 2 ? listed : { ...listed, events: eventsOf(index, nowMs) };
}

/** Two thirds of the market in pesos, one in dollars, as the demo leads. */
function demoOf(index: number): LeadCreated {
	return DEMO_LEADS[index % 3]!.payload;
}

function preferencesOf(index: number): LeadCreated['preferences'] {
	const { preferences } = demoOf(index);
	const budgets = preferences?.currency === 'USD' ? BUDGETS.USD : BUDGETS.PHP;
	return {
		...preferences,
		budget_max: of(budgets, index >> 2),
		areas: [...(preferences?.areas ?? []), of(AREAS, index >> 3)],
		beds: index % 5,
	};
}

function listingOf(index: number): LeadCreated['property'] {
	const { property } = demoOf(index);
	const share = 0.6 + (index % 2000) / 2500;
	return { ...property, price_amount: Math.round(Number(property?.price_amount) * share) };
}

function eventsOf(index: number, nowMs: number): LeadCreated['events'] {
	return Array.from({ length: 1 + (index % 6) }, (_, event) => ({
		type: of(EVENT_TYPES, index + event),
		at: new Date(nowMs - (event * 30 + (index % 700) + 0.5) * HOUR_MS).toISOString(),
	}));
}

/** Mostly of the large providers, some of companies of their own, some mistyped or unusable. */
function emailOf(index: number): string {
	const name = `${of(FIRST_NAMES, index)}.${of(LAST_NAMES, index >> 3)}${index}`;
	switch (index % 10) {
		case 0:
			return `${name}@company-${index % 3000}.com.ph`;
		case 1:
			return ` ${name.toUpperCase()}@YAHOO.COM `;
		case 2:
			return `${name}@gmial.com`;
		case 3:
			return index % 20 === 3 ? `${name} at outlook` : `info@office-${index % 900}.ph`;
		default:
			return `${name}@gmail.com`;
	}
}

/** Mobile numbers and fixed lines of two countries, as platforms and as people write them. */
function phoneOf(index: number): string {
	const seven = String(1_000_000 + ((index * 7919) % 8_999_999));
	switch (index % 10) {
		case 0:
			return `0917 ${seven.slice(0, 3)} ${seven.slice(3)}`;
		case 1:
			return `+1 210-22${seven.slice(0, 1)}-${seven.slice(3)}`;
		case 2:
			return `(02) 8${seven.slice(0, 3)} ${seven.slice(3)}`;
		case 3:
			return `+1212${2 + (index % 8)}${seven.slice(1)}`;
		case 4:
			return index % 100 === 4 ? '0917-CALL-ME' : `0918${seven}`;
		default:
			return `+63917${seven}`;
	}
}

function idOf(prefix: string, index: number): string {
	return `${prefix}-93e8-4f0d-b6a1-${index.toString(16).padStart(12, '0')}`;
}

function of<T>(values: readonly T[], index: number): T {
	return values[index % values.length]!;
}
