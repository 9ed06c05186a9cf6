/** The route that sends. @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/send-api */
import type { MetaAccount } from './metaAccounts.cts';
import { META_FAILURES, Refusal, unsupported } from './metaErrors.cts';
import type { MetaEvents } from './metaEvents.cts';
import { checkedSending, type Sending } from './metaMessageChecks.cts';
import type { SentMessage } from './metaMessages.cts';
import type { MetaPeople } from './metaPeople.cts';
import type { GraphRequest } from './metaRequest.cts';
import type { MetaThreads, Thread } from './metaThreads.cts';

const HOUR_MS = 3_600_000;
const WINDOW_MS = 24 * HOUR_MS;
/** After a click on an ad, and for what a person writes. */
const LONG_WINDOW_MS = 7 * 24 * HOUR_MS;
/** What a person sees of `typing_on`. */
const TYPING_MS = 20_000;
/** The sandbox runs for days. */
const SENT_KEPT = 10_000;

/** The parts of the stand-in that its routes use. */
export interface MetaOffice {
	accounts: ReadonlyMap<string, MetaAccount>;
	people: MetaPeople;
	threads: MetaThreads;
	events: MetaEvents;
	sent: SentMessage[];
	now(): number;
}

/** `POST /{page or Instagram account}/messages`; a Page speaks for its Instagram account too. */
export function sendMessage(office: MetaOffice, request: GraphRequest): object {
	const account = addressed(office, accountOf(office, request), request.parameters.recipient);
	const sending = checkedSending(request.parameters, account.channel);
	const thread = reachable(office, account, sending);
	const { recipient } = sending;
	if (sending.message === undefined) {
		act(office, thread, sending);
		return { recipient_id: recipient };
	}
	const at = office.now();
	const { attachment, ...said } = sending.message;
	const message = office.threads.add(thread, at, { from: 'page', ...said });
	thread.typingUntil = 0;
	thread.isSeen = true;
	const { mid, text, cards, quickReplies, metadata } = message;
	const { channel, id } = account;
	office.sent.push({
		channel,
		account: id,
		person: recipient,
		text,
		...(cards && { cards }),
		...(quickReplies && { quickReplies }),
		mid,
		...(metadata !== undefined && { metadata }),
		at: message.at,
	});
	office.sent.splice(0, office.sent.length - SENT_KEPT);
	office.events.echo(thread, message, attachment);
	office.events.delivery(thread, message);
	return { recipient_id: recipient, message_id: mid };
}

/** The account that is named, if the token is its Page's. Throws what Graph answers else. */
export function accountOf(
	{ accounts }: Pick<MetaOffice, 'accounts'>,
	{ id, caller, method }: GraphRequest,
): MetaAccount {
	const account = accounts.get(id);
	if (caller.kind === 'page' && account?.page === caller.page) return account;
	throw unsupported(method, id);
}

/** The account that the recipient has written to, of the Page and its Instagram account. */
function addressed(
	{ accounts, threads }: MetaOffice,
	account: MetaAccount,
	recipient: unknown,
): MetaAccount {
	const instagram = accounts.get(account.page.instagram?.id ?? '');
	const person = String((recipient as { id?: unknown } | undefined)?.id ?? '');
	const isInstagrams = threads.find(account.id, person) === undefined;
	return instagram && isInstagrams && threads.find(instagram.id, person) ? instagram : account;
}

/** The conversation, if a message may go out in it now. */
function reachable(
	{ threads, people, now }: MetaOffice,
	{ channel, id }: MetaAccount,
	{ recipient, tag, action }: Sending,
): Thread {
	const isMessenger = channel === 'facebook';
	const thread = threads.find(id, recipient);
	if (thread === undefined) {
		throw new Refusal(
			isMessenger ? META_FAILURES.unknownPerson : META_FAILURES.unknownPersonInstagram,
		);
	}
	if (people.blocked.has(recipient)) throw new Refusal(META_FAILURES.personUnavailable);
	if (action !== undefined) return thread;
	if (thread.isHandedOver) throw new Refusal(META_FAILURES.otherAppInControl);
	const openUntil = Math.max(
		thread.lastActivityAt + (tag === 'HUMAN_AGENT' ? LONG_WINDOW_MS : WINDOW_MS),
		thread.lastAdClickAt + LONG_WINDOW_MS,
	);
	if (now() <= openUntil) return thread;
	throw new Refusal(
		isMessenger ? META_FAILURES.outsideWindow : META_FAILURES.outsideWindowInstagram,
	);
}

function act({ now }: MetaOffice, thread: Thread, { action }: Sending): void {
	if (action === 'typing_on') thread.typingUntil = now() + TYPING_MS;
	if (action === 'typing_off') thread.typingUntil = 0;
	if (action === 'mark_seen') thread.isSeen = true;
}
