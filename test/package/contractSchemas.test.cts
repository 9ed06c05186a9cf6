import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import Ajv from 'ajv';

import { DEMO_LEADS } from '../../sandbox/platform/demoLeads.cts';
import { GUIDE_EXAMPLES } from './guideExamples.cts';
import { openWorkspace, type Workspace } from './packed.cts';

type Name = keyof typeof GUIDE_EXAMPLES;

const PERFORMANCE = GUIDE_EXAMPLES['metrics-snapshot'].campaign_performance;

/** What is wrong with a guide's example once this much of it is changed, one thing each. */
const BROKEN: Array<[name: Name, what: string, change: Record<string, unknown>]> = [
	['enrich-property', 'no address', { address: undefined }],
	['enrich-property', 'a negative price', { price_amount: -1 }],
	['enrich-property', 'beds as text', { beds: '3' }],
	['enrich-property', 'a latitude beyond the pole', { latitude: 91 }],
	['enrichment-complete', 'an estimate with cents', { estimate: 5200000.5 }],
	['enrichment-complete', 'a date without a zone', { last_updated: '2024-01-15' }],
	['lead-created', 'no id', { lead_id: undefined }],
	['lead-created', 'a consent as text', { consent: 'yes' }],
	['lead-created', 'an e-mail that is an object', { email: { address: 'john@example.com' } }],
	['lead-created', 'a currency by its sign', { preferences: { currency: '₱' } }],
	['lead-created', 'a property without a place on Earth', { property: { longitude: 181 } }],
	['lead-sync-status', 'a status unknown to the platform', { status: 'done' }],
	['campaign-requested', 'no query', { audience_query: undefined }],
	['campaign-requested', 'an id that no tag takes', { campaign_id: 'luxury & more' }],
	['campaign-requested', 'a yes in words', { allow_everybody: 'yes' }],
	['campaign-requested', 'data that is a list', { data: ['Taguig'] }],
	['campaign-status', 'more than everything delivered', { delivery_rate: 100.1 }],
	['metrics-snapshot', 'a negative count', { leads_total: -1 }],
	['metrics-snapshot', 'a rate above 100', { webhook_success_rate_24h: 100.5 }],
	[
		'metrics-snapshot',
		'bounces as text',
		{ campaign_performance: { ...PERFORMANCE, bounced: '3' } },
	],
	['metrics-upsert', 'no company', { company_id: undefined }],
	['channel-message', 'another channel', { platform: 'telegram' }],
	['channel-reply', 'no text', { reply_text: undefined }],
];

const ajv = new Ajv({ allErrors: true });
let workspace: Workspace;
let directory: string;

beforeAll(async () => {
	workspace = await openWorkspace();
	directory = path.join(await workspace.unpackTarball(), 'dist', 'schemas');
}, 60_000);

afterAll(async () => await workspace.remove());

async function isValid(name: string, value: object): Promise<boolean> {
	const file = path.join(directory, `${name}.schema.json`);
	const schema = JSON.parse(await readFile(file, 'utf8')) as object;
	return ajv.compile(schema)(JSON.parse(JSON.stringify(value))) as boolean;
}

describe('the JSON Schemas of the contracts', () => {
	it('are valid JSON Schemas, one for each thing that crosses the wire', async () => {
		const names = (await readdir(directory)).map((file) => file.replace('.schema.json', ''));
		expect(names.sort()).toEqual(
			[...Object.keys(GUIDE_EXAMPLES), 'comparable', 'event-log-entry'].sort(),
		);
		for (const name of names) {
			const schema: unknown = JSON.parse(
				await readFile(path.join(directory, `${name}.schema.json`), 'utf8'),
			);
			expect(ajv.validateSchema(schema as object)).toBe(true);
		}
	});

	it.each(Object.entries(GUIDE_EXAMPLES))(
		"take the guide's example of %s",
		async (name, example) => {
			expect(await isValid(name, example)).toBe(true);
			expect(await isValid(name, { ...example, more: 'passes through' })).toBe(true);
		},
	);

	it.each(DEMO_LEADS.map(({ label, payload }) => [label, payload] as const))(
		'take a lead as the platform has it: %s',
		async (_label, payload) => {
			expect(await isValid('lead-created', payload)).toBe(true);
			expect(await isValid('lead-created', { ...payload, email: null, phone: undefined })).toBe(
				true,
			);
		},
	);

	it.each(BROKEN)('refuse %s with %s', async (name, _what, change) => {
		expect(await isValid(name, { ...GUIDE_EXAMPLES[name], ...change })).toBe(false);
	});

	it('take an alert as it is reported, and refuse one of another severity', async () => {
		const alert = {
			event: 'alert.raised',
			key: 'dead-letters:lead-score',
			severity: 'critical',
			title: 'Dead letters: lead-score',
			detail: 'Given up for: The platform: unavailable.',
			at: '2026-11-23T10:00:00Z',
		};
		expect(await isValid('event-log-entry', alert)).toBe(true);
		expect(await isValid('event-log-entry', { ...alert, severity: 'mild' })).toBe(false);
	});

	it('refuse a comparable whose coordinates are none', async () => {
		expect(await isValid('comparable', { price: 5_000_000, latitude: 14.5 })).toBe(true);
		expect(await isValid('comparable', { price: 5_000_000, latitude: 95 })).toBe(false);
	});
});
