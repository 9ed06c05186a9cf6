import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ChannelReply } from '../../shared/contracts/channelMessage';
import { retryMinutesProperty } from '../../shared/n8n/retryMinutes';
import type { Course } from '../handling/course';
import { DEFAULT_OPT_OUT_TEXT, type SendingOptions } from './sending.description';

const DEFAULT_HOLDING_TEXT =
	'Thank you for your message! We are looking into it and will answer you shortly.';
const DEFAULT_FORGET_TEXT = 'We have deleted what we had noted about you in this conversation.';
const DEFAULT_HAND_OVER_TEXT = 'A person of our team will answer you here.';
const DEFAULT_PAUSE_HOURS = 12;

export const withExtraFieldsOption: INodeProperties = {
	displayName: 'Extra Fields',
	name: 'withExtraFields',
	type: 'boolean',
	default: false,
	description:
		'Whether session_data also holds the account, the message ID, the language, the contact details and what the person looks for, beside the two fields of the guide',
};

/** What is said and done around the platform's reply, for a `collection` parameter. */
export const HANDLING_OPTIONS: INodeProperties[] = [
	withExtraFieldsOption,
	{
		displayName: 'Forget Text',
		name: 'forgetText',
		type: 'string',
		default: DEFAULT_FORGET_TEXT,
		description:
			'For a person who asks to be forgotten, where the platform has no reply of its own. What is remembered of the conversation is deleted.',
	},
	{
		displayName: 'Hand-Over Text',
		name: 'handOverText',
		type: 'string',
		default: DEFAULT_HAND_OVER_TEXT,
		description: 'For a person who asks for a human, where the platform has no reply of its own',
	},
	{
		displayName: 'Holding Text',
		name: 'holdingText',
		type: 'string',
		default: DEFAULT_HOLDING_TEXT,
		description:
			'What a person is told, once, while the platform cannot be reached. The answer follows when it is back. Empty for nothing.',
	},
	{
		displayName: 'Pause After Hand-Over (Hours)',
		name: 'pauseHours',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 8760 },
		default: DEFAULT_PAUSE_HOURS,
		description: 'How long no automatic answers are given to a person who asked for a human',
	},
	retryMinutesProperty,
];

const DEFAULTS = {
	holdingText: DEFAULT_HOLDING_TEXT,
	forgetText: DEFAULT_FORGET_TEXT,
	handOverText: DEFAULT_HAND_OVER_TEXT,
	optOutText: DEFAULT_OPT_OUT_TEXT,
	pauseHours: DEFAULT_PAUSE_HOURS,
	withExtraFields: false,
	typing: true,
};

export type HandlingOptions = SendingOptions & typeof DEFAULTS;

/** The options of the node, with what holds where nothing was chosen. */
export function readHandling(context: IExecuteFunctions, itemIndex: number): HandlingOptions {
	return { ...DEFAULTS, ...(context.getNodeParameter('options', itemIndex) as object) };
}

/** A reply of our own, in the form of the platform's. */
export function onlyText(text: string) {
	return { reply_text: text, suggested_properties: [], next_action: null };
}

/** What a person reads who asked for a human, or to be forgotten, where the platform has no words. */
export function fallbackText(course: Course, options: HandlingOptions): string {
	if (course.course === 'forget') return options.forgetText;
	return course.course === 'answer' && course.handsOver ? options.handOverText : '';
}

/** The platform's reply, with these words where it has none. */
export function orElse(reply: ChannelReply, text: string): ChannelReply {
	return reply.reply_text.trim() === '' ? { ...reply, reply_text: text } : reply;
}
