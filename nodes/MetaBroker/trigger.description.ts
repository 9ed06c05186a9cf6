import {
	fromFunction,
	fromParameter,
	type INodeProperties,
	type IWebhookDescription,
	webhookDescriptionFields,
} from 'n8n-workflow';

import { maxBodyOption } from '../shared/n8n/intakeOptions';
import type { EventKind } from './events/channelEvent';

/** Meta sends up to 1,000 events in one request. */
export const DEFAULT_MAX_BODY_KB = 4096;

type Answering = { respond?: string };

const isImmediate = ({ respond }: Answering): boolean => respond !== 'whenFinished';

/** As functions and not as expressions: see `signedTrigger.description.ts`. */
const ANSWER_FIELDS = webhookDescriptionFields({
	path: fromParameter('path'),
	responseMode: fromFunction((answering: Answering) =>
		isImmediate(answering) ? 'onReceived' : 'lastNode',
	),
	responseCode: fromFunction(() => 200),
	responseData: fromFunction((answering: Answering) =>
		isImmediate(answering) ? '' : 'firstEntryJson',
	),
});

/** The GET comes first: n8n opens them in this order, and Meta calls it while it is told of the other. */
export const WEBHOOKS: IWebhookDescription[] = [
	{ name: 'setup', httpMethod: 'GET', isFullPath: true, ...ANSWER_FIELDS },
	{ name: 'default', httpMethod: 'POST', isFullPath: true, ...ANSWER_FIELDS },
];

const EVENTS: Array<{ name: string; value: EventKind; description?: string }> = [
	{ name: 'Delivery', value: 'delivery' },
	{
		name: 'Echo',
		value: 'echo',
		description: 'What the account sent: by this it is known what went out, and who else answers',
	},
	{ name: 'Edited Message', value: 'edit' },
	{
		name: 'Hand-Over',
		value: 'handover',
		description: 'Another app takes or gives a conversation',
	},
	{ name: 'Lead Form', value: 'lead_form', description: 'A lead ad was filled in' },
	{ name: 'Message', value: 'message' },
	{ name: 'Opt-In', value: 'optin' },
	{ name: 'Other', value: 'other', description: 'Whatever this package does not know yet' },
	{ name: 'Postback', value: 'postback', description: 'A button was tapped' },
	{ name: 'Reaction', value: 'reaction' },
	{ name: 'Read', value: 'read' },
	{ name: 'Referral', value: 'referral', description: 'A person came by a link or an ad' },
	{ name: 'Unsent Message', value: 'unsend' },
];

export const PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: [
			'message',
			'postback',
			'lead_form',
			'referral',
			'echo',
			'edit',
			'unsend',
			'handover',
			'other',
		],
		options: EVENTS,
		description:
			'Other events are answered with 200 and start nothing. The inbox needs echoes, edits, unsent messages and hand-overs beside the messages.',
	},
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'multiOptions',
		required: true,
		default: ['facebook', 'instagram'],
		options: [
			{ name: 'Instagram', value: 'instagram' },
			{ name: 'Messenger', value: 'facebook' },
		],
		description: 'Of all Pages and Instagram accounts of the app',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: 'meta-broker',
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
				name: 'Immediately',
				value: 'immediately',
				description:
					'Answers 200 as soon as the execution is saved. Meta waits 5 seconds, and unsubscribes apps that are slow for an hour.',
			},
			{
				name: 'When Finished',
				value: 'whenFinished',
				description:
					'Answers when the workflow has ended, so that Meta sends again what was not stored. Only for workflows that store and do nothing else.',
			},
		],
	},
	{
		displayName: 'Subscribe in Meta',
		name: 'registerWebhook',
		type: 'boolean',
		default: true,
		description:
			'Whether to subscribe the app and its Pages to these events when the workflow is published, and to end it afterwards. An app has one such address: use one trigger for all its Pages.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [maxBodyOption(DEFAULT_MAX_BODY_KB)],
	},
];
