import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { enrichProperty } from '../shared/contracts/enrichProperty';
import { receiveFromPlatform } from '../shared/n8n/receiveSignedWebhook';
import { SIGNED_WEBHOOK, signedTriggerProperties } from '../shared/n8n/signedTrigger.description';

/** Starts a workflow when the platform asks for a listing to be enriched. */
export class PropertyIqTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Property IQ Trigger',
		name: 'propertyIqTrigger',
		icon: { light: 'file:propertyIq.svg', dark: 'file:propertyIq.dark.svg' },
		group: ['trigger'],
		// From version 2 on n8n asks no expression of a trigger in order to read a request's body.
		version: 2,
		subtitle: '=POST /{{ $parameter["path"] }}',
		description: 'Starts when the platform asks for a listing to be enriched',
		eventTriggerDescription: 'Waiting for a signed request to enrich a listing',
		activationMessage: 'The platform can now send listings to the production URL.',
		defaults: { name: 'Property IQ Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'signedWebhookApi', required: true }],
		webhooks: [SIGNED_WEBHOOK],
		properties: signedTriggerProperties('enrich-property'),
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
		return await receiveFromPlatform(this, enrichProperty);
	}
}
