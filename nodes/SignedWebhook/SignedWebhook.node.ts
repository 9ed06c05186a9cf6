import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import * as signRequest from './actions/signRequest.operation';
import * as verifyRequest from './actions/verifyRequest.operation';

/** Signatures as two steps: for high-volume intake, and for other senders and calls. */
export class SignedWebhook implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Signed Webhook',
		name: 'signedWebhook',
		icon: { light: 'file:signedWebhook.svg', dark: 'file:signedWebhook.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "verifyRequest" ? "Verify Request" : "Sign Request" }}',
		description: 'Check the signature of a request that came in, or sign one that goes out',
		defaults: { name: 'Signed Webhook' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ $parameter["operation"] === "verifyRequest" ? [{ type: "${NodeConnectionTypes.Main}", displayName: "Verified" }, { type: "${NodeConnectionTypes.Main}", displayName: "Refused" }] : ["${NodeConnectionTypes.Main}"] }}`,
		credentials: [
			{
				name: 'signedWebhookApi',
				required: true,
				displayOptions: { hide: { scheme: ['meta', 'svix'] } },
			},
			{ name: 'metaMessagingApi', required: true, displayOptions: { show: { scheme: ['meta'] } } },
			{ name: 'resendMailApi', required: true, displayOptions: { show: { scheme: ['svix'] } } },
		],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'verifyRequest',
				options: [
					{
						name: 'Sign Request',
						value: 'signRequest',
						action: 'Sign request',
						description: 'Make the headers and the exact body for a call by any other means',
					},
					{
						name: 'Verify Request',
						value: 'verifyRequest',
						action: 'Verify request',
						description: 'Check what a Webhook node received with its option Raw Body switched on',
					},
				],
			},
			...verifyRequest.description,
			...signRequest.description,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return this.getNodeParameter('operation', 0) === 'verifyRequest'
			? await verifyRequest.execute(this)
			: [await signRequest.execute(this)];
	}
}
