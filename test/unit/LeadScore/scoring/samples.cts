import type { ScoringInput } from '../../../../nodes/LeadScore/scoring/input';

/** Noon of a day in November, in UTC. */
export const NOW = Date.parse('2026-11-22T12:00:00Z');
export const DAY = 86_400_000;

type Partials = { [K in keyof ScoringInput]?: Partial<ScoringInput[K]> };

/** What a lead tells that tells nothing, with what a test cares for put in. */
export function scoringInput(told: Partials = {}): ScoringInput {
	return {
		budget: { ...told.budget },
		wanted: { areas: [], ...told.wanted },
		listing: { ...told.listing },
		contact: { hasConsent: false, ...told.contact },
		engagement: { events: [], previousInquiries: 0, ...told.engagement },
	};
}

/** The payload of the platform's integration guide, word for word. */
export const GUIDE_LEAD = {
	lead_id: 'uuid',
	company_id: 'uuid',
	email: 'john@example.com',
	phone: '+639171234567',
	property_id: 'uuid',
	utm: { source: 'facebook', campaign: 'summer2024' },
	consent: true,
};

/** What hostile text may cost: far more than linear work needs, far less than any other. */
export const MOMENT_MS = 5_000;

/** CPU time of this process so far: a busy machine does not count. */
export function cpuMs(): number {
	return process.cpuUsage().user / 1000;
}
