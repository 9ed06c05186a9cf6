import type { ChannelEvent, LeadFormNotice } from './channelEvent';
import { isoMoment } from './isoMoment';
import { makeEvent, makeOther, type Origin } from './makeEvent';
import { readMessagingEvent } from './messagingEvent';
import { readId, readMoment, readObject, type WireObject } from './wire';

/**
 * An event in `changes`: a lead form, or a message in the shape in which the dashboard's "Test"
 * sends one. Any other field is `other`.
 */
export function readChange(change: unknown, origin: Origin): ChannelEvent {
	const { field, value } = readObject(change) ?? {};
	const content = readObject(value);
	if (field === 'leadgen' && content) return readLeadForm(content, change, origin);
	if (content && readObject(content.sender) && readObject(content.recipient)) {
		return readMessagingEvent(content, { ...origin, isStandby: field === 'standby' }, change);
	}
	return makeOther(change, origin);
}

/** @see https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving#webhooks */
function readLeadForm(value: WireObject, change: unknown, origin: Origin): ChannelEvent {
	const leadgenId = readId(value.leadgen_id);
	const formId = readId(value.form_id);
	const moment = readMoment(value.created_time);
	if (leadgenId === undefined || formId === undefined) {
		return makeOther(change, { ...origin, moment });
	}
	const leadForm: LeadFormNotice = {
		leadgenId,
		formId,
		pageId: readId(value.page_id) ?? origin.accountId,
	};
	const adId = readId(value.ad_id);
	if (adId !== undefined) leadForm.adId = adId;
	if (moment !== undefined) leadForm.createdAt = isoMoment(moment);
	const reading = { kind: 'lead_form', key: leadgenId, fields: { leadForm } } as const;
	return makeEvent(reading, value, { ...origin, moment, thread: `form:${leadgenId}` });
}
