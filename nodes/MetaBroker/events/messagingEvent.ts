import { ANSWERED_KINDS, type ChannelEvent } from './channelEvent';
import { makeEvent, makeOther, type Origin } from './makeEvent';
import { readMessage, readPostback, readReferral, type Reading } from './message';
import { readId, readMoment, readObject, readText, type WireObject } from './wire';

/** The inboxes of Page and Instagram, in which people answer. */
const INBOX_APPS = ['263902037430900', '1217981644879628'];

/** An event in `messaging` or `standby`. One that breaks its own shape is `other`. */
export function readMessagingEvent(value: unknown, origin: Origin, raw = value): ChannelEvent {
	const wire = readObject(value);
	if (!wire) return makeOther(raw, origin);
	const sender = readId(readObject(wire.sender)?.id);
	const recipient = readId(readObject(wire.recipient)?.id);
	const isFromAccount = readObject(wire.message)?.is_echo === true || sender === origin.accountId;
	const userId = isFromAccount ? recipient : sender;
	const moment = readMoment(wire.timestamp);
	const reading = readKind(wire, isFromAccount, origin.isStandby);
	// Who has no id, such as a guest with a `user_ref`, cannot be answered.
	if (!reading || (userId === undefined && ANSWERED_KINDS.includes(reading.kind))) {
		return makeOther(raw, { ...origin, userId, moment });
	}
	return makeEvent(reading, wire, { ...origin, userId, moment });
}

/** @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events */
function readKind(
	wire: WireObject,
	isFromAccount: boolean,
	isStandby: boolean,
): Reading | undefined {
	const message = readObject(wire.message);
	if (message) return readMessage(message, isFromAccount);
	const postback = readObject(wire.postback);
	if (postback) return readPostback(postback);
	const edit = readObject(wire.message_edit);
	if (edit) return readEdit(edit);
	const reaction = readObject(wire.reaction);
	if (reaction) return readReaction(reaction);
	const read = readObject(wire.read);
	if (read) return { kind: 'read', fields: withMid(read) };
	if (readObject(wire.delivery)) return { kind: 'delivery', fields: {} };
	const referral = readReferral(wire.referral);
	if (referral) return { kind: 'referral', fields: { referral } };
	const optin = readObject(wire.optin);
	if (optin) return readOptin(optin);
	return readHandover(wire, isStandby);
}

/** The number of the edit tells a later one from an earlier one. */
function readEdit(edit: WireObject): Reading | undefined {
	const mid = readId(edit.mid);
	const text = readText(edit.text);
	const number = readId(edit.num_edit);
	if (mid === undefined || text === undefined || !number || !/^\d{1,9}$/.test(number)) {
		return undefined;
	}
	return { kind: 'edit', key: `${mid}:${number}`, fields: { mid, text } };
}

function readReaction(reaction: WireObject): Reading | undefined {
	const action = readText(reaction.action);
	if (action === undefined) return undefined;
	const emoji = readText(reaction.emoji);
	const fields: Reading['fields'] = { ...withMid(reaction), action };
	if (emoji !== undefined) fields.emoji = emoji;
	return { kind: 'reaction', fields };
}

function readOptin(optin: WireObject): Reading {
	const payload = readText(optin.payload) ?? readText(optin.ref);
	return { kind: 'optin', fields: payload === undefined ? {} : { payload } };
}

/**
 * Meta tells an app that a conversation was passed to it, or was taken from it. An app that merely
 * stands by hears of what was passed to another one.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_handovers
 */
function readHandover(wire: WireObject, isStandby: boolean): Reading | undefined {
	const passed = readObject(wire.pass_thread_control);
	if (passed) {
		const isToInbox = INBOX_APPS.includes(readId(passed.new_owner_app_id) ?? '');
		const control = isStandby || isToInbox ? 'theirs' : 'ours';
		return { kind: 'handover', fields: { control } };
	}
	return readObject(wire.take_thread_control)
		? { kind: 'handover', fields: { control: 'theirs' } }
		: undefined;
}

function withMid(wire: WireObject): Reading['fields'] {
	const mid = readId(wire.mid);
	return mid === undefined ? {} : { mid };
}
