import Ajv from 'ajv';
import type { IWebhookFunctions } from 'n8n-workflow';
import type { z } from 'zod';

import { enrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import { leadCreated } from '../../nodes/shared/contracts/leadCreated';
import { receiveFromPlatform } from '../../nodes/shared/n8n/receiveSignedWebhook';
import { signPlatformRequest } from '../../nodes/shared/signing/platform';
import { type Outputs, runEveryOperation } from './everyOperation.cts';
import { LEADS, LISTINGS } from './operationNodes.cts';
import { type JsonSchema, loadPackage, openWorkspace, type Workspace } from './packed.cts';
import { strict, undocumented } from './strictSchema.cts';

/** An operation's node in the workflow of `everyOperation`, and the node that feeds it. */
const OPERATIONS: Array<[operation: string, fedBy: string]> = [
	['enrichment claim', 'Each Listing'],
	['property getMarketData', 'Each Listing'],
	['property enrich', 'Each Listing'],
	['enrichment report', 'property enrich'],
	['property estimateFromComparables', 'Each Listing'],
	['neighborhood analyze', 'property estimateFromComparables'],
	['narrative write', 'neighborhood analyze'],
	['enrichment validate', 'narrative write'],
	['signRequest', 'Each Listing'],
	['verifyRequest', 'Its Headers'],
	['lead claim', 'Each Lead'],
	['lead score', 'Each Lead'],
	['followUp schedule', 'lead score'],
	['crm push', 'followUp schedule'],
	['lead process', 'Each Lead'],
	['syncStatus report', 'lead process'],
];

/** A trigger, the contract of its requests, and one of them. */
const TRIGGERS: Array<[trigger: string, contract: z.ZodTypeAny, payload: unknown]> = [
	['propertyIqTrigger', enrichProperty, LISTINGS[0]],
	['leadScoreTrigger', leadCreated, LEADS[0]],
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
			[...OPERATIONS, ...TRIGGERS].map(([name]) => name).sort(),
		);
		expect([...schemas].filter(([, schema]) => schema === undefined)).toEqual([]);
	});

	it.each(OPERATIONS)('say all that "%s" puts out, and nothing that it does not', (name, fedBy) => {
		const schema = schemas.get(name)!;
		const seen = new Set<string>();
		expect(outputs[name]).toHaveLength(outputs[fedBy]!.length);
		for (const [index, item] of (outputs[name] ?? []).entries()) {
			const passedOn = Object.keys(outputs[fedBy]?.[index] ?? {});
			const own = undocumented(schema, item, passedOn);
			expect(own).toEqual([]);
			expect(problems(schema, item)).toEqual([]);
			for (const field of Object.keys(item as object)) seen.add(field);
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

	it.each(TRIGGERS)('say what "%s" puts out', async (trigger, contract, payload) => {
		const schema = schemas.get(trigger)!;
		const { workflowData } = await receiveFromPlatform(signedRequest(payload), contract);
		const item = workflowData?.[0]?.[0]?.json;
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

/** The part of n8n's context that a trigger uses, holding one signed request. */
function signedRequest(payload: unknown): IWebhookFunctions {
	const body = JSON.stringify(payload);
	const signed = signPlatformRequest('secret', body, Date.now() / 1000);
	return {
		getHeaderData: () => ({
			'content-type': 'application/json',
			'x-signature': signed['X-Signature'],
			'x-timestamp': signed['X-Timestamp'],
		}),
		getResponseObject: () => ({ setHeader: () => undefined }),
		getCredentials: async () => ({ signingSecret: 'secret' }),
		getRequestObject: () => ({ rawBody: Buffer.from(body) }),
		getNodeParameter: () => ({}),
	} as unknown as IWebhookFunctions;
}
