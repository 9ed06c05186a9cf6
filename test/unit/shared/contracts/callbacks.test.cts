import { checkContract } from '../../../../nodes/shared/contracts/check';
import { toUtcTimestamp } from '../../../../nodes/shared/contracts/fields';
import { CONTRACTS, type ContractName } from '../../../../nodes/shared/contracts';

/** The payloads of the platform's integration guide, word for word. */
const GUIDE: Partial<Record<ContractName, string>> = {
	'enrichment-complete': `{
  "property_id": "uuid",
  "estimate": 5200000,
  "neighborhood_avg": 4800000,
  "narrative": "This modern 3BR condo offers excellent value...",
  "source": "rentcast",
  "last_updated": "2024-01-15T10:30:00Z"
}`,
	'lead-sync-status': `{
  "lead_id": "uuid",
  "crm": "hubspot",
  "status": "synced",
  "external_id": "hubspot_contact_12345",
  "message": "Lead synced successfully with score: 85/100"
}`,
	'campaign-status': `{
  "campaign_id": "uuid",
  "sent": 1250,
  "failed": 12,
  "status": "completed",
  "delivery_rate": 99.04
}`,
	'metrics-snapshot': `{
  "company_id": "uuid",
  "properties_total": 245,
  "leads_total": 1234,
  "webhook_success_rate_24h": 98.5,
  "narratives_stale_count": 12,
  "campaign_performance": {
    "sent": 5000,
    "opened": 1250,
    "clicked": 312
  }
}`,
	'metrics-upsert': `{
  "company_id": "uuid",
  "properties_total": 245,
  "leads_total": 1234,
  "webhook_success_rate_24h": 98.5,
  "narratives_stale_count": 12,
  "last_updated": "2024-01-15T12:00:00Z"
}`,
	'channel-message': `{
  "platform": "facebook",
  "user_id": "meta_user_12345",
  "message": "Looking for 3BR condo in BGC",
  "intents": ["property_search", "budget_inquiry"],
  "lead_captured": false,
  "session_data": {
    "previous_messages": 3,
    "last_property_viewed": "luxury-bgc-condo"
  }
}`,
	'channel-reply': `{
  "reply_text": "I found 5 great 3BR condos in BGC! Here's the top match...",
  "intents": ["property_search", "budget_inquiry"],
  "lead_captured": true,
  "suggested_properties": ["property-uuid-1", "property-uuid-2"],
  "next_action": "schedule_viewing"
}`,
};

const EXAMPLES = Object.entries(GUIDE) as Array<[ContractName, string]>;

function example(name: ContractName): Record<string, unknown> {
	return JSON.parse(GUIDE[name] ?? '{}') as Record<string, unknown>;
}

function fieldsAtFault(name: ContractName, value: unknown): string[] {
	const checked = checkContract(CONTRACTS[name], value);
	return checked.ok ? [] : checked.problems.map(({ field }) => field);
}

describe('the contracts of the callbacks', () => {
	it.each(EXAMPLES)('%s takes the example of the guide and changes nothing in it', (name) => {
		const value = example(name);
		expect(checkContract(CONTRACTS[name], value)).toEqual({ ok: true, value });
	});

	const optional = ['channel-reply.next_action'];
	const required = EXAMPLES.flatMap(([name]) =>
		Object.keys(example(name))
			.filter((field) => !optional.includes(`${name}.${field}`))
			.map((field): [ContractName, string] => [name, field]),
	);

	it.each(required)('%s requires %s', (name, field) => {
		const { [field]: _dropped, ...rest } = example(name);
		expect(fieldsAtFault(name, rest)).toEqual([field]);
	});

	it.each<[ContractName, string, unknown]>([
		['enrichment-complete', 'estimate', 5_200_000.5],
		['enrichment-complete', 'estimate', '5200000'],
		['enrichment-complete', 'estimate', -1],
		['enrichment-complete', 'estimate', 2_147_483_648],
		['enrichment-complete', 'neighborhood_avg', Number.NaN],
		['enrichment-complete', 'source', ''],
		['enrichment-complete', 'source', 'x'.repeat(51)],
		['enrichment-complete', 'narrative', 'x'.repeat(10_001)],
		['enrichment-complete', 'last_updated', '2024-01-15 10:30:00'],
		['enrichment-complete', 'last_updated', '2024-01-15T10:30:00+08:00'],
		['enrichment-complete', 'last_updated', '2024-13-45T10:30:00Z'],
		['lead-sync-status', 'status', 'done'],
		['campaign-status', 'sent', 12.5],
		['campaign-status', 'failed', -1],
		['campaign-status', 'delivery_rate', 100.1],
		['metrics-upsert', 'webhook_success_rate_24h', 101],
		['metrics-upsert', 'leads_total', 1e10],
		['metrics-snapshot', 'campaign_performance', null],
		['channel-message', 'platform', 'whatsapp'],
		['channel-message', 'intents', 'property_search'],
		['channel-reply', 'suggested_properties', 'property-uuid-1'],
	])('%s refuses %s as %p', (name, field, value) => {
		expect(fieldsAtFault(name, { ...example(name), [field]: value })).toEqual([field]);
	});

	it.each<[ContractName, string]>([
		['enrichment-complete', 'estimate'],
		['enrichment-complete', 'neighborhood_avg'],
		['lead-sync-status', 'external_id'],
		['channel-reply', 'next_action'],
	])('%s may say that there is no %s', (name, field) => {
		expect(fieldsAtFault(name, { ...example(name), [field]: null })).toEqual([]);
	});

	it.each(EXAMPLES)('%s lets fields through that it does not name', (name) => {
		const value = { ...example(name), extra: 1 };
		expect(checkContract(CONTRACTS[name], value)).toEqual({ ok: true, value });
	});
});

describe('a moment in a callback', () => {
	it.each([
		['2024-01-15T10:30:00.000Z', '2024-01-15T10:30:00Z'],
		['2024-01-15T10:30:00.999Z', '2024-01-15T10:30:00Z'],
		['2024-01-15T18:30:00+08:00', '2024-01-15T10:30:00Z'],
	])('%s is written %s', (moment, written) => {
		expect(toUtcTimestamp(new Date(moment))).toBe(written);
	});
});
