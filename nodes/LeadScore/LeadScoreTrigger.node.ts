import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { leadCreated } from '../shared/contracts/leadCreated';
import { receiveFromPlatform } from '../shared/n8n/receiveSignedWebhook';
import { SIGNED_WEBHOOK, signedTriggerProperties } from '../shared/n8n/signedTrigger.description';

/** Starts a workflow when the platform reports a new lead. */
export class LeadScoreTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lead Score Trigger',
		name: 'leadScoreTrigger',
		icon: { light: 'file:leadScore.svg', dark: 'file:leadScore.dark.svg' },
		group: ['trigger'],
		// From version 2 on n8n asks no expression of a trigger in order to read a request's body.
		version: 2,
		subtitle: '=POST /{{ $parameter["path"] }}',
		description: 'Starts when the platform reports a new lead',
		eventTriggerDescription: 'Waiting for a signed lead',
		activationMessage: 'The platform can now send leads to the production URL.',
		defaults: { name: 'Lead Score Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'signedWebhookApi', required: true }],
		webhooks: [SIGNED_WEBHOOK],
		properties: signedTriggerProperties('lead-created'),
	};

	// The platform is told the address once, by hand: there is nothing to register or to remove.
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return true;
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveFromPlatform(this, leadCreated);
	}
}
