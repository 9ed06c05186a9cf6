import type { Channel } from '../events/channelEvent';

/**
 * The longest text of a message: characters on Messenger, bytes of UTF-8 on Instagram.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
 * @see https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message
 */
const MEASURES: Record<Channel, { limit: number; sizeOf(codePoint: number): number }> = {
	facebook: { limit: 2000, sizeOf: (codePoint) => (codePoint > 0xffff ? 2 : 1) },
	instagram: {
		limit: 1000,
		sizeOf: (codePoint) =>
			codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4,
	},
};
/** A part that ends with a paragraph or a sentence is at least so full, else it ends with a word. */
const FULL_ENOUGH = 1 / 3;

const SPACE = /\s/;
const SENTENCE_END = /[.!?…。！？][)"'”’\]]{0,3}$/;
const URLS = /(?:https?:\/\/|www\.)[^\s<>"\u0080-\uffff]*/gi;
const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Cuts a text into parts that a message of the channel can have: after a paragraph, else a line or a
 * sentence, else a word, else a character as people see it, and not within an address that fits into
 * a part. Only white space at the cuts is lost, and halves of characters. Takes linear time.
 */
export function splitText(given: string, channel: Channel): string[] {
	const text = given
		.replace(/\r\n?/g, '\n')
		.replace(/\p{Cs}/gu, '')
		.trim();
	const parts: string[] = [];
	for (let start = 0; start < text.length;) {
		const end = partEnd(text, start, channel);
		parts.push(text.slice(start, end));
		start = end;
		while (start < text.length && SPACE.test(text[start] ?? '')) start += 1;
	}
	return parts;
}

/** Where the part that starts here ends. There is no white space before it. */
function partEnd(text: string, start: number, channel: Channel): number {
	const reach = reachOf(text, start, channel);
	if (reach === text.length) return reach;
	const least = start + (reach - start) * FULL_ENOUGH;
	const ends = { paragraph: 0, sentence: 0, word: 0 };
	for (let at = start + 1; at <= reach; at++) {
		if (!SPACE.test(text[at] ?? '')) continue;
		const end = at;
		let lines = 0;
		for (; SPACE.test(text[at] ?? ''); at++) if (text[at] === '\n') lines += 1;
		ends.word = end;
		if (lines > 1) ends.paragraph = end;
		if (lines > 0 || SENTENCE_END.test(text.slice(Math.max(start, end - 4), end)))
			ends.sentence = end;
	}
	if (ends.paragraph > least) return ends.paragraph;
	if (ends.sentence > least) return ends.sentence;
	return ends.word || endWithinWord(text, start, reach, channel);
}

/** As far as a part can go that starts here. */
function reachOf(text: string, start: number, channel: Channel): number {
	const { limit, sizeOf } = MEASURES[channel];
	let reach = start;
	for (let size = 0; reach < text.length;) {
		const codePoint = text.codePointAt(reach) ?? 0;
		size += sizeOf(codePoint);
		if (size > limit) break;
		reach += codePoint > 0xffff ? 2 : 1;
	}
	return reach;
}

function endWithinWord(text: string, start: number, reach: number, channel: Channel): number {
	// An address that fits into a part ends within the reach of the one that starts with it.
	const nearby = text.slice(start, reach + MEASURES[channel].limit + 1);
	for (const { 0: url, index } of nearby.matchAll(URLS)) {
		const from = start + index;
		const to = from + url.length;
		if (from > start && from < reach && to > reach && reachOf(text, from, channel) >= to) {
			return from;
		}
	}
	// One code point more than the part can have, to see whether a character ends before it.
	const letters = CHARACTERS.segment(text.slice(start, reach + 2));
	const end = start + (letters.containing(reach - start)?.index ?? 0);
	return end > start ? end : reach;
}
