import type { Attachment, ChannelEvent, EventKind, Referral } from './channelEvent';
import { readId, readObject, readText, type WireObject } from './wire';

/** What an event says beside who, where and when. */
export interface Reading {
	kind: EventKind;
	/** What is the same in every delivery of it and in no other event of the kind. */
	key?: string;
	fields: Partial<ChannelEvent>;
}

/**
 * A message of the person, its withdrawal, or the echo of one that the account sent. Undefined where
 * it is none.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages
 * @see https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook
 */
export function readMessage(message: WireObject, isFromAccount: boolean): Reading | undefined {
	const mid = readId(message.mid);
	if (message.is_deleted === true) {
		return mid === undefined ? undefined : { kind: 'unsend', key: mid, fields: { mid } };
	}
	const fields = readContent(message);
	if (!fields) return undefined;
	if (mid !== undefined) fields.mid = mid;
	else if (Object.keys(fields).length === 0) return undefined;
	if (!isFromAccount) return { kind: 'message', key: mid, fields };

	const appId = readId(message.app_id);
	if (appId !== undefined) fields.appId = appId;
	const metadata = readText(message.metadata);
	if (metadata !== undefined) fields.metadata = metadata;
	return { kind: 'echo', key: mid, fields };
}

/** A button that was tapped; without its payload where another app holds the conversation. */
export function readPostback(postback: WireObject): Reading | undefined {
	const fields: Reading['fields'] = {};
	const mid = readId(postback.mid);
	if (mid !== undefined) fields.mid = mid;
	const title = readText(postback.title);
	if (title !== undefined) fields.title = title;
	const payload = readText(postback.payload);
	if (payload !== undefined) fields.payload = payload;
	const referral = readReferral(postback.referral);
	if (referral) fields.referral = referral;
	return Object.keys(fields).length > 0 ? { kind: 'postback', key: mid, fields } : undefined;
}

/** Where the person came from: a link or an ad. */
export function readReferral(value: unknown): Referral | undefined {
	const wire = readObject(value);
	if (!wire) return undefined;
	const referral: Referral = {};
	const ref = readText(wire.ref);
	if (ref !== undefined) referral.ref = ref;
	const source = readText(wire.source);
	if (source !== undefined) referral.source = source;
	const adId = readId(wire.ad_id);
	if (adId !== undefined) referral.adId = adId;
	return Object.keys(referral).length > 0 ? referral : undefined;
}

/** Undefined where the text or the list of attachments is something else. */
function readContent(message: WireObject): Reading['fields'] | undefined {
	const { text, attachments, quick_reply: quickReply, reply_to: replyTo, referral } = message;
	const fields: Reading['fields'] = {};
	if (text !== undefined && text !== null) {
		fields.text = readText(text);
		if (fields.text === undefined) return undefined;
	}
	if (attachments !== undefined && attachments !== null) {
		if (!Array.isArray(attachments)) return undefined;
		if (attachments.length > 0) fields.attachments = attachments.map(readAttachment);
	}
	if (message.is_unsupported === true) {
		fields.attachments = [...(fields.attachments ?? []), { type: 'unsupported' }];
	}
	if (quickReply) {
		const payload = readText(readObject(quickReply)?.payload);
		if (payload !== undefined) fields.payload = payload;
	}
	if (replyTo) readReplyTo(readObject(replyTo) ?? {}, fields);
	if (referral) {
		const from = readReferral(referral);
		if (from) fields.referral = from;
	}
	return fields;
}

function readReplyTo(replyTo: WireObject, fields: Reading['fields']): void {
	const mid = readId(replyTo.mid);
	if (mid !== undefined) fields.replyToMid = mid;
	const story = readObject(replyTo.story);
	const storyId = story && (readId(story.id) ?? readText(story.url));
	if (storyId !== undefined) fields.replyToStory = storyId;
}

/** A link preview, `fallback`, has its address beside the payload, which may be null. */
function readAttachment(value: unknown): Attachment {
	const wire = readObject(value) ?? {};
	const payload = readObject(wire.payload) ?? {};
	const attachment: Attachment = { type: readText(wire.type) ?? 'unsupported' };
	const url = readText(payload.url) ?? readText(wire.url);
	if (url !== undefined) attachment.url = url;
	const { lat, long } = readObject(payload.coordinates) ?? {};
	if (typeof lat === 'number' && typeof long === 'number') {
		attachment.latitude = lat;
		attachment.longitude = long;
	}
	return attachment;
}
