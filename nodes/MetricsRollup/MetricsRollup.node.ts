import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { runOperation } from '../shared/n8n/runOperation';
import { OPERATIONS } from './actions';

const FLOW = 'metrics-rollup';

/** Rolls up the figures of companies, judges the health of the flows, and tells of alerts. */
export class MetricsRollup implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Metrics Rollup',
		name: 'metricsRollup',
		icon: { light: 'file:metricsRollup.svg', dark: 'file:metricsRollup.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { rollUp: "roll up: company", getSnapshot: "get: snapshot", compute: "compute: rollup", keep: "keep: rollups", lookUp: "look up: rollups", report: "report: metrics", measure: "measure: health", evaluate: "evaluate: health", raise: "raise: alert", take: "take: alerts", describe: "describe: alert", tell: "report: alert", trace: "trace: event log", purge: "purge: history" }[$parameter["operation"]] }}',
		description: "Roll up companies' figures for the dashboards, and watch the health of all flows",
		defaults: { name: 'Metrics Rollup' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'signedWebhookApi',
				required: true,
				displayOptions: { show: { operation: ['rollUp', 'getSnapshot', 'report', 'tell'] } },
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'company',
				options: [
					{ name: 'Alert', value: 'alert' },
					{ name: 'Company', value: 'company' },
					{ name: 'Event Log', value: 'eventLog' },
					{ name: 'Health', value: 'health' },
					{ name: 'Rollup', value: 'rollup' },
					{ name: 'Snapshot', value: 'snapshot' },
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'describe',
				displayOptions: { show: { resource: ['alert'] } },
				options: [
					{
						name: 'Describe',
						value: 'describe',
						action: 'Describe alert',
						description: 'Write the mail of an alert, and make the statements that mark it as told',
					},
					{
						name: 'Raise',
						value: 'raise',
						action: 'Raise alert',
						description:
							"Make the statement that raises an alert about a failed workflow, from n8n's Error Trigger",
					},
					{
						name: 'Report',
						value: 'tell',
						action: 'Report alert',
						description: "Put an alert into the platform's event log, signed",
					},
					{
						name: 'Take',
						value: 'take',
						action: 'Take alerts',
						description: 'Make the statement that takes the alerts nobody has been told of yet',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'rollUp',
				displayOptions: { show: { resource: ['company'] } },
				options: [
					{
						name: 'Roll Up',
						value: 'rollUp',
						action: 'Roll up company',
						description:
							'Get the snapshot of a company, derive its rates and changes, and report it',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'trace',
				displayOptions: { show: { resource: ['eventLog'] } },
				options: [
					{
						name: 'Purge',
						value: 'purge',
						action: 'Purge history',
						description: 'Make the statement that deletes what is older than you want to keep',
					},
					{
						name: 'Trace',
						value: 'trace',
						action: 'Trace event log',
						description: 'Make the statement that shows all that happened under a correlation ID',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'evaluate',
				displayOptions: { show: { resource: ['health'] } },
				options: [
					{
						name: 'Evaluate',
						value: 'evaluate',
						action: 'Evaluate health',
						description: 'Hold what was measured against targets and thresholds',
					},
					{
						name: 'Measure',
						value: 'measure',
						action: 'Measure health',
						description: 'Make the statement that measures the flows over a window of time',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'compute',
				displayOptions: { show: { resource: ['rollup'] } },
				options: [
					{
						name: 'Compute',
						value: 'compute',
						action: 'Compute rollup',
						description: 'Derive rates, stale narratives and changes from a snapshot',
					},
					{
						name: 'Keep',
						value: 'keep',
						action: 'Keep rollups',
						description:
							'Make the statement that keeps the rollups of all items, for the next time',
					},
					{
						name: 'Look Up',
						value: 'lookUp',
						action: 'Look up rollups',
						description: 'Make the statement that finds the last rollup of each company',
					},
					{
						name: 'Report',
						value: 'report',
						action: 'Report metrics',
						description: 'Tell the platform, signed, the figures of a company',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'getSnapshot',
				displayOptions: { show: { resource: ['snapshot'] } },
				options: [
					{
						name: 'Get',
						value: 'getSnapshot',
						action: 'Get snapshot',
						description: 'Ask the platform, signed, for the figures of a company as they are now',
					},
				],
			},
			...OPERATIONS.flatMap(({ description }) => description),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, OPERATIONS, FLOW)];
	}
}
