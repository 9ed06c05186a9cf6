import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { metricsSnapshot } from '../../../shared/contracts/metrics';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { applyAlerts } from '../../health/applyAlerts';
import { evaluateHealth } from '../../health/evaluateHealth';
import { healthFigures } from '../../health/figuresContract';
import type { PlatformView } from '../../health/platformChecks';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../health/thresholds';

const displayOptions = { show: { resource: ['health'], operation: ['evaluate'] } };

const description: INodeProperties[] = [
	{
		displayName: 'Thresholds',
		name: 'thresholds',
		type: 'collection',
		placeholder: 'Add threshold',
		default: {},
		description: "Where yours differ from those of the platform's guide",
		displayOptions,
		options: [
			{
				displayName: 'Calm for (Minutes)',
				name: 'calmMinutes',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1440 },
				default: 10,
				description: 'How long the cause of an alert has to be gone before the alert is over',
			},
			{
				displayName: 'Enrichment Within (Seconds)',
				name: 'enrichmentSeconds',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'Time within which 95 of 100 listings are to be enriched',
			},
			{
				displayName: 'Failures (%)',
				name: 'failuresPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 5,
				description: 'Share of the work of a flow that may fail',
			},
			{
				displayName: 'Lead Scoring Within (Seconds)',
				name: 'leadSeconds',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 10,
				description: 'Time within which 95 of 100 leads are to be scored and pushed',
			},
			{
				displayName: 'Outbox Depth',
				name: 'outboxDepth',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 100,
				description: "Messages that may wait in the platform's outbox",
			},
			{
				displayName: 'Slowdown',
				name: 'slowdown',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 2,
				description: 'How many times the usual time work may take',
			},
			{
				displayName: 'Vendor Errors (%)',
				name: 'vendorErrorsPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 10,
				description: 'Share of the calls to a vendor that may fail',
			},
		],
	},
];

const DEFAULT_CALM_MINUTES = 10;

/** The settings of the collection above, where a person has set them. */
interface Settings {
	calmMinutes?: number;
	enrichmentSeconds?: number;
	failuresPercent?: number;
	leadSeconds?: number;
	outboxDepth?: number;
	slowdown?: number;
	vendorErrorsPercent?: number;
}

/** Holds what was measured against the thresholds, and makes the statement that changes the alerts. */
const execute: Execute = async (context, itemIndex) => {
	const { json } = context.getInputData()[itemIndex]!;
	const figures = readContract(context, itemIndex, healthFigures, json.figures, 'measurement');
	const settings = context.getNodeParameter('thresholds', itemIndex) as Settings;
	const report = evaluateHealth(figures, thresholdsOf(settings), platformOf(json));
	const { calmMinutes = DEFAULT_CALM_MINUTES } = settings;
	return {
		...(report as unknown as IDataObject),
		stateStore: { alerts: { ...applyAlerts(report.alerts, calmMinutes * 60) } },
	};
};

function thresholdsOf(settings: Settings): Thresholds {
	const usual = DEFAULT_THRESHOLDS;
	const { enrichmentSeconds, failuresPercent, leadSeconds } = settings;
	return {
		...usual,
		slowdown: settings.slowdown ?? usual.slowdown,
		outboxDepth: settings.outboxDepth ?? usual.outboxDepth,
		vendorErrorsPercent: settings.vendorErrorsPercent ?? usual.vendorErrorsPercent,
		...(failuresPercent !== undefined && {
			failuresPercent: { ...usual.failuresPercent, critical: failuresPercent },
		}),
		targetMs: {
			...usual.targetMs,
			...(enrichmentSeconds !== undefined && { 'property-enrichment': enrichmentSeconds * 1000 }),
			...(leadSeconds !== undefined && { 'lead-score': leadSeconds * 1000 }),
		},
	};
}

/** What Get Snapshot found, or why it found nothing; nothing where it was not asked. */
function platformOf({ snapshot, clockSkewSeconds, error, details }: IDataObject): PlatformView {
	const skew = typeof clockSkewSeconds === 'number' ? { clockSkewSeconds } : {};
	const read = metricsSnapshot.safeParse(snapshot);
	if (read.success) {
		const { outbox_depth: depth, outbox_oldest_seconds: oldest } = read.data;
		return {
			reachable: true,
			...skew,
			...(typeof depth === 'number' && { outboxDepth: depth }),
			...(typeof oldest === 'number' && { outboxOldestSeconds: oldest }),
		};
	}
	if (error === undefined) return { reachable: undefined };
	const { kind } = (details ?? {}) as { kind?: unknown };
	// That it does not know the company, or has no usable figures of it, is an answer too.
	if (kind === 'not-found' || kind === 'rejected') return { reachable: true };
	return { reachable: false, reason: typeof kind === 'string' ? kind : 'no usable answer' };
}

export const evaluate: Operation = {
	resource: 'health',
	operation: 'evaluate',
	description,
	execute,
};
