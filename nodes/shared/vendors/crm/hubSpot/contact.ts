import { VendorError } from '../../../http/vendorError';
import { createOnce } from '../createOnce';
import type { CrmLead, CrmPush, CrmSession, CrmSettings } from '../port';
import { conflictIn, read, record, records } from './answers';
import {
	contactByKey,
	contactByPhone,
	createContact,
	isKeyed,
	updateContact,
} from './contactRequests';

/**
 * Makes sure that the lead's contact is there, once. With an e-mail it is created at once, because
 * HubSpot says in its refusal which contact has the address; without one it is looked for first.
 */
export async function pushContact(
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<CrmPush['contact']> {
	const known = lead.email ? undefined : await findWithoutEmail(lead, settings, session);
	if (known !== undefined) return await update(known, lead, settings, session);
	return isKeyed(lead, settings)
		? await createKeyed(lead, settings, session)
		: await createUnkeyed(lead, settings, session);
}

async function createKeyed(
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<CrmPush['contact']> {
	const response = await session.send('create-contact')(createContact(lead, settings));
	const conflict = conflictIn(response, settings.leadIdField);
	const existing =
		conflict === 'unnamed' ? await findByKeys(lead, settings, session) : conflict?.contactId;
	if (existing !== undefined) return await update(existing, lead, settings, session);
	return { id: read(record, response, session.clock.now()).id, outcome: 'created' };
}

/** A phone is no key, so that a creation whose answer got lost is never sent a second time. */
async function createUnkeyed(
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<CrmPush['contact']> {
	if (!lead.phone && session.isRepeat) throw notKnownAgain();
	const { value, outcome } = await createOnce({
		find: async () => await findByPhone(lead, settings, session),
		create: async () => await session.send('create-contact')(createContact(lead, settings)),
		read: (response) => read(record, response, session.clock.now()).id,
		clock: session.clock,
		isRepeat: false,
		findLags: true,
	});
	return outcome === 'created'
		? { id: value, outcome }
		: await update(value, lead, settings, session);
}

async function update(
	id: string,
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<CrmPush['contact']> {
	const request = updateContact(id, lead, settings);
	if (request === undefined) return { id, outcome: 'updated' };
	const response = await session.send('update-contact')(request);
	// A contact that was merged into another answers with the id of that one.
	return { id: read(record, response, session.clock.now()).id, outcome: 'updated' };
}

async function findWithoutEmail(
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<string | undefined> {
	const byKey = session.isRepeat ? await findByKeys(lead, settings, session) : undefined;
	return byKey ?? (await findByPhone(lead, settings, session));
}

async function findByKeys(
	{ leadId, email }: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<string | undefined> {
	const keys = [
		[settings.leadIdField, leadId],
		['email', email],
	] as const;
	for (const [property, value] of keys) {
		if (!property || !value) continue;
		const request = contactByKey(property, value, settings);
		const response = await session.send('find-contact')(request);
		const [found] = read(records, response, session.clock.now()).results;
		if (found) return found.id;
	}
	return undefined;
}

async function findByPhone(
	{ phone }: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<string | undefined> {
	if (!phone) return undefined;
	const response = await session.send('find-contact')(contactByPhone(phone, settings));
	return read(records, response, session.clock.now()).results[0]?.id;
}

function notKnownAgain(): VendorError {
	return new VendorError({
		vendor: 'HubSpot',
		kind: 'rejected',
		status: 0,
		code: 'no-key',
		message: 'The lead has no e-mail and no phone, so that HubSpot cannot tell it from another',
		advice: 'Choose a contact property with unique values for the lead ID.',
	});
}
