import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { runOperation } from '../shared/n8n/runOperation';
import { OPERATIONS } from './actions';

const FLOW = 'lead-score';

/** Scores leads, puts them into a CRM with note and follow-up, and reports to the platform. */
export class LeadScore implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lead Score',
		name: 'leadScore',
		icon: { light: 'file:leadScore.svg', dark: 'file:leadScore.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { process: "process: lead", score: "score: lead", claim: "claim: lead", push: "push: " + $parameter["crm"], schedule: "schedule: follow-up", report: "report: sync status" }[$parameter["operation"]] }}',
		description: 'Score leads with reasons, push them to a CRM once, and plan the follow-up',
		defaults: { name: 'Lead Score' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'hubSpotCrmApi',
				required: true,
				displayOptions: { show: { operation: ['process', 'push'], crm: ['hubspot'] } },
			},
			{
				name: 'salesforceCrmOAuth2Api',
				required: true,
				displayOptions: { show: { operation: ['process', 'push'], crm: ['salesforce'] } },
			},
			{
				name: 'pipedriveCrmApi',
				required: true,
				displayOptions: { show: { operation: ['process', 'push'], crm: ['pipedrive'] } },
			},
			{
				name: 'signedWebhookApi',
				required: true,
				displayOptions: {
					show: { operation: ['process', 'report'] },
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
				default: 'lead',
				options: [
					{ name: 'CRM', value: 'crm' },
					{ name: 'Follow-Up', value: 'followUp' },
					{ name: 'Lead', value: 'lead' },
					{ name: 'Sync Status', value: 'syncStatus' },
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'process',
				displayOptions: { show: { resource: ['lead'] } },
				options: [
					{
						name: 'Claim',
						value: 'claim',
						action: 'Claim lead',
						description:
							'Make the statement with which a Postgres node claims the lead, so that repeats are answered and not worked on',
					},
					{
						name: 'Process',
						value: 'process',
						action: 'Process lead',
						description: 'Score, follow-up, CRM with note and task, and the callback in one step',
					},
					{
						name: 'Score',
						value: 'score',
						action: 'Score lead',
						description: 'A score out of 100 with grade, points and reasons per factor',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'push',
				displayOptions: { show: { resource: ['crm'] } },
				options: [
					{
						name: 'Push',
						value: 'push',
						action: 'Push lead to CRM',
						description:
							'Contact, note and follow-up task in HubSpot, Salesforce or Pipedrive, once',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'schedule',
				displayOptions: { show: { resource: ['followUp'] } },
				options: [
					{
						name: 'Schedule',
						value: 'schedule',
						action: 'Schedule follow up',
						description: 'When and how to answer, by grade and within business hours',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'report',
				displayOptions: { show: { resource: ['syncStatus'] } },
				options: [
					{
						name: 'Report',
						value: 'report',
						action: 'Report sync status',
						description: 'Send the signed callback to the platform',
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
