import type { INodeProperties } from 'n8n-workflow';

import { CARD_SETTINGS, type CardSettings } from '../reply/cards';
import { QUICK_REPLIES, type QuickReply, type QuickReplyTable } from '../reply/quickReplies';

const { moreTitle: MORE_TITLE, openTitle: OPEN_TITLE, title: CARD_TITLE } = CARD_SETTINGS;

export const DEFAULT_OPT_OUT_TEXT =
	'You will get no more automatic messages from us. Write START if you change your mind.';

/** How replies look, for a `collection` parameter. */
export const SENDING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Button for More',
		name: 'moreTitle',
		type: 'string',
		default: MORE_TITLE,
		description: 'On the card of a suggested property; up to 20 characters',
	},
	{
		displayName: 'Button to the Page',
		name: 'openTitle',
		type: 'string',
		default: OPEN_TITLE,
		description: 'On the card of a suggested property; up to 20 characters',
	},
	{
		displayName: 'Opt-Out Text',
		name: 'optOutText',
		type: 'string',
		default: DEFAULT_OPT_OUT_TEXT,
		description: 'The last line that a person gets who wants no more answers. Empty for none.',
	},
	{
		displayName: 'Property Title',
		name: 'cardTitle',
		type: 'string',
		default: CARD_TITLE,
		description: 'Of a suggested property that the platform gives no title for',
	},
	{
		displayName: 'Property URL',
		name: 'propertyUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://www.example.com/properties/{ID}',
		description: 'Where the card of a suggested property leads; {ID} stands for its ID',
	},
	{
		displayName: 'Quick Replies',
		name: 'quickReplies',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add quick reply',
		description:
			'Offered where the platform names this next_action, in place of the built-in ones for it. The title is what the person then says.',
		options: [
			{
				displayName: 'Quick Reply',
				name: 'quickReply',
				values: [
					{
						displayName: 'Next Action',
						name: 'nextAction',
						type: 'string',
						default: '',
						placeholder: 'e.g. schedule_viewing',
					},
					{
						displayName: 'Title',
						name: 'title',
						type: 'string',
						default: '',
						placeholder: 'e.g. Schedule a viewing',
						description: 'Up to 20 characters',
					},
				],
			},
		],
	},
	{
		displayName: 'Show Typing',
		name: 'typing',
		type: 'boolean',
		default: true,
		description: 'Whether the person sees that somebody types until the reply is there',
	},
];

export interface SendingOptions {
	moreTitle?: string;
	openTitle?: string;
	optOutText?: string;
	cardTitle?: string;
	propertyUrl?: string;
	quickReplies?: { quickReply?: Array<{ nextAction: string; title: string }> };
	typing?: boolean;
}

export function cardSettingsOf(options: SendingOptions): CardSettings {
	return {
		title: options.cardTitle ?? CARD_SETTINGS.title,
		url: (options.propertyUrl ?? CARD_SETTINGS.url).replaceAll('{ID}', '{id}'),
		openTitle: options.openTitle ?? CARD_SETTINGS.openTitle,
		moreTitle: options.moreTitle ?? CARD_SETTINGS.moreTitle,
	};
}

export function quickRepliesOf({ quickReplies }: SendingOptions): QuickReplyTable {
	const own: Record<string, QuickReply[]> = {};
	for (const { nextAction, title } of quickReplies?.quickReply ?? []) {
		const action = nextAction.trim();
		own[action] = [...(own[action] ?? []), { title, payload: action }];
	}
	return { ...QUICK_REPLIES, ...own };
}
