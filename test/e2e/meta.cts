/** People who write on Messenger and Instagram, and what became of what they wrote. */
import {
	META_DEFAULTS,
	type MetaConversation,
	type MetaPlace,
	type SentMessage,
} from '../../sandbox/vendors/meta.cts';
import type { Failure } from '../../sandbox/vendors/standIn.cts';
import { until } from '../integration/platform/until.cts';
import { keptOf } from './executions.cts';
import { world } from './world.cts';

const [FIRST_PAGE, SECOND_PAGE] = META_DEFAULTS.pages;

/** The first Page is the first demo company's, as its Instagram account is; the second the second's. */
export const ACCOUNTS = {
	messenger: { channel: 'facebook', account: FIRST_PAGE.id },
	secondPage: { channel: 'facebook', account: SECOND_PAGE.id },
	instagram: { channel: 'instagram', account: FIRST_PAGE.instagram.id },
} as const satisfies Record<string, Required<Pick<MetaPlace, 'channel' | 'account'>>>;

export type Account = (typeof ACCOUNTS)[keyof typeof ACCOUNTS];

/** Somebody's conversation with an account. */
export type Writer = Required<Omit<MetaPlace, 'at'>>;

let nextPerson = 1;

/** Somebody who never wrote before. Ids are above 2^53, as Meta's are. */
export function newWriter(account: Account = ACCOUNTS.messenger): Writer {
	const start = account.channel === 'facebook' ? '248' : '178';
	const person = `${start}${String(nextPerson++).padStart(14, '0')}`;
	return { ...account, person };
}

/** One on Messenger and one on Instagram. */
export const newWriters = (): [Writer, Writer] => [newWriter(), newWriter(ACCOUNTS.instagram)];

export const say = (writer: Writer, text: string, at?: number): string =>
	world().meta.say({ ...writer, text, ...(at !== undefined && { at }) });

/** What went out to a person, oldest first. */
export function sentTo({ channel, account, person }: Writer): SentMessage[] {
	return world().meta.sent.filter(
		(sent) => sent.channel === channel && sent.account === account && sent.person === person,
	);
}

export const textsTo = (writer: Writer): string[] =>
	sentTo(writer)
		.map(({ text }) => text)
		.filter((text) => text !== '');

/** The conversation as Meta shows it. */
export function shownOf({ channel, account, person }: Writer): MetaConversation {
	return world()
		.meta.conversations()
		.find(
			(shown) =>
				shown.channel === channel && shown.account.id === account && shown.person.id === person,
		)!;
}

/** Waits until so many texts have gone out to a person. */
export async function repliedTo(writer: Writer, texts = 1, limitMs = 30_000): Promise<void> {
	await until(() => textsTo(writer).length >= texts, limitMs);
}

/** How the state store calls a conversation. */
export const conversationOf = ({ channel, account, person }: Writer) =>
	`${channel}:${account}:${person}`;

export interface AskedRow {
	message: string;
	intents: string[];
	previousMessages: number;
	lastPropertyViewed: string | null;
}

/** What the platform was asked in a person's name, in that order. */
export async function askedOf({ channel, person }: Writer): Promise<AskedRow[]> {
	const { rows } = await world().platform.pool.query<AskedRow>(
		`SELECT message, intents, (session_data ->> 'previous_messages')::int AS "previousMessages",
		   session_data ->> 'last_property_viewed' AS "lastPropertyViewed"
		 FROM channel_message WHERE platform = $1 AND user_id = $2 ORDER BY id`,
		[channel, person],
	);
	return rows;
}

/** What the platform answered to it, in that order. */
export async function answersFor({ channel, person }: Writer): Promise<string[]> {
	const { rows } = await world().platform.pool.query<{ text: string }>(
		`SELECT answer ->> 'reply_text' AS text FROM callback_received
		 WHERE endpoint = 'channel-message' AND body ->> 'platform' = $1
		   AND body ->> 'user_id' = $2 ORDER BY id`,
		[channel, person],
	);
	return rows.map(({ text }) => text);
}

/**
 * The next message to a person meets this failure; one that only shows that somebody types does not.
 * `accepted`: only the answer is lost.
 */
export function failReplies({ person }: Writer, failure: Failure, { accepted = false } = {}): void {
	world().meta.failNext(failure, 1, {
		accepted,
		matching({ method, body }) {
			const { recipient, message } = (body ?? {}) as {
				recipient?: { id?: string };
				message?: object;
			};
			return method === 'POST' && message !== undefined && recipient?.id === person;
		},
	});
}

/** Begins all of these at once, for most of each is waiting; every one is a test. */
export function sideBySide(stories: Record<string, () => Promise<void>>, limitMs = 90_000): void {
	const names = Object.keys(stories);
	let told: Record<string, Promise<PromiseSettledResult<void>>>;

	beforeAll(() => {
		const begin = async (name: string) => (await Promise.allSettled([stories[name]!()]))[0];
		told = Object.fromEntries(names.map((name) => [name, begin(name)]));
	});

	it.each(names)(
		'%s',
		async (name) => {
			const end = await told[name]!;
			if (end.status === 'rejected') throw end.reason;
		},
		limitMs,
	);
}

/** Waits until Meta has told everything, and no execution works on it. */
export async function quiet(): Promise<void> {
	await world().meta.settled();
	await keptOf('meta-broker');
	await keptOf('meta-lead-forms');
}
