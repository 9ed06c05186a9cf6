import { checkContract, describeProblems } from '../../shared/contracts/check';
import { narrativeAnswer, type NarrativeAnswer } from './answer';
import { withoutHiddenCharacters } from '../../shared/text/hiddenCharacters';
import type { Problem } from './problem';

const ANSWER_MAX = 100_000;
/** Openings of an object that are tried before an answer counts as prose. */
const OPENINGS_MAX = 5;
const REFUSAL = /^(?:i['’]?m sorry|i (?:can ?not|can['’]t|won['’]t|am unable)|sorry|as an ai)\b/i;

export type AnswerVerdict = { ok: true; answer: NarrativeAnswer } | { ok: false; problem: Problem };

/** Reads a model's text: JSON, JSON in a fence or in prose. Says what is wrong; never throws. */
export function readAnswer(text: string): AnswerVerdict {
	if (text.trim() === '') return unreadable('empty', 'The answer is empty.');
	if (text.length > ANSWER_MAX) return unreadable('too-long', 'The answer is far too long.');
	const found = findObject(text);
	if (found === undefined) {
		if (REFUSAL.test(text.trim())) return unreadable('refusal', 'The model refused to answer.');
		return text.includes('{')
			? unreadable('broken-json', 'The JSON of the answer is broken or cut off.')
			: unreadable('not-json', 'The answer is not a JSON object.');
	}
	const checked = checkContract(narrativeAnswer, found);
	if (!checked.ok) return unreadable('wrong-shape', describeProblems(checked.problems));
	return { ok: true, answer: cleanAnswer(checked.value) };
}

function unreadable(kind: string, message: string): AnswerVerdict {
	return { ok: false, problem: { rule: `answer/${kind}`, quote: '', message } };
}

function findObject(text: string): object | undefined {
	const whole = parseObject(text);
	if (whole) return whole;
	let opening = text.indexOf('{');
	for (let tries = 0; opening >= 0 && tries < OPENINGS_MAX; tries++) {
		const end = endOfObject(text, opening);
		const found = end === undefined ? undefined : parseObject(text.slice(opening, end));
		if (found) return found;
		opening = text.indexOf('{', opening + 1);
	}
	return undefined;
}

/** Position after the brace that closes the one at `opening`, minding strings. */
function endOfObject(text: string, opening: number): number | undefined {
	let depth = 0;
	let inString = false;
	for (let at = opening; at < text.length; at++) {
		const character = text[at];
		if (inString) {
			if (character === '\\') at++;
			else if (character === '"') inString = false;
		} else if (character === '"') inString = true;
		else if (character === '{') depth++;
		else if (character === '}' && --depth === 0) return at + 1;
	}
	return undefined;
}

function parseObject(text: string): object | undefined {
	const value = parseJson(text);
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** The one `catch` of this folder: broken JSON is an expected answer, not an error. */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function cleanAnswer(answer: NarrativeAnswer): NarrativeAnswer {
	const clean = (text: string) => withoutHiddenCharacters(text).trim();
	return {
		headline: clean(answer.headline).replace(/\s+/g, ' '),
		description: clean(answer.description),
		highlights: answer.highlights.map(clean).filter(Boolean),
		facts_used: [...new Set(answer.facts_used)],
		market_summary: clean(answer.market_summary),
		caveats: answer.caveats.map(clean).filter(Boolean),
	};
}
