import type { ChannelMessage } from '../../nodes/shared/contracts/channelMessage';
import type { Effect } from './callbackEffects.cts';
import { companyOf } from './channelAccounts.cts';
import { captureLead, conversationOf, isLead, keepFormLead } from './channelLeads.cts';
import { converse, replyOf, type Said } from './channelReplies.cts';
import { type ChannelSession, readSession } from './channelSession.cts';
import type { Queryable } from './database.cts';

/** Nobody waits for words: the form was filled in somewhere else. */
const SILENCE: Said = { text: '' };

/**
 * Keeps a message and answers it, out of the listings of the company that was written to. Contact
 * details make the conversation a lead, which goes into the outbox in the same transaction.
 */
export async function answerChannelMessage(
	db: Queryable,
	message: ChannelMessage,
	now: Date,
): Promise<Effect> {
	await keepMessage(db, message);
	const session = readSession(message.session_data);
	if (message.intents.includes('lead_form')) return await takeLeadForm(db, message, session);

	const companyId = await companyOf(db, message.platform, session.account_id);
	const { email, phone } = session.contact;
	const isReachable = message.lead_captured && (email !== undefined || phone !== undefined);
	const isNewLead =
		isReachable && companyId !== undefined
			? await captureLead(db, { message, session, companyId, now })
			: false;
	const isCaptured = message.lead_captured || (await isLead(db, conversationOf(message, session)));
	const said = await converse(db, { message, session, companyId, isLead: isCaptured, isNewLead });
	return { outcome: 'applied', answer: replyOf(said, message, isCaptured) };
}

/** The workflow hands the lead to the lead flow itself: it is kept here, and not sent again. */
async function takeLeadForm(
	db: Queryable,
	message: ChannelMessage,
	{ lead }: ChannelSession,
): Promise<Effect> {
	if (lead) await keepFormLead(db, message.platform, lead);
	return { outcome: 'applied', answer: replyOf(SILENCE, message, lead !== undefined) };
}

async function keepMessage(db: Queryable, message: ChannelMessage): Promise<void> {
	await db.query(
		`INSERT INTO channel_message
		   (platform, user_id, message, intents, lead_captured, session_data)
		 VALUES ($1, $2, $3, $4, $5, $6)`,
		[
			message.platform,
			message.user_id,
			message.message,
			JSON.stringify(message.intents),
			message.lead_captured,
			JSON.stringify(message.session_data),
		],
	);
}
