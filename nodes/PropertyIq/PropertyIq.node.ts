import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { runOperation } from '../shared/n8n/runOperation';
import { OPERATIONS } from './actions';

const FLOW = 'property-enrichment';

/** Enriches listings: market data, estimate, neighbourhood, narrative, validation, callback. */
export class PropertyIq implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Property IQ',
		name: 'propertyIq',
		icon: { light: 'file:propertyIq.svg', dark: 'file:propertyIq.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Enrich property listings with market data, estimates and narratives',
		defaults: { name: 'Property IQ' },
		usableAsTool: true,
		inputs: `={{ ["enrich", "write"].includes($parameter["operation"]) ? ["${NodeConnectionTypes.Main}", { type: "${NodeConnectionTypes.AiLanguageModel}", displayName: "Model", required: false, maxConnections: 1 }] : ["${NodeConnectionTypes.Main}"] }}`,
		outputs: [NodeConnectionTypes.Main],
		// One entry a credential: of two with the same name, n8n looks at the first only.
		credentials: [
			{
				name: 'rentCastApi',
				required: false,
				displayOptions: {
					show: { operation: ['enrich', 'getMarketData'] },
					hide: { useRentCast: [false] },
				},
			},
			{
				name: 'signedWebhookApi',
				required: true,
				displayOptions: {
					show: { operation: ['enrich', 'report'] },
					hide: { reportToPlatform: [false] },
				},
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'property',
				options: [
					{ name: 'Enrichment', value: 'enrichment' },
					{ name: 'Narrative', value: 'narrative' },
					{ name: 'Neighborhood', value: 'neighborhood' },
					{ name: 'Property', value: 'property' },
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'enrich',
				displayOptions: { show: { resource: ['property'] } },
				options: [
					{
						name: 'Enrich',
						value: 'enrich',
						action: 'Enrich property',
						description:
							'Market data, estimate, neighborhood, narrative and validation in one step',
					},
					{
						name: 'Estimate From Comparables',
						value: 'estimateFromComparables',
						action: 'Estimate property from comparables',
						description:
							'A price with range and confidence from similar properties, unless RentCast gave one before',
					},
					{
						name: 'Get Market Data',
						value: 'getMarketData',
						action: 'Get market data of property',
						description: "RentCast's value and the figures of the ZIP code, United States only",
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'analyze',
				displayOptions: { show: { resource: ['neighborhood'] } },
				options: [
					{
						name: 'Analyze',
						value: 'analyze',
						action: 'Analyze neighborhood',
						description: 'Average, median, sample size and trend of the prices around a listing',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'write',
				displayOptions: { show: { resource: ['narrative'] } },
				options: [
					{
						name: 'Write',
						value: 'write',
						action: 'Write narrative',
						description: 'A text that holds against the facts and the fair-housing rules',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'report',
				displayOptions: { show: { resource: ['enrichment'] } },
				options: [
					{
						name: 'Claim',
						value: 'claim',
						action: 'Claim enrichment',
						description:
							'Make the statement with which a Postgres node claims the work, so that repeats are answered and not worked on',
					},
					{
						name: 'Report',
						value: 'report',
						action: 'Report enrichment',
						description: 'Send the signed callback to the platform',
					},
					{
						name: 'Validate',
						value: 'validate',
						action: 'Validate enrichment',
						description: 'Check an enrichment made step by step and make its callback',
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
