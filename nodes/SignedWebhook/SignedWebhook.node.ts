import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { runOperation } from '../shared/n8n/runOperation';
import { OPERATIONS } from './actions';
import * as signRequest from './actions/request/sign.operation';
import * as verifyRequest from './actions/request/verify.operation';

/** Deliveries name the flow they belong to; this is for what belongs to none. */
const FLOW = 'delivery';

/** Operations that only make statements for the state store. */
const WITHOUT_CREDENTIAL = [
	'dismiss',
	'list',
	'plan',
	'recover',
	'replay',
	'settle',
	'take',
	'unpack',
];

/**
 * The signed wire to the platform: signatures as two steps, for high-volume intake and for other
 * senders and calls; and what has to happen with work that could not be handed on.
 */
export class SignedWebhook implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Signed Webhook',
		name: 'signedWebhook',
		icon: { light: 'file:signedWebhook.svg', dark: 'file:signedWebhook.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { verifyRequest: "verify: request", signRequest: "sign: request", plan: "plan: deliveries", take: "take: deliveries", deliver: "deliver: callback", settle: "settle: delivery", unpack: "unpack: event", list: "list: dead letters", replay: "replay: dead letters", dismiss: "dismiss: dead letters", recover: "recover: executions" }[$parameter["operation"]] }}',
		description:
			'Check and sign requests, deliver callbacks that failed, replay dead letters, recover crashed executions',
		defaults: { name: 'Signed Webhook' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ $parameter["operation"] === "verifyRequest" ? [{ type: "${NodeConnectionTypes.Main}", displayName: "Verified" }, { type: "${NodeConnectionTypes.Main}", displayName: "Refused" }] : ["${NodeConnectionTypes.Main}"] }}`,
		credentials: [
			{
				name: 'signedWebhookApi',
				required: true,
				displayOptions: { hide: { scheme: ['meta', 'svix'], operation: WITHOUT_CREDENTIAL } },
			},
			{ name: 'metaMessagingApi', required: true, displayOptions: { show: { scheme: ['meta'] } } },
			{ name: 'resendMailApi', required: true, displayOptions: { show: { scheme: ['svix'] } } },
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'request',
				options: [
					{ name: 'Dead Letter', value: 'deadLetter' },
					{ name: 'Delivery', value: 'delivery' },
					{ name: 'Execution', value: 'execution' },
					{ name: 'Request', value: 'request' },
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'list',
				displayOptions: { show: { resource: ['deadLetter'] } },
				options: [
					{
						name: 'Dismiss',
						value: 'dismiss',
						action: 'Dismiss dead letters',
						description: 'Make the statement that puts aside what nobody wants any more',
					},
					{
						name: 'List',
						value: 'list',
						action: 'List dead letters',
						description: 'Make the statement that lists what was given up, and why',
					},
					{
						name: 'Replay',
						value: 'replay',
						action: 'Replay dead letters',
						description: 'Make the statement that has them tried again, each by one replay alone',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'deliver',
				displayOptions: { show: { resource: ['delivery'] } },
				options: [
					{
						name: 'Deliver Callback',
						value: 'deliver',
						action: 'Deliver callback',
						description:
							'Send a parked callback again, signed anew and with the same idempotency key',
					},
					{
						name: 'Plan',
						value: 'plan',
						action: 'Plan deliveries',
						description: 'Say how long to wait until the next try, for a Wait node',
					},
					{
						name: 'Settle',
						value: 'settle',
						action: 'Settle delivery',
						description: 'Make the statement that says what became of it',
					},
					{
						name: 'Take',
						value: 'take',
						action: 'Take deliveries',
						description: 'Make the statement that takes what is due',
					},
					{
						name: 'Unpack Event',
						value: 'unpack',
						action: 'Unpack event',
						description: 'Make the item that a workflow was given and did not finish',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'recover',
				displayOptions: { show: { resource: ['execution'] } },
				options: [
					{
						name: 'Recover',
						value: 'recover',
						action: 'Recover executions',
						description:
							'Find in a list of crashed executions what they had been given, and make the statement that parks it',
					},
				],
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'verifyRequest',
				displayOptions: { show: { resource: ['request'] } },
				options: [
					{
						name: 'Sign',
						value: 'signRequest',
						action: 'Sign request',
						description: 'Make the headers and the exact body for a call by any other means',
					},
					{
						name: 'Verify',
						value: 'verifyRequest',
						action: 'Verify request',
						description: 'Check what a Webhook node received with its option Raw Body switched on',
					},
				],
			},
			...verifyRequest.description,
			...signRequest.description,
			...OPERATIONS.flatMap(({ description }) => description),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (this.getNodeParameter('resource', 0, 'request') !== 'request') {
			return [await runOperation(this, OPERATIONS, FLOW)];
		}
		return this.getNodeParameter('operation', 0) === 'verifyRequest'
			? await verifyRequest.execute(this)
			: [await signRequest.execute(this)];
	}
}
