/** How a conversation, or a form, becomes a lead. */
import { randomUUID } from 'node:crypto';

import type { ChannelMessage } from '../../nodes/shared/contracts/channelMessage';
import { toUtcTimestamp } from '../../nodes/shared/contracts/fields';
import type { LeadCreated } from '../../nodes/shared/contracts/leadCreated';
import type { ChannelSession } from './channelSession.cts';
import type { Queryable } from './database.cts';
import { writeLead } from './leads.cts';
import { findListing, type FoundListing } from './listingSearch.cts';
import { cardOf } from './listingWords.cts';
import { insertMessage } from './outboxMessages.cts';

/** As much as the lead's contract takes. */
const MAX_MESSAGE_LENGTH = 10_000;

export interface LeadSource {
	message: ChannelMessage;
	session: ChannelSession;
	/** Whose account the person wrote to. */
	companyId: string;
	now: Date;
}

/** What the conversation is called on its lead; undefined where the account is not told. */
export const conversationOf = (message: ChannelMessage, session: ChannelSession) =>
	session.account_id && `${message.platform}:${session.account_id}:${message.user_id}`;

/** Whether the conversation has become a lead already. */
export async function isLead(db: Queryable, conversation: string | undefined): Promise<boolean> {
	const { rowCount } = await db.query('SELECT FROM lead WHERE conversation = $1', [
		conversation ?? null,
	]);
	return rowCount === 1;
}

/**
 * Makes a conversation with contact details a lead, once, and puts `lead.created` into the outbox.
 * Details that come later complete the lead. Answers whether the lead is new.
 */
export async function captureLead(db: Queryable, source: LeadSource): Promise<boolean> {
	const { message, session } = source;
	const conversation = conversationOf(message, session);
	const { email, phone } = session.contact;
	const { rowCount } = await db.query(
		`UPDATE lead SET email = coalesce(email, $2), phone = coalesce(phone, $3)
		 WHERE conversation = $1`,
		[conversation, email ?? null, phone ?? null],
	);
	if (rowCount !== 0) return false;

	const viewed = session.last_property_viewed;
	const listing = viewed === undefined ? undefined : await findListing(db, viewed);
	const lead = leadFrom(source, listing);
	await writeLead(db, lead);
	// Unique: of two messages at the same time one fails as a whole, and comes again.
	await db.query('UPDATE lead SET conversation = $2 WHERE id = $1', [lead.lead_id, conversation]);
	await insertMessage(db, 'lead.created', lead, randomUUID());
	return true;
}

/** Keeps the lead of a form that was filled in: always the same row for the same lead. */
export async function keepFormLead(
	db: Queryable,
	channel: string,
	lead: LeadCreated,
): Promise<void> {
	await writeLead(db, lead);
	await db.query('UPDATE lead SET conversation = $2 WHERE id = $1', [
		lead.lead_id,
		`${channel}:form:${lead.lead_id}`,
	]);
}

function leadFrom(
	{ message, session, companyId, now }: LeadSource,
	viewed: FoundListing | undefined,
): LeadCreated {
	const { contact, preferences } = session;
	const { budget, beds, places, property_type } = preferences;
	const [firstName, ...lastNames] = (contact.name ?? '').split(/\s+/).filter(Boolean);
	const lastName = lastNames.join(' ').slice(0, 120);
	return {
		lead_id: randomUUID(),
		company_id: companyId,
		...(contact.email && { email: contact.email }),
		...(contact.phone && { phone: contact.phone }),
		...(viewed && { property_id: viewed.id, property: propertyOf(viewed) }),
		...(firstName && { first_name: firstName.slice(0, 120) }),
		...(lastName && { last_name: lastName }),
		utm: { source: message.platform, medium: 'social' },
		// Who writes first, asks, and leaves contact details wants to be contacted about it.
		consent: true,
		message: message.message.slice(0, MAX_MESSAGE_LENGTH),
		created_at: toUtcTimestamp(now),
		preferences: {
			...(budget?.min !== undefined && { budget_min: budget.min }),
			...(budget?.max !== undefined && { budget_max: budget.max }),
			...(budget?.currency && { currency: budget.currency }),
			...(places.length > 0 && { areas: places, preferred_city: places[0] }),
			...(beds?.min !== undefined && { beds: beds.min }),
			...(property_type && { property_type }),
		},
	};
}

/** The listing as an event about a lead carries it. */
function propertyOf(listing: FoundListing): LeadCreated['property'] {
	const { id, baths: _baths, floor_area_sqm: _area, ...facts } = listing;
	return { property_id: id, title: cardOf(listing).title, ...facts };
}
