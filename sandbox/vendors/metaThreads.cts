/** The conversations that Meta holds. */
import { randomBytes } from 'node:crypto';

import type { MetaAccount, MetaChannel } from './metaAccounts.cts';
import type { MetaConversation, MetaMessage } from './metaMessages.cts';
import type { MetaPeople } from './metaPeople.cts';

/** The sandbox runs for days. */
const MESSAGES_KEPT = 10_000;

export interface Thread {
	readonly account: MetaAccount;
	readonly person: string;
	/** In the order in which they came. */
	readonly messages: MetaMessage[];
	/** Milliseconds since 1970; these two open the windows for answers. */
	lastActivityAt: number;
	lastAdClickAt: number;
	typingUntil: number;
	isSeen: boolean;
	isHandedOver: boolean;
}

interface Known {
	thread: Thread;
	message: MetaMessage;
	edits: number;
}

export class MetaThreads {
	private readonly threads = new Map<string, Thread>();
	private readonly byMid = new Map<string, Known>();

	constructor(
		private readonly people: MetaPeople,
		private readonly now: () => number,
	) {}

	find(accountId: string, person: string): Thread | undefined {
		return this.threads.get(`${accountId}:${person}`);
	}

	/** Finds it, or begins it. */
	open(account: MetaAccount, person: string): Thread {
		const known = this.find(account.id, person);
		if (known) return known;
		const thread: Thread = {
			account,
			person,
			messages: [],
			lastActivityAt: -Infinity,
			lastAdClickAt: -Infinity,
			typingUntil: 0,
			isSeen: true,
			isHandedOver: false,
		};
		this.threads.set(`${account.id}:${person}`, thread);
		return thread;
	}

	/** The account's, the one that changed last first. */
	of(accountId: string): Thread[] {
		return [...this.threads.values()].filter(({ account }) => account.id === accountId).reverse();
	}

	add(thread: Thread, at: number, said: Omit<MetaMessage, 'mid' | 'at'>): MetaMessage {
		const message = { mid: newMid(thread.account.channel), at: iso(at), ...said };
		thread.messages.push(message);
		this.byMid.set(message.mid, { thread, message, edits: 0 });
		this.makeLatest(thread);
		if (this.byMid.size > MESSAGES_KEPT) this.dropOldest();
		return message;
	}

	/** Throws for a message that nobody wrote. */
	message(mid: string): Known {
		const known = this.byMid.get(mid);
		if (known === undefined) throw new Error(`there is no message ${mid}`);
		return known;
	}

	/** A thing that the person did: it opens the window for answers. */
	note(thread: Thread, at: number, isAdClick = false): void {
		thread.lastActivityAt = Math.max(thread.lastActivityAt, at);
		if (isAdClick) thread.lastAdClickAt = Math.max(thread.lastAdClickAt, at);
	}

	shown(): MetaConversation[] {
		return [...this.threads.values()].map((thread) => ({
			channel: thread.account.channel,
			account: { id: thread.account.id, name: thread.account.name },
			person: {
				id: thread.person,
				name: this.people.find(thread.person)?.name ?? thread.person,
			},
			messages: inOrder(thread).map((message) => ({ ...message })),
			isTyping: thread.typingUntil > this.now(),
			isSeen: thread.isSeen,
			isBlocked: this.people.blocked.has(thread.person),
			isHandedOver: thread.isHandedOver,
		}));
	}

	forget(): void {
		this.threads.clear();
		this.byMid.clear();
	}

	private makeLatest(thread: Thread): void {
		const key = `${thread.account.id}:${thread.person}`;
		this.threads.delete(key);
		this.threads.set(key, thread);
	}

	private dropOldest(): void {
		const [mid, { thread }] = this.byMid.entries().next().value!;
		this.byMid.delete(mid);
		thread.messages.shift();
		if (thread.messages.length === 0) {
			this.threads.delete(`${thread.account.id}:${thread.person}`);
		}
	}
}

/** Oldest first by when they were written, which is not always when they came. */
export function inOrder({ messages }: Thread): MetaMessage[] {
	return messages.toSorted((one, other) => one.at.localeCompare(other.at));
}

function newMid(channel: MetaChannel): string {
	const random = randomBytes(48).toString('base64url');
	return channel === 'facebook' ? `m_${random}` : `aWdfZAG1faXRlbToxOk${random}`;
}

function iso(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}
