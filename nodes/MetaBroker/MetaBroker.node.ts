import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { runOperation } from '../shared/n8n/runOperation';
import { OPERATIONS } from './actions';

const FLOW = 'meta-broker';

/** Answers people on Messenger and Instagram with the platform's help, each message once. */
export class MetaBroker implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Meta Broker',
		name: 'metaBroker',
		icon: { light: 'file:metaBroker.svg', dark: 'file:metaBroker.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { handle: "handle: message", understand: "understand: message", askPlatform: "ask platform: message", parse: "parse: events", keep: "keep: conversation", take: "take: conversation", forget: "forget: conversation", send: "send: reply", get: "get: lead form" }[$parameter["operation"]] }}',
		description:
			'Understand and answer messages from Messenger and Instagram, and fetch lead forms',
		defaults: { name: 'Meta Broker' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'metaMessagingApi',
				required: true,
				displayOptions: {
					show: { operation: ['handle', 'send', 'get'] },
					hide: { source: ['item'] },
				},
			},
			{
				name: 'signedWebhookApi',
				required: true,
				displayOptions: { show: { operation: ['handle', 'askPlatform'] } },
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'message',
				options: [
					{ name: 'Conversation', value: 'conversation' },
					{ name: 'Event', value: 'event' },
					{ name: 'Lead Form', value: 'leadForm' },
					{ name: 'Message', value: 'message' },
					{ name: 'Reply', value: 'reply' },
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'take',
				displayOptions: { show: { resource: ['conversation'] } },
				options: [
					{
						name: 'Forget',
						value: 'forget',
						action: 'Forget conversation',
						description: 'Make the statement that deletes what is known of a person',
					},
					{
						name: 'Keep',
						value: 'keep',
						action: 'Keep conversation events',
						description: 'Make the statement that puts all events into the inbox, each once',
					},
					{
						name: 'Take',
						value: 'take',
						action: 'Take conversation events',
						description:
							'Make the statement that takes the next event of each conversation from the inbox',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'parse',
				displayOptions: { show: { resource: ['event'] } },
				options: [
					{
						name: 'Parse',
						value: 'parse',
						action: 'Parse events',
						description: 'Make one item of each event that Meta posted',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'get',
				displayOptions: { show: { resource: ['leadForm'] } },
				options: [
					{
						name: 'Get',
						value: 'get',
						action: 'Get lead form',
						description: 'Fetch a lead form that a person filled in, as a lead of the platform',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'handle',
				displayOptions: { show: { resource: ['message'] } },
				options: [
					{
						name: 'Ask Platform',
						value: 'askPlatform',
						action: 'Ask the platform about a message',
						description: 'Tell the platform what was said, and get its reply',
					},
					{
						name: 'Handle',
						value: 'handle',
						action: 'Handle message',
						description: 'Understand a message, ask the platform, and send its reply',
					},
					{
						name: 'Understand',
						value: 'understand',
						action: 'Understand message',
						description: 'Recognise what a message wants, without any model',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'send',
				displayOptions: { show: { resource: ['reply'] } },
				options: [
					{
						name: 'Send',
						value: 'send',
						action: 'Send reply',
						description: 'Send a reply to Messenger or Instagram, split where it is too long',
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
