import { randomUUID } from 'node:crypto';

import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { takeMessages, type TakeRequest } from '../../inbox/takeMessages';

const displayOptions = { show: { resource: ['conversation'], operation: ['take'] } };

const KINDS: Record<string, TakeRequest['kinds']> = {
	messages: ['message', 'postback', 'referral'],
	leadForms: ['lead_form'],
};

const DEFAULT_CONVERSATIONS = 20;
const DEFAULT_LEASE_SECONDS = 120;
const DEFAULT_QUIET_SECONDS = 2;
const DEFAULT_RETENTION_DAYS = 90;

const description: INodeProperties[] = [
	{
		displayName: 'Take',
		name: 'what',
		type: 'options',
		default: 'messages',
		options: [
			{ name: 'Lead Forms', value: 'leadForms' },
			{
				name: 'Messages',
				value: 'messages',
				description: 'Also taps on buttons, and people who come by a link or an ad',
			},
		],
		displayOptions,
	},
	{
		displayName: 'Options',
		name: 'takeOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			{
				displayName: 'Conversations at a Time',
				name: 'conversations',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 500 },
				default: DEFAULT_CONVERSATIONS,
			},
			{
				displayName: 'Lease (Seconds)',
				name: 'leaseSeconds',
				type: 'number',
				typeOptions: { minValue: 5, maxValue: 3600 },
				default: DEFAULT_LEASE_SECONDS,
				description:
					'How long one execution may work on an event before another may take it over. After a crash the conversation goes on when this time is over.',
			},
			{
				displayName: 'Quiet Time (Seconds)',
				name: 'quietSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 60, numberPrecision: 1 },
				default: DEFAULT_QUIET_SECONDS,
				description:
					'How long a person has to be silent before the answer, so that messages which Meta delivers out of order are answered in order. Shorter than the Wait node before it.',
			},
			{
				displayName: 'Retention (Days)',
				name: 'retentionDays',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 3650 },
				default: DEFAULT_RETENTION_DAYS,
				description:
					'How long a person is remembered after the last event. Texts of messages are deleted as soon as they are answered.',
			},
		],
	},
];

interface Options {
	conversations?: number;
	leaseSeconds?: number;
	quietSeconds?: number;
	retentionDays?: number;
}

/** Makes the statement that takes the next event of each conversation, so that nobody else does. */
const execute: Execute = async (context, _itemIndex, _run, trail) => {
	const options = context.getNodeParameter('takeOptions', 0) as Options;
	const what = context.getNodeParameter('what', 0) as string;
	return {
		correlationId: trail.correlationId,
		stateStore: {
			take: {
				...takeMessages({
					kinds: KINDS[what] ?? [],
					leaseToken: randomUUID(),
					leaseSeconds: options.leaseSeconds ?? DEFAULT_LEASE_SECONDS,
					quietSeconds: options.quietSeconds ?? DEFAULT_QUIET_SECONDS,
					limit: options.conversations ?? DEFAULT_CONVERSATIONS,
					retentionDays: options.retentionDays ?? DEFAULT_RETENTION_DAYS,
				}),
			},
		},
	};
};

export const take: Operation = {
	resource: 'conversation',
	operation: 'take',
	description,
	execute,
	takesAllItems: () => true,
};
