import type { Clock, Send } from '../../shared/http/send';
import {
	getEmailRequest,
	type ListedEmail,
	listEmailsRequest,
	readEmailList,
	readEmailTags,
	type ResendMail,
} from '../../shared/vendors/resend';
import { readMoment } from '../../shared/vendors/resend/moment';
import { senderAddress } from './sender';

const MINUTE_MS = 60_000;
/** As far as Resend's clock may be behind the one that noted the first attempt. */
const CLOCK_DIFFERENCE_MS = 5 * MINUTE_MS;

/** Mails of which it is not known whether they were sent. */
export interface DoubtfulMails {
	mails: readonly ResendMail[];
	/** When they may have been sent for the first time, in milliseconds. */
	since: number;
}

export interface FoundMails {
	/** Resend's ids of those that were sent, by their place. */
	ids: Map<number, string>;
	/**
	 * Whether the list went back to before the first attempt. Where it did not, the account is young
	 * or Resend has removed the mails of that time.
	 */
	reachedBack: boolean;
}

/**
 * Asks Resend's list of sent mails which of these it knows, in one walk from the newest backwards. A
 * mail is known by recipient, sender and subject, and by its tags, which the list does not show: one
 * mail of a set is looked at, or each where another campaign may have sent the like. Throws a
 * VendorError.
 */
export async function findSent(
	send: Send,
	clock: Clock,
	doubtful: readonly DoubtfulMails[],
): Promise<FoundMails[]> {
	const wanted = new Map<string, Place[]>();
	for (const [set, { mails, since }] of doubtful.entries()) {
		for (const [index, mail] of mails.entries()) {
			const likeness = likenessOf(mail.from, mail.to[0] ?? '', mail.subject);
			const earliest = since - CLOCK_DIFFERENCE_MS;
			wanted.set(likeness, [...(wanted.get(likeness) ?? []), { set, index, earliest }]);
		}
	}
	const candidates = doubtful.map((): Candidates => new Map());
	const earliest = Math.min(...doubtful.map(({ since }) => since - CLOCK_DIFFERENCE_MS));
	const reachedBack = await walkList(send, clock, earliest, (email, sentAt) => {
		for (const to of email.to) {
			for (const place of wanted.get(likenessOf(email.from, to, email.subject)) ?? []) {
				if (sentAt < place.earliest) continue;
				const ids = candidates[place.set];
				ids?.set(place.index, [...(ids.get(place.index) ?? []), email.id]);
			}
		}
	});

	const found: FoundMails[] = [];
	for (const [set, { mails }] of doubtful.entries()) {
		const ids = await confirmed(send, clock, mails, candidates[set] ?? new Map());
		found.push({ ids, reachedBack });
	}
	return found;
}

interface Place {
	set: number;
	index: number;
	earliest: number;
}

/** Ids of mails that look the same, by the place of the one that is looked for. */
type Candidates = Map<number, string[]>;

/** Shows every listed mail until they get older than `earliest`; true where one did. */
async function walkList(
	send: Send,
	clock: Clock,
	earliest: number,
	onEmail: (email: ListedEmail, sentAt: number) => void,
): Promise<boolean> {
	let after: string | undefined;
	do {
		const page = readEmailList(await send(listEmailsRequest(after)), clock.now());
		for (const email of page.emails) {
			const sentAt = readMoment(email.createdAt);
			if (sentAt < earliest) return true;
			onEmail(email, sentAt);
		}
		after = page.next;
	} while (after !== undefined);
	return false;
}

async function confirmed(
	send: Send,
	clock: Clock,
	mails: readonly ResendMail[],
	candidates: Candidates,
): Promise<Map<number, string>> {
	const isOurs = async (index: number, id: string) => {
		const tags = readEmailTags(await send(getEmailRequest(id)), clock.now());
		return mails[index]?.tags.every(({ name, value }) => tags[name] === value) ?? false;
	};
	const firstOnes = [...candidates].map(([index, ids]): [number, string] => [index, ids[0] ?? '']);
	const [sample] = firstOnes;
	const isClear = [...candidates.values()].every((ids) => ids.length === 1);
	if (sample && isClear && (await isOurs(...sample))) return new Map(firstOnes);

	const found = new Map<number, string>();
	for (const [index, ids] of candidates) {
		for (const id of ids) {
			if (found.has(index) || !(await isOurs(index, id))) continue;
			found.set(index, id);
		}
	}
	return found;
}

/** Resend shows the name of a sender in its own way, so that only the address is compared. */
function likenessOf(from: string, to: string, subject: string): string {
	return JSON.stringify([senderAddress(from), senderAddress(to), subject.trim()]);
}
