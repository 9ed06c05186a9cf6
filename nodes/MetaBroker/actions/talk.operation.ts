/** The two sides of a message: the platform is asked, and the person is answered. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ChannelReply } from '../../shared/contracts/channelMessage';
import { isSuccess } from '../../shared/http/answer';
import { systemClock } from '../../shared/n8n/clock';
import { META_CREDENTIAL } from '../../shared/n8n/metaCredential';
import type { Run } from '../../shared/n8n/operation';
import { SIGNED_WEBHOOK_CREDENTIAL } from '../../shared/n8n/signedWebhookCredential';
import { noteAttempts, type Trail } from '../../shared/stateStore/trail';
import { metaRetries, senderActionRequest } from '../../shared/vendors/meta';
import { profileRequest, readProfileName } from '../../shared/vendors/meta/profile';
import { askRequest, channelMessageOf, type Said } from '../handling/channelMessage';
import { type Asked, readReply } from '../handling/readReply';
import { mayHaveSent, type TakenEvent } from '../inbox/takenEvent';
import { cardsFrom } from '../reply/cards';
import { composeReply } from '../reply/composeReply';
import { deliverReply } from '../reply/deliverReply';
import { quickRepliesFrom } from '../reply/quickReplies';
import { ReplyError } from '../reply/replyError';
import type { ReplyKind } from '../reply/replyKey';
import { replyWindow } from '../reply/replyWindow';
import type { Progress } from '../handling/settleTaken';
import { cardSettingsOf, quickRepliesOf, type SendingOptions } from './sending.description';

/** For what nothing depends on. */
const TRIFLE_TIMEOUT_MS = 2_000;

/** One item's work. */
export interface Work {
	context: IExecuteFunctions;
	itemIndex: number;
	run: Run;
	trail: Trail;
}

/** Tells the platform what was said, signed, and reads its reply. */
export async function ask(
	{ itemIndex, run, trail }: Work,
	said: Said,
	withExtraFields: boolean,
): Promise<Asked> {
	const send = await run.send(SIGNED_WEBHOOK_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(trail, 'ask', 'platform'),
	});
	const message = channelMessageOf(said, withExtraFields);
	const response = await send(askRequest(message, said.event.id, trail.correlationId));
	return readReply(response, Date.now());
}

/** Shows the person that an answer is on its way. It is only a sign: nothing depends on it. */
export async function showTyping(
	{ itemIndex, run, trail }: Work,
	{ event }: TakenEvent,
): Promise<void> {
	const send = await run.send(META_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(trail, 'typing', 'meta'),
		policy: { ...metaRetries.policy, attempts: 1 },
	});
	const sign = senderActionRequest(event.accountId, event.userId ?? '', 'typing_on');
	await send({ ...sign, timeoutMs: TRIFLE_TIMEOUT_MS });
}

/** The person's name, where Meta has a profile and shows it; nothing depends on it. */
export async function profileName(
	{ itemIndex, run, trail }: Work,
	{ event: { channel, accountId, userId = '' } }: TakenEvent,
): Promise<string | undefined> {
	const send = await run.send(META_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(trail, 'profile', 'meta'),
		policy: { ...metaRetries.policy, attempts: 1 },
	});
	const question = profileRequest({ channel, accountId, userId });
	const response = await send({ ...question, timeoutMs: TRIFLE_TIMEOUT_MS });
	return isSuccess(response) ? readProfileName(response, Date.now()) : undefined;
}

/** What a person is told, and in which capacity. */
export interface Answer {
	reply: Pick<ChannelReply, 'reply_text' | 'suggested_properties' | 'next_action'> &
		Record<string, unknown>;
	kind?: ReplyKind;
	isFromHuman?: boolean;
}

/** What became of a reply, as people read it in the output. */
export interface Sending {
	outcome: 'answered' | 'nothing_to_say' | 'too_late' | 'undeliverable';
	/** How many messages it took. */
	messages: number;
	/** Why it could not be delivered. */
	reason?: string;
	/** Cards were left out, for an earlier attempt may have sent them. */
	keptBack?: true;
}

/**
 * Sends a reply, in as many messages as it needs, and keeps in the progress which of them went out.
 * That a person cannot be reached any more is an outcome; what may heal throws a ReplyError.
 */
export async function answerPerson(
	{ itemIndex, run, trail }: Work,
	taken: TakenEvent,
	{ reply, kind = 'answer', isFromHuman = false }: Answer,
	options: SendingOptions,
	progress: Progress,
): Promise<Sending> {
	const { event } = taken;
	const parts = composeReply({
		replyText: reply.reply_text,
		cards: cardsFrom(reply, cardSettingsOf(options)),
		quickReplies: quickRepliesFrom(reply.next_action, quickRepliesOf(options)),
		channel: event.channel,
	});
	if (parts.length === 0 || !event.userId) return { outcome: 'nothing_to_say', messages: 0 };
	const window = replyWindow(event, new Date(), isFromHuman);
	if (window === 'closed') return { outcome: 'too_late', messages: 0 };

	const send = await run.send(META_CREDENTIAL, itemIndex, {
		...metaRetries,
		onAttempt: noteAttempts(trail, 'reply', 'meta'),
	});
	const delivery = {
		eventId: event.id,
		eventAt: event.at,
		channel: event.channel,
		accountId: event.accountId,
		userId: event.userId,
		parts,
		kind,
		known: progress.sentParts,
		mayBeRepeat: mayHaveSent(taken),
		isFromHuman: window === 'human-agent-only',
	};
	const delivered = await deliverReply(delivery, { send, clock: systemClock }).catch(undelivered);
	progress.sentParts = together(progress.sentParts, delivered.sent);
	return 'reason' in delivered
		? { outcome: 'undeliverable', messages: delivered.sent.length, reason: delivered.reason }
		: {
				outcome: 'answered',
				messages: delivered.sent.length,
				...(delivered.keptBack && { keptBack: true }),
			};
}

/** A last line that reached the person has made an end of the automatic answers. */
export function asLastLine(sending: Sending): Omit<Sending, 'outcome'> & { outcome: string } {
	return sending.outcome === 'answered' ? { ...sending, outcome: 'opted_out' } : sending;
}

/** Such as a person who has blocked the Page. Everything else goes on as an error. */
function undelivered(error: unknown) {
	if (!(error instanceof ReplyError) || error.failure !== 'undeliverable') throw error;
	return { sent: [...error.sent], reason: error.message };
}

function together(
	before: Progress['sentParts'],
	now: Progress['sentParts'],
): Progress['sentParts'] {
	return [...new Map([...before, ...now].map((part) => [part.key, part])).values()];
}
