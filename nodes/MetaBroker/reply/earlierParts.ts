import type { MetaContent } from '../../shared/vendors/meta';
import type { ListedMessage } from '../../shared/vendors/meta/conversation';

const SECOND_MS = 1000;

export interface EarlierParts {
	/** Meta's ids of the parts that the conversation shows, by their place in the reply. */
	found: Map<number, string>;
	/** The first part that is not there is cards, and nobody can tell whether they went out. */
	isUnknowable: boolean;
}

/**
 * Which parts of a reply an earlier attempt has sent, by what the conversation shows. Parts go out
 * one after the other, so that the first one that is not there ends the search.
 *
 * A text is there where the account has written the same since the event. Cards have no text to
 * compare: they are there where the account has sent anything without text since then. Where there
 * is no such thing, they are taken as not sent only if the list shows what came before them, the part
 * before or the event: else it may be that Graph does not show the latest messages yet, and rather
 * should a text miss its cards than should a person get them twice.
 */
export function findEarlierParts(search: {
	parts: readonly MetaContent[];
	/** Meta's ids of the parts that are known, by their place. All before the last one went out. */
	known: ReadonlyMap<number, string>;
	/** Of messages that are something else. */
	otherIds: ReadonlySet<string>;
	/** Oldest first. */
	messages: readonly ListedMessage[];
	userId: string;
	/** UTC ISO 8601. */
	eventAt: string;
}): EarlierParts {
	const { parts, known, otherIds, messages, userId, eventAt } = search;
	const since = Math.floor(Date.parse(eventAt) / SECOND_MS) * SECOND_MS;
	const recent = messages.filter(({ createdMs }) => createdMs >= since);
	const ours = recent.filter(({ fromId }) => fromId !== userId);
	const taken = new Set([...otherIds, ...known.values()]);
	const firstUnsure = Math.max(-1, ...known.keys()) + 1;

	const found = new Map<number, string>();
	for (const [index, part] of parts.entries()) {
		if (known.has(index)) continue;
		// The oldest that fits, so that of two parts alike the earlier one takes the earlier message.
		const message = ours.find((one) => !taken.has(one.id) && isLike(one, part));
		if (message) {
			taken.add(message.id);
			found.set(index, message.id);
		} else if (index >= firstUnsure) {
			const before = parts[index - 1];
			const idBefore = found.get(index - 1) ?? known.get(index - 1);
			const isListCurrent = before
				? ours.some((one) => one.id === idBefore || isLike(one, before))
				: recent.length > 0;
			return { found, isUnknowable: 'attachment' in part && !isListCurrent };
		}
	}
	return { found, isUnknowable: false };
}

function isLike({ text }: ListedMessage, part: MetaContent): boolean {
	return plain(text) === ('text' in part ? plain(part.text) : '');
}

/** Meta may give white space and composed letters back in another way. */
function plain(text: string): string {
	return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
