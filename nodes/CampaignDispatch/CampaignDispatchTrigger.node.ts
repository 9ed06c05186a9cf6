import {
	type IDataObject,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { campaignRequested } from '../shared/contracts/campaignRequested';
import { resendEvent } from '../shared/contracts/resendEvent';
import type { Send } from '../shared/http/send';
import { correlationIdFrom } from '../shared/intake/correlation';
import { svixScheme } from '../shared/intake/svixScheme';
import { inVendor } from '../shared/n8n/inVendor';
import { receiveFromPlatform, receiveSignedWebhook } from '../shared/n8n/receiveSignedWebhook';
import { RESEND_CREDENTIAL, resendSecrets } from '../shared/n8n/resendCredential';
import { resendRetries } from '../shared/vendors/resend';
import { readUnsubscribeToken } from './delivery/unsubscribe';
import { isRegistered, register, unregister } from './delivery/webhookRegistration';
import { PROPERTIES, type TriggerEvent, WEBHOOKS } from './trigger.description';
import { CONFIRM_PAGE, INVALID_LINK_PAGE } from './unsubscribePage';

/** Starts a workflow when a campaign is requested, when Resend reports, or when a person leaves. */
export class CampaignDispatchTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Campaign Dispatch Trigger',
		name: 'campaignDispatchTrigger',
		icon: { light: 'file:campaignDispatch.svg', dark: 'file:campaignDispatch.dark.svg' },
		group: ['trigger'],
		// From version 2 on n8n asks no expression of a trigger in order to read a request's body.
		version: 2,
		subtitle: '=POST /{{ $parameter["path"] }}',
		description:
			'Starts when a campaign is requested, when a mail is delivered, or bounces, or when a person unsubscribes',
		eventTriggerDescription: 'Waiting for a signed request',
		activationMessage: 'Requests to the production URL are now taken.',
		defaults: { name: 'Campaign Dispatch Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'signedWebhookApi',
				required: true,
				// Not "show": n8n hides a parameter whose every choice shows a credential of its own.
				displayOptions: { hide: { event: ['deliveryEvent', 'unsubscribe'] } },
			},
			{
				name: 'resendMailApi',
				required: true,
				displayOptions: { show: { event: ['deliveryEvent', 'unsubscribe'] } },
			},
		],
		webhooks: WEBHOOKS,
		properties: PROPERTIES,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				if (!registersWebhook(this)) return true;
				const { webhookId: id } = keptWebhook(this);
				const wanted = { id, endpoint: endpointOf(this), events: eventsOf(this) };
				return await inResend(this, async (send) => await isRegistered(send, wanted, Date.now()));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const { id, signingSecret } = await inResend(
					this,
					async (send) => await register(send, endpointOf(this), eventsOf(this), Date.now()),
				);
				Object.assign(keptWebhook(this), { webhookId: id, signingSecret });
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				const kept = keptWebhook(this);
				const { webhookId } = kept;
				// Also where registering was switched off after it had been done.
				if (!takesDeliveryEvents(this) || webhookId === undefined) return true;
				await inResend(this, async (send) => await unregister(send, webhookId, Date.now()));
				delete kept.webhookId;
				delete kept.signingSecret;
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const event = this.getNodeParameter('event') as TriggerEvent;
		if (event === 'unsubscribe') return await receiveUnsubscribe(this);
		if (this.getWebhookName() === 'setup') return refuseMethod(this);
		return event === 'deliveryEvent'
			? await receiveDeliveryEvent(this)
			: await receiveFromPlatform(this, campaignRequested);
	}
}

/** What the trigger remembers of the webhook that it registered. */
interface KeptWebhook {
	webhookId?: string;
	signingSecret?: string;
}

function keptWebhook(context: IHookFunctions | IWebhookFunctions): KeptWebhook {
	return context.getWorkflowStaticData('node');
}

function takesDeliveryEvents(context: IHookFunctions): boolean {
	return context.getNodeParameter('event') === 'deliveryEvent';
}

function registersWebhook(context: IHookFunctions): boolean {
	return takesDeliveryEvents(context) && context.getNodeParameter('registerWebhook') === true;
}

const inResend = async <T>(context: IHookFunctions, work: (send: Send) => Promise<T>) =>
	await inVendor(context, RESEND_CREDENTIAL, resendRetries, work);

function endpointOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function eventsOf(context: IHookFunctions | IWebhookFunctions): string[] {
	return context.getNodeParameter('deliveryEvents') as string[];
}

async function receiveDeliveryEvent(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { webhook } = resendSecrets(await context.getCredentials(RESEND_CREDENTIAL));
	const { signingSecret } = keptWebhook(context);
	const secrets = signingSecret ? [signingSecret, ...webhook] : webhook;
	const headers = context.getHeaderData();
	const selected = eventsOf(context);
	return await receiveSignedWebhook(context, {
		contract: resendEvent,
		checkSignature: svixScheme(headers, secrets),
		toOutput: (accepted) =>
			selected.includes((accepted.event as IDataObject).type as string)
				? { ...accepted, eventId: headers['svix-id'] }
				: undefined,
	});
}

async function receiveUnsubscribe(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { unsubscribe } = resendSecrets(await context.getCredentials(RESEND_CREDENTIAL));
	const { token } = context.getQueryData() as IDataObject;
	const subject = readUnsubscribeToken([unsubscribe], typeof token === 'string' ? token : '');
	if (!subject) return answerPage(context, 404, INVALID_LINK_PAGE);
	if (context.getWebhookName() === 'setup') return answerPage(context, 200, CONFIRM_PAGE);
	const { campaignId, recipient } = subject;
	const now = new Date().toISOString();
	const json = {
		eventId: `unsubscribed:${campaignId}:${recipient}`,
		event: {
			type: 'unsubscribed',
			created_at: now,
			data: { tags: { campaign: campaignId, recipient } },
		},
		correlationId: correlationIdFrom(context.getHeaderData()['x-correlation-id']),
		receivedAt: now,
	};
	return { workflowData: [[{ json }]] };
}

/** Only unsubscribe links are opened; everything else is posted. */
function refuseMethod(context: IWebhookFunctions): IWebhookResponseData {
	const body = { accepted: false, error: 'method_not_allowed', message: 'Send a POST request.' };
	context.getResponseObject().status(405).setHeader('Allow', 'POST').json(body);
	return { noWebhookResponse: true };
}

function answerPage(
	context: IWebhookFunctions,
	status: number,
	html: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).type('html').send(html);
	return { noWebhookResponse: true };
}
