import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import type { LeadCreated } from '../nodes/shared/contracts/leadCreated';
import { makeLeads } from './leads.cts';

const ITEMS = 10_000;
/** One lead of every kind, for a comparison of what became of them. */
const SAMPLE = 8;

let leads: LeadCreated[] | undefined;
let startedAt = 0;

/** What the second of the two says of the step between them. */
export interface Lap {
	microsecondsPerItem: number;
	/** The field "scoring" of the first items. */
	scorings: unknown[];
}

/** Put before a step it hands on leads, put behind it says what the step took for each of them. */
export class Stopwatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stopwatch',
		name: 'stopwatch',
		group: ['transform'],
		version: 1,
		description: 'Measures the step between two of them',
		defaults: { name: 'Stopwatch' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{
				displayName: 'Action',
				name: 'action',
				type: 'options',
				options: [
					{ name: 'Start', value: 'start' },
					{ name: 'Stop', value: 'stop' },
				],
				default: 'start',
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const endedAt = performance.now();
		if (this.getNodeParameter('action', 0) === 'stop') {
			const scored = this.getInputData().slice(0, SAMPLE);
			const lap: Lap = {
				microsecondsPerItem: ((endedAt - startedAt) * 1000) / ITEMS,
				scorings: scored.map(({ json }) => json.scoring),
			};
			return [[{ json: { ...lap } }]];
		}
		// As the trigger hands them on.
		leads ??= makeLeads(ITEMS, Date.now());
		const items = leads.map((event) => ({ json: { event: { ...event } } }));
		startedAt = performance.now();
		return [items];
	}
}
