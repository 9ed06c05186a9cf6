/** What the operations of Campaign Dispatch work on in the workflow of `everyOperation`. */
import { defineCampaign, definitionHash } from '../../nodes/CampaignDispatch/definition';
import type { SummaryRow } from '../../nodes/CampaignDispatch/ledger/summarize';
import type { TakeRow } from '../../nodes/CampaignDispatch/ledger/takeBatches';
import { DEMO_CAMPAIGNS } from '../../sandbox/platform/demoCampaigns.cts';
import { DEMO_CONTACTS } from '../../sandbox/platform/demoContacts.cts';

const [{ payload: REQUESTED }] = DEMO_CAMPAIGNS as [(typeof DEMO_CAMPAIGNS)[number]];

export const TEMPLATE = {
	id: REQUESTED.template_id,
	subject: 'New in {{ city }}: {{ property_title }}',
	html: '<p>Hello {{ first_name | default: "there" }}, <a href="{{ unsubscribe_url }}">leave</a></p>',
	text: '',
};

export const UNSUBSCRIBE_URL = 'https://n8n.example.com/webhook/campaign-unsubscribe';

/** With everything that a campaign may say of itself. */
export const CAMPAIGNS = DEMO_CAMPAIGNS.map(({ payload }, index) => ({
	event: {
		...payload,
		...(index > 0 && { reply_to: 'reply@company.com', data: { season: 'dry' } }),
	},
	correlationId: `campaign-${index}`,
}));

/** As the ledger answers it. */
const definition = defineCampaign(REQUESTED, {
	templates: [TEMPLATE],
	unsubscribeUrl: UNSUBSCRIBE_URL,
	allowEverybody: true,
})!;

export const OPENED = {
	campaignId: REQUESTED.campaign_id,
	companyId: REQUESTED.company_id,
	correlationId: 'campaign-0',
	definition,
	definitionHash: definitionHash(definition),
	cursor: null,
};

/** Some to be mailed, some to be left out for each reason. */
export const PEOPLE = DEMO_CONTACTS.map((contact, index) =>
	index === 0 ? { ...contact, property_title: null } : contact,
);

const HOUR_MS = 3_600_000;
const member = (number: number, email: string, more: object = {}) => ({
	recipient: String(number).repeat(32),
	email,
	personId: `person-${number}`,
	data: { city: 'Taguig', property_title: 'A condo', first_name: null },
	emailId: null,
	suppression: null,
	...more,
});

const portion = (
	batch: TakeRow['batches'][number],
	campaign: Partial<typeof OPENED> = {},
): Partial<TakeRow> => ({
	...OPENED,
	...campaign,
	state: 'sending',
	leaseToken: 'token',
	batches: [batch],
});

/** Whom Resend takes and whom it refuses; who was mailed or suppressed before; and a sender whom it does not know. */
export const PORTIONS = [
	portion({
		batch: 1,
		attempts: 1,
		firstAttemptAt: null,
		isKeyExpired: false,
		recipients: [member(1, 'ana@example.com'), member(2, 'no address')],
	}),
	portion({
		batch: 2,
		attempts: 2,
		firstAttemptAt: new Date(Date.now() - 25 * HOUR_MS).toISOString(),
		isKeyExpired: true,
		recipients: [
			member(3, 'ben@example.com', { emailId: 'mail-3' }),
			member(4, 'carla@example.com', { suppression: 'complained' }),
			member(5, 'dan@example.com'),
		],
	}),
	portion(
		{
			batch: 1,
			attempts: 1,
			firstAttemptAt: null,
			isKeyExpired: false,
			recipients: [member(6, 'eva@example.com'), member(7, 'fay@example.com')],
		},
		{
			campaignId: 'unverified',
			definition: { ...definition, from: 'sales@unverified.example' },
		},
	),
];

const SUMMARY: SummaryRow = {
	found: true,
	campaignId: OPENED.campaignId,
	companyId: OPENED.companyId,
	correlationId: OPENED.correlationId,
	state: 'completed',
	stopReason: null,
	startedAt: '2026-11-23T02:00:00.000Z',
	completedAt: '2026-11-23T02:01:00.000Z',
	asOf: '2026-11-23T02:02:00.000Z',
	audience: 1300,
	leftOut: { no_consent: 48, unsubscribed: 2 },
	pending: 0,
	sending: 0,
	sent: 1250,
	refused: 2,
	delivered: 1238,
	bounced: 11,
	permanentBounces: 10,
	transientBounces: 1,
	complained: 1,
	opened: 410,
	clicked: 98,
	unsubscribed: 3,
	suppressedByVendor: 0,
	failed: 12,
	conversions: 7,
};

export const SUMMARIES: SummaryRow[] = [
	SUMMARY,
	{ ...SUMMARY, state: 'sending', completedAt: null },
	{ ...SUMMARY, state: 'stopped', stopReason: 'The quota is used up', completedAt: null },
];

const EVENT = {
	created_at: '2026-11-23 02:00:05.123456+00',
	data: {
		email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
		from: 'sales@company.com',
		to: ['ana@example.com'],
		tags: { campaign: OPENED.campaignId, recipient: '1'.repeat(32) },
	},
};

/** One of each kind, and what only some of them say. */
export const DELIVERY_EVENTS = [
	['email.sent', {}],
	['email.delivered', {}],
	['email.delivery_delayed', {}],
	['email.bounced', { bounce: { type: 'Permanent', subType: 'General', message: 'No such user' } }],
	['email.complained', {}],
	['email.opened', { open: { ipAddress: '203.0.113.7', userAgent: 'Mail' } }],
	['email.clicked', { click: { link: 'https://homes.example.com/taguig?person=7' } }],
	['email.failed', { failed: { reason: 'reached_daily_quota' } }],
	['email.suppressed', { suppressed: { message: 'On the list', reason: 'bounced' } }],
	['unsubscribed', {}],
	['email.scheduled', {}],
].map(([type, more], index) => ({
	event: { type: String(type), ...EVENT, data: { ...EVENT.data, ...(more as object) } },
	eventId: `msg_${index}`,
	correlationId: `event-${index}`,
}));
