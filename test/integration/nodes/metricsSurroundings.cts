import type { IDataObject } from 'n8n-workflow';

import type { MetricsSnapshot } from '../../../nodes/shared/contracts/metrics';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { type Delivery, type Respond, startReceiver } from '../platform/receiver.cts';
import type { StoredCredentials } from './credentialStore.cts';
import type { Step } from './runNode.cts';
import { type Items, searchedRuns } from './searchedRuns.cts';

const SIGNING_SECRET = 'whsec-that-nobody-may-see';
const PREVIOUS_SECRET = 'whsec-before-that-nobody-may-see';

export const SNAPSHOT_PATH = '/internal/metrics/snapshot';
export const UPSERT_PATH = '/internal/n8n/metrics-upsert';

/** The snapshot of the platform's integration guide, but for what a test changes. */
export const snapshotOf = (companyId: string, changed: object = {}): MetricsSnapshot => ({
	company_id: companyId,
	properties_total: 245,
	leads_total: 1234,
	webhook_success_rate_24h: 98.5,
	narratives_stale_count: 12,
	campaign_performance: { sent: 5000, opened: 1250, clicked: 312 },
	...changed,
});

/** The platform as it should be: it knows every company, and takes every callback. */
export const WELL: Respond = ({ path, query }) =>
	path === SNAPSHOT_PATH
		? Response.json(snapshotOf(query.get('company_id') ?? ''))
		: Response.json({ status: 'ok' });

export const DOWN: Respond = () => new Response(null, { status: 503 });

/** A platform to run Metrics Rollup and deliveries against. Every run is searched for secrets. */
export async function startMetricsSurroundings() {
	const platform = await startReceiver(SIGNING_SECRET);
	const credentials: StoredCredentials = {
		signedWebhookApi: {
			baseUrl: platform.url,
			signingSecret: SIGNING_SECRET,
			previousSigningSecret: PREVIOUS_SECRET,
		},
	};
	const { run, runStep } = searchedRuns(credentials, [SIGNING_SECRET, PREVIOUS_SECRET]);

	/** Success output and error output, where the node has both. */
	async function runBoth(
		step: Step,
		items: Items,
	): Promise<[succeeded: IDataObject[], failed: Failed[]]> {
		const { outputs, error } = await run([{ ...step, onError: 'continueErrorOutput' }], items);
		expect(error).toBeUndefined();
		const [succeeded = [], failed = []] = outputs.map((output) => output.map(({ json }) => json));
		return [succeeded, failed as Failed[]];
	}

	return {
		platform,
		run,
		/** All that comes out of one operation; a failure is thrown. */
		runAll: runStep,
		runBoth,
		/** The one item that comes out of one operation. */
		async runOne(step: Step, items: Items): Promise<IDataObject> {
			const [json, ...more] = await runStep(step, items);
			expect(more).toEqual([]);
			return json!;
		},
		/** The one item that comes out of the error output. */
		async failOne(step: Step, items: Items): Promise<Failed> {
			const [succeeded, [failed, ...more]] = await runBoth(step, items);
			expect([succeeded, more]).toEqual([[], []]);
			return failed!;
		},
		/** What the platform was sent under a path, in order. */
		sentTo: (path: string): Delivery[] =>
			platform.deliveries.filter((delivery) => delivery.path === path),
		forget() {
			platform.forget();
			platform.answer(WELL);
		},
		async close() {
			await platform.close();
		},
	};
}

export type MetricsSurroundings = Awaited<ReturnType<typeof startMetricsSurroundings>>;

/** What comes out of the error output. */
export type Failed = IDataObject & {
	error: string;
	details: IDataObject & { advice?: string; itemIndex: number };
};

/** A Metrics Rollup step with its credential chosen. */
export function metricsRollup(
	resource: 'alert' | 'company' | 'eventLog' | 'health' | 'rollup' | 'snapshot',
	operation: string,
	parameters: Step['parameters'] = {},
): Step {
	return {
		type: 'metricsRollup',
		parameters: { resource, operation, ...parameters },
		credentials: ['signedWebhookApi'],
	};
}

/** Roll Up Company. */
export const rollUp = (parameters = {}) => metricsRollup('company', 'rollUp', parameters);

/** A company as the state store answers it after Look Up. */
export const company = (companyId: string, more: IDataObject = {}): IDataObject => ({
	companyId,
	correlationId: `corr-${companyId}`,
	delivery: null,
	previous: null,
	...more,
});

/** Everything is well but what the platform answers about this company. */
export const except =
	(companyId: string, answer: Respond): Respond =>
	async (delivery, number) =>
		delivery.query.get('company_id') === companyId
			? await answer(delivery, number)
			: await WELL(delivery, number);

/** A Signed Webhook step with its credential chosen. */
export function signedWebhook(
	resource: 'deadLetter' | 'delivery' | 'execution',
	operation: string,
	parameters: Step['parameters'] = {},
): Step {
	return {
		type: 'signedWebhook',
		parameters: { resource, operation, ...parameters },
		credentials: ['signedWebhookApi'],
	};
}

/** The statement of a step's output, or of a failed item. */
export function statementIn(json: IDataObject, name: string): Statement {
	const { stateStore } = { ...json, ...(json.details as IDataObject | undefined) };
	return (stateStore as unknown as Record<string, Statement>)[name]!;
}

/** A value of a statement that is JSON, such as the work that it parks. */
export function jsonValue(json: IDataObject, name: string, position = 0): unknown {
	return JSON.parse(statementIn(json, name).values[position] as string);
}
