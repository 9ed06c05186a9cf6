import Ajv from 'ajv';

import { PEOPLE } from './campaignNodes.cts';
import { type Outputs, runEveryOperation } from './everyOperation.cts';
import { EVENTS_IN_WEBHOOKS } from './metaNodes.cts';
import { LEADS, LISTINGS } from './operationNodes.cts';
import { type JsonSchema, loadPackage, openWorkspace, type Workspace } from './packed.cts';
import { strict, undocumented } from './strictSchema.cts';
import { TRIGGER_ITEMS } from './triggerItems.cts';

/** A node in the workflow of `everyOperation`, and the node that feeds it. */
interface Run {
	node: string;
	fedBy: string;
	/** Where it is not an item for each that came in. */
	putsOut?: number;
}

const eachItem = (node: string, fedBy: string): [operation: string, runs: Run[]] => [
	node,
	[{ node, fedBy }],
];

/** All items together make one. */
const allItems = (node: string, fedBy: string): Run => ({ node, fedBy, putsOut: 1 });

const SELECTED = PEOPLE.filter(
	({ budget_max, beds }) => Number(budget_max) > 5_000_000 && Number(beds) >= 2,
);

/** Every operation, and the nodes that run it. */
const OPERATIONS: Array<[operation: string, runs: Run[]]> = [
	eachItem('enrichment claim', 'Each Listing'),
	eachItem('property getMarketData', 'Each Listing'),
	eachItem('property enrich', 'Each Listing'),
	eachItem('enrichment report', 'property enrich'),
	eachItem('property estimateFromComparables', 'Each Listing'),
	eachItem('neighborhood analyze', 'property estimateFromComparables'),
	eachItem('narrative write', 'neighborhood analyze'),
	eachItem('enrichment validate', 'narrative write'),
	eachItem('request signRequest', 'Each Listing'),
	[
		'request verifyRequest',
		[
			{ node: 'request verifyRequest', fedBy: 'Its Headers' },
			{ node: 'request verifyRequest svix', fedBy: 'Headers svix' },
			{ node: 'request verifyRequest meta', fedBy: 'Headers meta' },
		],
	],
	eachItem('lead claim', 'Each Lead'),
	eachItem('lead score', 'Each Lead'),
	eachItem('followUp schedule', 'lead score'),
	eachItem('crm push', 'followUp schedule'),
	eachItem('lead process', 'Each Lead'),
	eachItem('syncStatus report', 'lead process'),
	eachItem('campaign open', 'Each Campaign'),
	[
		'audience build',
		[
			{ node: 'audience build', fedBy: 'campaign open' },
			{ node: 'audience build items', fedBy: 'Each Person', putsOut: SELECTED.length },
		],
	],
	eachItem('mail take', 'campaign open'),
	eachItem('campaign summarize', 'campaign open'),
	['audience enroll', [allItems('audience enroll', 'Each Person')]],
	['mail preview', [allItems('mail preview', 'Each Person')]],
	[
		'mail send',
		[allItems('mail send items', 'Each Person'), { node: 'mail send', fedBy: 'Each Portion' }],
	],
	eachItem('campaign report', 'Each Count'),
	eachItem('deliveryEvent process', 'Each Event'),
	['event parse', [{ node: 'event parse', fedBy: 'Each Webhook', putsOut: EVENTS_IN_WEBHOOKS }]],
	['conversation keep', [allItems('conversation keep', 'event parse')]],
	['conversation take', [allItems('conversation take', 'Each Message')]],
	eachItem('conversation forget', 'Each Message'),
	eachItem('message handle', 'Each Message'),
	eachItem('message understand', 'Each Message'),
	[
		'message askPlatform',
		[
			{ node: 'message askPlatform', fedBy: 'message understand' },
			{ node: 'message askPlatform form', fedBy: 'leadForm get' },
		],
	],
	eachItem('reply send', 'message askPlatform'),
	[
		'leadForm get',
		[
			{ node: 'leadForm get', fedBy: 'Each Lead Form' },
			{ node: 'leadForm get item', fedBy: 'Each Lead Row' },
		],
	],
	['rollup lookUp', [allItems('rollup lookUp', 'Each Company')]],
	eachItem('company rollUp', 'Each Company'),
	['rollup keep', [allItems('rollup keep', 'company rollUp')]],
	eachItem('snapshot getSnapshot', 'Each Company'),
	eachItem('rollup compute', 'snapshot getSnapshot'),
	eachItem('rollup report', 'rollup compute'),
	eachItem('eventLog trace', 'Each Company'),
	eachItem('eventLog purge', 'Start'),
	eachItem('health measure', 'Start'),
	eachItem('health evaluate', 'Each Measurement'),
	eachItem('alert raise', 'Each Failure'),
	eachItem('alert take', 'Start'),
	eachItem('alert describe', 'Each Alert'),
	eachItem('alert tell', 'alert describe'),
	['delivery plan', [allItems('delivery plan', 'Each Parked')]],
	eachItem('delivery take', 'delivery plan'),
	eachItem('delivery deliver', 'Each Callback'),
	eachItem('delivery unpack', 'Each Lost'),
	[
		'delivery settle',
		[
			{ node: 'delivery settle', fedBy: 'delivery unpack' },
			{ node: 'delivery settle unhanded', fedBy: 'Each Unhanded' },
		],
	],
	eachItem('deadLetter list', 'Each Selection'),
	eachItem('deadLetter replay', 'Each Selection'),
	eachItem('deadLetter dismiss', 'Each Selection'),
	['execution recover', [allItems('execution recover', 'Each Execution')]],
];

let workspace: Workspace;
let outputs: Outputs;
let schemas: Map<string, JsonSchema | undefined>;

beforeAll(async () => {
	workspace = await openWorkspace();
	const loaded = await loadPackage(await workspace.unpackTarball());
	schemas = new Map(
		loaded.outputSchemas.map(({ node, resource, operation, schema }) => [
			[resource, operation].filter(Boolean).join(' ') || node,
			schema,
		]),
	);
	outputs = await runEveryOperation(workspace.directory);
}, 180_000);

afterAll(async () => await workspace.remove());

describe('the output schemas', () => {
	it('are there for every operation of every node, where n8n looks for them', () => {
		expect([...schemas.keys()].sort()).toEqual(
			[...new Set([...OPERATIONS, ...TRIGGER_ITEMS].map(([name]) => name))].sort(),
		);
		expect([...schemas].filter(([, schema]) => schema === undefined)).toEqual([]);
	});

	it.each(OPERATIONS)('say all that "%s" puts out, and nothing that it does not', (name, runs) => {
		const schema = schemas.get(name)!;
		const seen = new Set<string>();
		for (const { node, fedBy, putsOut } of runs) {
			expect(outputs[node]).toHaveLength(putsOut ?? outputs[fedBy]!.length);
			for (const [index, item] of (outputs[node] ?? []).entries()) {
				const passedOn = putsOut === 1 ? [] : Object.keys(outputs[fedBy]?.[index] ?? {});
				expect(undocumented(schema, item, passedOn)).toEqual([]);
				expect(problems(schema, item)).toEqual([]);
				for (const field of Object.keys(item as object)) seen.add(field);
			}
		}
		expect([...seen]).toEqual(expect.arrayContaining(Object.keys(schema.properties ?? {})));
	});

	it('are held against every listing and every lead', () => {
		expect(outputs['Each Listing']).toHaveLength(LISTINGS.length);
		expect(outputs['Each Lead']).toHaveLength(LEADS.length);
		const callbacks = (outputs['lead process'] ?? []).map(
			(item) => (item as { callback: { crm: string; status: string } }).callback,
		);
		expect(new Set(callbacks.map(({ crm, status }) => `${crm}: ${status}`))).toEqual(
			new Set([
				'hubspot: synced',
				'salesforce: synced',
				'pipedrive: synced',
				'pipedrive: skipped',
				'none: skipped',
			]),
		);
	});

	it('are held against every way in which a portion of mails may end', () => {
		const sent = [...outputs['mail send']!, ...outputs['mail send items']!] as Array<{
			results: Array<{ state: string }>;
			stopped?: unknown;
			unsentBatches: number;
		}>;
		const states = sent.flatMap(({ results }) => results.map(({ state }) => state));
		expect(new Set(states)).toEqual(new Set(['sent', 'refused', 'left_out']));
		expect(sent.filter(({ stopped }) => stopped)).toMatchObject([{ unsentBatches: 1 }]);
	});

	it.each(['message handle', 'reply send'])(
		'are held against every way in which a message may end, by "%s"',
		(operation) => {
			const outcomes = (outputs[operation] as Array<{ outcome: string }>).map(
				({ outcome }) => outcome,
			);
			expect(new Set(outcomes)).toEqual(
				new Set([
					'answered',
					'handed_over',
					'noted',
					'nothing_to_say',
					'opted_out',
					'too_late',
					'undeliverable',
				]),
			);
		},
	);

	it('are held against deliveries that arrive and that fail, and flows that are well and not', () => {
		const all = (operation: string, field: string) =>
			new Set((outputs[operation] as Array<Record<string, string>>).map((item) => item[field]));
		expect(all('delivery deliver', 'outcome')).toEqual(new Set(['delivered', 'failed']));
		expect(all('delivery settle', 'outcome')).toEqual(new Set(['delivered']));
		expect(all('delivery settle unhanded', 'outcome')).toEqual(new Set(['failed']));
		expect(all('health evaluate', 'state')).toEqual(new Set(['healthy', 'unhealthy', 'unknown']));
	});

	it.each(TRIGGER_ITEMS)('say what "%s" puts out of %s', async (trigger, _what, receive) => {
		const schema = schemas.get(trigger)!;
		const item = await receive();
		expect(item).toBeDefined();
		expect(undocumented(schema, item, [])).toEqual([]);
		expect(problems(schema, item)).toEqual([]);
	});

	it.each([
		['an undocumented field', { extra: 1 }],
		['a field of another type', { correlationId: 7 }],
		['a nested undocumented field', { reported: { status: 200, duplicate: false, extra: 1 } }],
		['a missing field', { callback: undefined }],
	])('would be found untrue by %s', (_what, change) => {
		const schema = schemas.get('enrichment report')!;
		const item = { ...(outputs['enrichment report']?.[0] as object), ...change };
		const found = [...undocumented(schema, item, []), ...problems(schema, item)];
		expect(found).toHaveLength(1);
	});
});

function problems(schema: JsonSchema, item: unknown): string[] {
	const ajv = new Ajv({ allErrors: true, nullable: true });
	ajv.validate(strict(schema), JSON.parse(JSON.stringify(item)));
	return (ajv.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message}`);
}
