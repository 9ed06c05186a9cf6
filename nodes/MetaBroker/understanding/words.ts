import type { Token } from './tokens';

/** What phrases are compared with: words and numbers, without what is said for courtesy only. */
export interface Word {
	text: string;
	/** Counts up where a sentence, or the part between two commas, ends. */
	clause: number;
}

/** Particles, mostly Tagalog ones, that may stand anywhere and change nothing in a request. */
const PARTICLES = new Set(
	(
		'po ho ba bang pong hong naman namang nga lang lamang din rin daw raw sana sanang kasi ' +
		'eh e ah pls plz please plss pls just really very kindly'
	).split(' '),
);

const CLAUSE_SIGNS = new Set([',', '.', ';', ':', '?', '!', '\n', '(', ')']);
/** A point behind one of these ends nothing: "Sta. Rosa". */
const ABBREVIATIONS = new Set(
	'sta sto st brgy bgy bldg ave mr mrs ms dr atty engr approx apt'.split(' '),
);
const CLAUSE_WORDS = new Set([
	'but',
	'pero',
	'kaso',
	'ngunit',
	'kundi',
	'instead',
	'however',
	'because',
]);

const NEGATIONS = new Set(
	(
		'not no dont doesnt didnt never cannot cant wont isnt arent wouldnt without nor ' +
		'hindi hinde di wag huwag wala ayaw ayoko ayokong wlang walang'
	).split(' '),
);
/** "Hindi ba?" asks for a yes, and denies nothing. */
const ASKS_FOR_YES = new Set(['hindi', 'hinde', 'di']);
/** So many words before a phrase, within its clause, may deny it. */
const REACH = 3;

export function wordsOf(tokens: readonly Token[]): Word[] {
	const words: Word[] = [];
	let clause = 0;
	for (const { kind, text } of tokens) {
		if (kind === 'sign') {
			const isAbbreviated = text === '.' && ABBREVIATIONS.has(words.at(-1)?.text ?? '');
			if (CLAUSE_SIGNS.has(text) && !isAbbreviated) clause++;
			continue;
		}
		const last = words.at(-1);
		if (PARTICLES.has(text)) {
			if (text === 'ba' && last && ASKS_FOR_YES.has(last.text)) words.pop();
			continue;
		}
		if (CLAUSE_WORDS.has(text)) clause++;
		else if (last?.text !== text || last.clause !== clause) words.push({ text, clause });
	}
	return words;
}

/** Whether the words before a phrase deny it: "not looking to rent", "wag itigil". */
export function isDenied(words: readonly Word[], start: number): boolean {
	const { clause } = words[start]!;
	for (let index = start - 1; index >= 0 && index >= start - REACH; index--) {
		const word = words[index]!;
		if (word.clause !== clause) return false;
		if (NEGATIONS.has(word.text)) return true;
	}
	return false;
}
