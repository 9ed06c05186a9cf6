/**
 * What a message may look like. Lengths of text are counted in UTF-16 units on Messenger, the
 * strictest reading of "characters", and in bytes on Instagram.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/send-api
 */
import type { MetaChannel } from './metaAccounts.cts';
import { invalid } from './metaErrors.cts';
import type { MetaButton, MetaCard, MetaMessage } from './metaMessages.cts';

const TYPES = ['RESPONSE', 'UPDATE', 'MESSAGE_TAG'];
/** What is left of the tags since 27 April 2026. */
const TAGS = ['HUMAN_AGENT'];
const ACTIONS = ['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact'];
const MEDIA = ['image', 'audio', 'video', 'file'];
const QUICK_REPLY_TYPES = ['text', 'user_phone_number', 'user_email'];

export type SenderAction = 'typing_on' | 'typing_off' | 'mark_seen' | 'react' | 'unreact';

export type MessageDraft = Pick<
	MetaMessage,
	'text' | 'quickReplies' | 'cards' | 'attachments' | 'metadata'
> & {
	/** As it was given: echoes carry it. */
	attachment?: object;
};

export interface Sending {
	recipient: string;
	tag?: string;
	/** One of these two. */
	action?: SenderAction;
	message?: MessageDraft;
}

type Values = Record<string, unknown>;

/** Throws a Refusal for the first thing that is wrong. */
export function checkedSending(parameters: Values, channel: MetaChannel): Sending {
	const recipient = object(parameters.recipient, 'recipient').id;
	if (typeof recipient !== 'string' && typeof recipient !== 'number') {
		throw invalid('The parameter recipient[id] is required');
	}
	const { messaging_type: type = 'RESPONSE', tag, sender_action: action, message } = parameters;
	oneOf(type, TYPES, 'messaging_type');
	if (tag !== undefined || type === 'MESSAGE_TAG') oneOf(tag, TAGS, 'tag');
	if (action !== undefined && message !== undefined) {
		throw invalid('Cannot send both message and state at the same time.', 2018014);
	}
	const to = { recipient: String(recipient), ...(type === 'MESSAGE_TAG' && { tag: String(tag) }) };
	if (action === undefined) {
		return { ...to, message: checkedMessage(object(message, 'message'), channel) };
	}
	oneOf(action, ACTIONS, 'sender_action');
	return { ...to, action: action as SenderAction };
}

function checkedMessage(message: Values, channel: MetaChannel): MessageDraft {
	const { text, attachment, quick_replies: quickReplies, metadata } = message;
	if ((text === undefined) === (attachment === undefined)) {
		throw invalid('Message must have either text or an attachment, and not both');
	}
	if (text !== undefined) checkText(text, channel);
	if (metadata !== undefined) checkLength(metadata, 1000, 'message[metadata]');
	return {
		text: String(text ?? ''),
		...(attachment !== undefined && checkedAttachment(object(attachment, 'message[attachment]'))),
		...(quickReplies !== undefined && { quickReplies: checkedQuickReplies(quickReplies) }),
		...(metadata !== undefined && { metadata: String(metadata) }),
	};
}

function checkText(text: unknown, channel: MetaChannel): void {
	if (typeof text !== 'string' || text.trim() === '') throw invalid('Message cannot be empty');
	const [length, limit] =
		channel === 'facebook' ? [text.length, 2000] : [Buffer.byteLength(text), 1000];
	if (length > limit) throw tooLong('message[text]', limit);
}

function checkedAttachment(
	attachment: Values,
): Pick<MessageDraft, 'attachment' | 'cards' | 'attachments'> {
	const payload = object(attachment.payload, 'message[attachment][payload]');
	const type = oneOf(attachment.type, [...MEDIA, 'template'], 'message[attachment][type]');
	if (type !== 'template') {
		const url = checkUrl(payload.url, 'message[attachment][payload][url]');
		return { attachment, attachments: [{ type, url }] };
	}
	oneOf(payload.template_type, ['generic'], 'message[attachment][payload][template_type]');
	const elements = list(payload.elements, 'elements', 1, 10);
	return { attachment, cards: elements.map(checkedCard) };
}

function checkedCard(element: Values): MetaCard {
	const { title, subtitle, image_url: imageUrl, buttons, default_action: action } = element;
	checkLength(title, 80, 'elements[title]');
	if (subtitle !== undefined) checkLength(subtitle, 80, 'elements[subtitle]');
	if (imageUrl !== undefined) checkUrl(imageUrl, 'elements[image_url]');
	if (action !== undefined) checkUrl(object(action, 'default_action').url, 'default_action[url]');
	if ([subtitle, imageUrl, buttons, action].every((value) => value === undefined)) {
		throw invalid('A generic template element needs more than a title');
	}
	return {
		title: String(title),
		...(subtitle !== undefined && { subtitle: String(subtitle) }),
		...(imageUrl !== undefined && { imageUrl: String(imageUrl) }),
		buttons: buttons === undefined ? [] : list(buttons, 'buttons', 1, 3).map(checkedButton),
	};
}

function checkedButton({ type, title, url, payload }: Values): MetaButton {
	checkLength(title, 20, 'buttons[title]');
	const named = { title: String(title) };
	if (oneOf(type, ['web_url', 'postback'], 'buttons[type]') === 'web_url') {
		return { ...named, url: checkUrl(url, 'buttons[url]') };
	}
	checkLength(payload, 1000, 'buttons[payload]');
	return { ...named, payload: String(payload) };
}

function checkedQuickReplies(value: unknown): NonNullable<MessageDraft['quickReplies']> {
	return list(value, 'message[quick_replies]', 1, 13).map(
		({ content_type: type, title, payload }) => {
			if (oneOf(type, QUICK_REPLY_TYPES, 'quick_replies[content_type]') === 'text') {
				checkLength(title, 20, 'quick_replies[title]');
				checkLength(payload, 1000, 'quick_replies[payload]');
			}
			return { title: String(title ?? ''), payload: String(payload ?? '') };
		},
	);
}

function object(value: unknown, name: string): Values {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Values;
	throw invalid(`param ${name} must be a JSON object`);
}

function list(value: unknown, name: string, from: number, to: number): Values[] {
	if (!Array.isArray(value) || value.length < from || value.length > to) {
		throw invalid(`param ${name} must be an array of ${from} to ${to} elements`);
	}
	return value.map((entry) => object(entry, name));
}

function oneOf(value: unknown, known: readonly string[], name: string): string {
	if (known.includes(value as string)) return value as string;
	throw invalid(`Param ${name} must be one of {${known.join(', ')}}`);
}

function checkLength(value: unknown, limit: number, name: string): void {
	if (typeof value !== 'string' || value === '') throw invalid(`param ${name} must be non-empty.`);
	if (value.length > limit) throw tooLong(name, limit);
}

function checkUrl(value: unknown, name: string): string {
	if (typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value)) return value;
	throw invalid(`param ${name} should represent a valid URL`);
}

function tooLong(name: string, limit: number) {
	return invalid(`Length of param ${name} must be less than or equal to ${limit}`);
}
