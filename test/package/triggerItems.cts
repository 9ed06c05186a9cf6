/** What each trigger hands on of a request, without an n8n around it. */
import type { IDataObject, INodeType, IWebhookFunctions } from 'n8n-workflow';

import { CampaignDispatchTrigger } from '../../nodes/CampaignDispatch/CampaignDispatchTrigger.node';
import { unsubscribeToken } from '../../nodes/CampaignDispatch/delivery/unsubscribe';
import { LeadScoreTrigger } from '../../nodes/LeadScore/LeadScoreTrigger.node';
import { MetaBrokerTrigger } from '../../nodes/MetaBroker/MetaBrokerTrigger.node';
import { PropertyIqTrigger } from '../../nodes/PropertyIq/PropertyIqTrigger.node';
import { signPlatformRequest } from '../../nodes/shared/signing/platform';
import { CAMPAIGNS, DELIVERY_EVENTS } from './campaignNodes.cts';
import { META_DEFAULTS } from '../../sandbox/vendors/meta.cts';
import { metaHeaders, WEBHOOKS } from './metaNodes.cts';
import { LEADS, LISTINGS } from './operationNodes.cts';
import { svixHeaders, WEBHOOK_SECRET } from './svixSigned.cts';

interface Request {
	parameters?: object;
	headers?: Record<string, unknown>;
	query?: object;
	body?: string;
}

type TriggerItem = [trigger: string, of: string, item: () => Promise<IDataObject | undefined>];

/** A trigger, what it was sent, and what comes of it. */
export const TRIGGER_ITEMS: TriggerItem[] = [
	[
		'propertyIqTrigger',
		'a listing',
		async () => await signed(new PropertyIqTrigger(), LISTINGS[0]),
	],
	['leadScoreTrigger', 'a lead', async () => await signed(new LeadScoreTrigger(), LEADS[0])],
	...CAMPAIGNS.map(({ event }, index): TriggerItem => [
		'campaignDispatchTrigger',
		`campaign ${index + 1}`,
		async () => await signed(new CampaignDispatchTrigger(), event, { event: 'campaignRequested' }),
	]),
	...DELIVERY_EVENTS.map(({ event, eventId }): TriggerItem => [
		'campaignDispatchTrigger',
		`an event ${event.type}`,
		async () => await reported(event, eventId),
	]),
	...WEBHOOKS.map(({ event }, index): TriggerItem => [
		'metaBrokerTrigger',
		`webhook ${index + 1} of Meta`,
		async () => await posted(event),
	]),
	[
		'campaignDispatchTrigger',
		'a person who leaves',
		async () =>
			await received(new CampaignDispatchTrigger(), {
				parameters: { event: 'unsubscribe' },
				query: { token: unsubscribeToken('unsubscribe', 'c-1', '1'.repeat(32)) },
			}),
	],
];

async function signed(trigger: INodeType, payload: unknown, parameters = {}) {
	const body = JSON.stringify(payload);
	const headers = signPlatformRequest('secret', body, Date.now() / 1000);
	return await received(trigger, {
		parameters,
		headers: {
			'content-type': 'application/json',
			'x-signature': headers['X-Signature'],
			'x-timestamp': headers['X-Timestamp'],
		},
		body,
	});
}

async function reported(event: { type: string }, eventId: string) {
	const body = JSON.stringify(event);
	return await received(new CampaignDispatchTrigger(), {
		parameters: { event: 'deliveryEvent', deliveryEvents: [event.type] },
		headers: svixHeaders(eventId, body),
		body,
	});
}

async function posted(webhook: object) {
	const body = JSON.stringify(webhook);
	return await received(new MetaBrokerTrigger(), {
		parameters: { events: ['message', 'unsend', 'lead_form'], channels: ['facebook', 'instagram'] },
		headers: metaHeaders(body),
		body,
	});
}

/** Runs a trigger on the part of n8n's context that it uses. */
async function received(
	trigger: INodeType,
	{ parameters = {}, headers = {}, query = {}, body = '' }: Request,
): Promise<IDataObject | undefined> {
	const context = {
		getHeaderData: () => headers,
		getQueryData: () => query,
		getWebhookName: () => 'default',
		getWorkflowStaticData: () => ({}),
		getResponseObject: () => ({ setHeader: () => undefined }),
		getCredentials: async () => ({
			signingSecret: 'secret',
			webhookSecret: WEBHOOK_SECRET,
			unsubscribeSecret: 'unsubscribe',
			appSecret: META_DEFAULTS.appSecret,
		}),
		getRequestObject: () => ({ rawBody: Buffer.from(body) }),
		getNodeParameter: (name: string, fallback: unknown) =>
			(parameters as Record<string, unknown>)[name] ?? fallback,
	};
	const { workflowData } = await trigger.webhook!.call(context as unknown as IWebhookFunctions);
	return workflowData?.[0]?.[0]?.json;
}
