import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { runOperation } from '../shared/n8n/runOperation';
import { OPERATIONS } from './actions';

const FLOW = 'campaign-dispatch';

/** Finds the audience of a campaign, sends each person one mail, and counts what became of it. */
export class CampaignDispatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Campaign Dispatch',
		name: 'campaignDispatch',
		icon: { light: 'file:campaignDispatch.svg', dark: 'file:campaignDispatch.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { open: "open: campaign", summarize: "summarize: campaign", report: "report: campaign status", build: "build: audience", enroll: "enroll: audience", preview: "preview: mails", take: "take: mails", send: "send: mails", process: "process: delivery event" }[$parameter["operation"]] }}',
		description:
			'Send campaigns to exactly the people a query names, once each, and count the results',
		defaults: { name: 'Campaign Dispatch' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'resendMailApi',
				required: true,
				displayOptions: { show: { operation: ['send'] } },
			},
			{
				name: 'signedWebhookApi',
				required: true,
				displayOptions: { show: { operation: ['report'] } },
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'audience',
				options: [
					{ name: 'Audience', value: 'audience' },
					{ name: 'Campaign', value: 'campaign' },
					{ name: 'Delivery Event', value: 'deliveryEvent' },
					{ name: 'Mail', value: 'mail' },
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'build',
				displayOptions: { show: { resource: ['audience'] } },
				options: [
					{
						name: 'Build',
						value: 'build',
						action: 'Build audience',
						description:
							'Turn a query into a statement with parameters for a database node, or filter the incoming items by it',
					},
					{
						name: 'Enroll',
						value: 'enroll',
						action: 'Enroll audience',
						description:
							'Make the statement that puts people into the ledger of the campaign, and say who is left out and why',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'open',
				displayOptions: { show: { resource: ['campaign'] } },
				options: [
					{
						name: 'Open',
						value: 'open',
						action: 'Open campaign',
						description:
							'Check a requested campaign and its template, and make the statement that opens it, or goes on with it',
					},
					{
						name: 'Report Status',
						value: 'report',
						action: 'Report campaign status',
						description: 'Tell the platform, signed, how many were sent and how many failed',
					},
					{
						name: 'Summarize',
						value: 'summarize',
						action: 'Summarize campaign',
						description: 'Make the statement that counts what became of the mails',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'process',
				displayOptions: { show: { resource: ['deliveryEvent'] } },
				options: [
					{
						name: 'Process',
						value: 'process',
						action: 'Process delivery event',
						description:
							'Understand what Resend reports, and make the statement that counts it once and keeps the suppression list',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'send',
				displayOptions: { show: { resource: ['mail'] } },
				options: [
					{
						name: 'Preview',
						value: 'preview',
						action: 'Preview mails',
						description: 'Render some mails and count who is left out and why, sending nothing',
					},
					{
						name: 'Send',
						value: 'send',
						action: 'Send mails',
						description: 'Render and send the mails of a portion through Resend, each person once',
					},
					{
						name: 'Take',
						value: 'take',
						action: 'Take mails',
						description: 'Make the statement that takes the next portion from the ledger',
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
