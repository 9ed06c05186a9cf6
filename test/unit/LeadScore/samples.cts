import type { KnownLead } from '../../../nodes/LeadScore/knownLead';
import type { ScoredLead } from '../../../nodes/LeadScore/scoredLead';
import type { LeadCreated } from '../../../nodes/shared/contracts/leadCreated';

export const LEAD: LeadCreated = {
	lead_id: '7d3f0c1a-52b1-4e6a-9c57-0f6a2f1f9d11',
	company_id: 'c-1',
	email: ' John.Doe@Example.com ',
	phone: '0917 123 4567',
	property_id: 'p-9',
	utm: { source: 'facebook', campaign: 'summer2024' },
	consent: true,
	property: {
		title: 'Two-bedroom condo with a view',
		url: 'https://homes.example/p-9',
		address: 'Unit 5, 8th Avenue, Taguig',
		neighborhood: 'Bonifacio Global City',
		city: 'Taguig',
		price_amount: 5_000_000,
		currency: 'PHP',
	},
};

/** 37 + 26 + 20 + 2 = 85. */
export const SCORING: ScoredLead = {
	score: 85,
	grade: 'A',
	priority: 'high',
	coverage: 100,
	isProvisional: false,
	factors: [
		{
			key: 'budget',
			weight: 40,
			score: 92,
			points: 37,
			status: 'known',
			reason: 'Price 4 % above the budget',
		},
		{
			key: 'location',
			weight: 30,
			score: 88,
			points: 26,
			status: 'inferred',
			reason: 'Asked about a listing in Bonifacio Global City',
		},
		{
			key: 'contact',
			weight: 20,
			score: 100,
			points: 20,
			status: 'known',
			reason: 'Can be called and written to',
			details: ['valid e-mail address', 'valid mobile number'],
		},
		{
			key: 'engagement',
			weight: 10,
			score: null,
			points: 2,
			status: 'missing',
			reason: 'Source not known',
		},
	],
	nextBestQuestion: 'When do you want to move in?',
	contact: { email: 'john.doe@example.com', phone: '+639171234567' },
	scoringVersion: '1',
};

export const FOLLOW_UP = {
	dueAt: '2026-11-23T01:05:00Z',
	dueDate: '2026-11-23',
	dueLocal: 'Mon 23 Nov 2026, 09:05 (Asia/Manila)',
	kind: 'call',
	priority: 'high',
	subject: 'Call new A lead within 5 minutes',
	reason: 'Grade A is followed up within 5 minutes of business hours.',
} as const;

export function known(
	lead: Partial<LeadCreated> = {},
	scoring: Partial<ScoredLead> = {},
	more: Partial<Pick<KnownLead, 'property' | 'followUp'>> = {},
): KnownLead {
	return {
		lead: { ...LEAD, ...lead },
		scoring: { ...SCORING, ...scoring },
		followUp: FOLLOW_UP,
		...more,
	};
}
