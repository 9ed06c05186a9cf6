import type {
	LeadCreated,
	LeadPreferences,
	LeadProperty,
} from '../../shared/contracts/leadCreated';
import { timeOf } from './timestamp';

/**
 * Everything a score may depend on. There are no names, no message, no residence and nothing else
 * about the person here, so that none of it can enter a score; e-mail, phone and consent are judged
 * only by whether they can be used.
 */
export interface ScoringInput {
	budget: { min?: StatedAmount; max?: StatedAmount; currency?: string };
	wanted: WantedPlace & MustHaves;
	listing: Listing;
	contact: { email?: string; phone?: string; hasConsent: boolean };
	engagement: EngagementInput;
}

/** Money as a number or as a person typed it. */
export type StatedAmount = number | string;

/** Where the lead is looking. */
export interface WantedPlace {
	areas: readonly string[];
	city?: string;
	latitude?: number;
	longitude?: number;
}

/** What the home has to have, of the listing as of the wish. */
export interface MustHaves {
	beds?: number;
	propertyType?: string;
}

export interface Listing extends MustHaves {
	price?: StatedAmount;
	currency?: string;
	address?: string;
	neighborhood?: string;
	city?: string;
	state?: string;
	zipCode?: string;
	country?: string;
	latitude?: number;
	longitude?: number;
}

export interface EngagementInput {
	/** `utm.source` and `utm.medium`. */
	source?: string;
	medium?: string;
	/** Milliseconds since 1970; NaN where it could not be read. */
	createdAtMs?: number;
	/** The platform's own measure, 0 to 100. */
	measured?: number;
	events: ReadonlyArray<{ type: string; atMs: number }>;
	previousInquiries: number;
}

/** What was looked up of the lead elsewhere. */
export interface Found {
	preferences?: LeadPreferences;
	property?: LeadProperty;
}

/**
 * Takes from a lead what its score may depend on. Each field of the preferences and of the listing
 * comes from the lead, else from what was found; coordinates only as a pair.
 */
export function toScoringInput(lead: LeadCreated, found: Found = NOTHING): ScoringInput {
	const said: LeadPreferences = lead.preferences ?? NOTHING;
	const known: LeadPreferences = found.preferences ?? NOTHING;
	const located = hasCoordinates(said) ? said : known;
	return {
		budget: {
			min: stated(said.budget_min) ?? stated(known.budget_min),
			max: stated(said.budget_max) ?? stated(known.budget_max),
			currency: said.currency || known.currency || undefined,
		},
		wanted: {
			areas: said.areas?.length ? said.areas : (known.areas ?? []),
			city: said.preferred_city || known.preferred_city || undefined,
			latitude: located.latitude ?? undefined,
			longitude: located.longitude ?? undefined,
			beds: said.beds ?? known.beds ?? undefined,
			propertyType: said.property_type || known.property_type || undefined,
		},
		listing: toListing(lead.property ?? NOTHING, found.property ?? NOTHING),
		contact: {
			email: lead.email ?? undefined,
			phone: lead.phone ?? undefined,
			hasConsent: lead.consent === true,
		},
		engagement: toEngagement(lead),
	};
}

function toListing(said: LeadProperty, known: LeadProperty): Listing {
	const located = hasCoordinates(said) ? said : known;
	return {
		price: stated(said.price_amount) ?? stated(known.price_amount),
		currency: said.currency || known.currency || undefined,
		address: said.address || known.address || undefined,
		neighborhood: said.neighborhood || known.neighborhood || undefined,
		city: said.city || known.city || undefined,
		state: said.state || known.state || undefined,
		zipCode: said.zip_code || known.zip_code || undefined,
		country: said.country || known.country || undefined,
		latitude: located.latitude ?? undefined,
		longitude: located.longitude ?? undefined,
		beds: said.beds ?? known.beds ?? undefined,
		propertyType: said.property_type || known.property_type || undefined,
	};
}

function toEngagement(lead: LeadCreated): EngagementInput {
	const { utm, created_at: createdAt, events } = lead;
	return {
		source: utm?.source || undefined,
		medium: utm?.medium || undefined,
		createdAtMs: createdAt ? timeOf(createdAt) : undefined,
		measured: lead.engagement_score ?? undefined,
		events: events && events.length > 0 ? events.map(toEvent) : NO_EVENTS,
		previousInquiries: lead.previous_inquiries ?? 0,
	};
}

const NOTHING = {};
const NO_EVENTS: EngagementInput['events'] = [];

function toEvent({ type, at }: { type: string; at: string }) {
	return { type, atMs: timeOf(at) };
}

function hasCoordinates({ latitude, longitude }: LeadPreferences | LeadProperty): boolean {
	return typeof latitude === 'number' && typeof longitude === 'number';
}

/** A field left empty states nothing. */
function stated(amount: StatedAmount | null | undefined): StatedAmount | undefined {
	return amount === null || (typeof amount === 'string' && amount.trim() === '')
		? undefined
		: amount;
}
