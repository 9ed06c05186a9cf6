import {
	fromFunction,
	fromParameter,
	type INodeProperties,
	type IWebhookDescription,
	webhookDescriptionFields,
} from 'n8n-workflow';

import { INTAKE_OPTIONS } from '../shared/n8n/intakeOptions';

/** What the trigger waits for. */
export type TriggerEvent = 'campaignRequested' | 'deliveryEvent' | 'unsubscribe';

interface Answering {
	event?: TriggerEvent;
	respond?: string;
}

const isImmediate = ({ event, respond }: Answering): boolean =>
	event === 'campaignRequested' && respond === 'immediately';

/** As functions and not as expressions: see `signedTrigger.description.ts`. */
const ANSWER_FIELDS = webhookDescriptionFields({
	path: fromParameter('path'),
	responseMode: fromFunction((answering: Answering) => {
		if (answering.event === 'unsubscribe') return 'responseNode';
		return isImmediate(answering) ? 'onReceived' : 'lastNode';
	}),
	responseCode: fromFunction((answering: Answering) => (isImmediate(answering) ? 202 : 200)),
	responseData: fromFunction((answering: Answering) =>
		isImmediate(answering) ? '' : 'firstEntryJson',
	),
});

export const WEBHOOKS: IWebhookDescription[] = [
	{ name: 'default', httpMethod: 'POST', isFullPath: true, ...ANSWER_FIELDS },
	// A person who opens an unsubscribe link is asked first.
	{ name: 'setup', httpMethod: 'GET', isFullPath: true, ...ANSWER_FIELDS },
];

export const PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		default: 'campaignRequested',
		options: [
			{
				name: 'Campaign Requested',
				value: 'campaignRequested',
				description: 'The platform posts a campaign, signed',
			},
			{
				name: 'Delivery Event',
				value: 'deliveryEvent',
				description: 'Resend reports what became of a mail, signed by its scheme',
			},
			{
				name: 'Unsubscribe',
				value: 'unsubscribe',
				description:
					'A person uses the unsubscribe link of a mail, or the button of the mail program',
			},
		],
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: 'campaign-dispatch',
		required: true,
		description: 'The last part of the address. Each trigger needs one of its own.',
	},
	{
		displayName: 'Respond',
		name: 'respond',
		type: 'options',
		default: 'immediately',
		options: [
			{
				name: 'When Finished',
				value: 'whenFinished',
				description: 'Answers with the result. Only for campaigns that are sent within seconds.',
			},
			{
				name: 'Immediately',
				value: 'immediately',
				description:
					'Answers 202 as soon as the execution is saved. If this n8n stops half-way, the platform misses the final report and posts the campaign again, which goes on where it stopped.',
			},
		],
		displayOptions: { show: { event: ['campaignRequested'] } },
	},
	{
		displayName: 'Events',
		name: 'deliveryEvents',
		type: 'multiOptions',
		default: [
			'email.bounced',
			'email.clicked',
			'email.complained',
			'email.delivered',
			'email.delivery_delayed',
			'email.failed',
			'email.opened',
			'email.sent',
			'email.suppressed',
		],
		options: [
			{ name: 'Bounced', value: 'email.bounced' },
			{ name: 'Clicked', value: 'email.clicked' },
			{ name: 'Complained', value: 'email.complained' },
			{ name: 'Delayed', value: 'email.delivery_delayed' },
			{ name: 'Delivered', value: 'email.delivered' },
			{ name: 'Failed', value: 'email.failed' },
			{ name: 'Opened', value: 'email.opened' },
			{ name: 'Sent', value: 'email.sent' },
			{ name: 'Suppressed', value: 'email.suppressed' },
		],
		description: 'Other events are answered with 200 and start nothing',
		displayOptions: { show: { event: ['deliveryEvent'] } },
	},
	{
		displayName: 'Register Webhook in Resend',
		name: 'registerWebhook',
		type: 'boolean',
		default: true,
		description:
			'Whether to add the webhook to Resend when the workflow is published and to remove it afterwards. Needs an API key with full access and an address that the internet can reach.',
		displayOptions: { show: { event: ['deliveryEvent'] } },
	},
	{
		displayName:
			'Put the production URL of this trigger into "Unsubscribe URL" of the node that opens the campaign. Connect a "Respond to Webhook" node with the words that the person reads.',
		name: 'unsubscribeNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { event: ['unsubscribe'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: INTAKE_OPTIONS,
		displayOptions: { show: { event: ['campaignRequested'] } },
	},
];
