import type { LikePart } from './likePattern';
import { casedLetters } from './letterCase';

type Matches = (text: string) => boolean;

/** A UTF-16 unit in both its cases, or ONE for one whole character. */
type Element = readonly [unit: number, otherCase: number];
const ONE: Element = [-1, -1];

/**
 * Makes a function that says whether a text is like the pattern, in a time that grows with the
 * length of the text times that of the pattern and never faster.
 */
export function compileLike(pattern: readonly LikePart[], ignoresCase: boolean): Matches {
	return (ignoresCase ? undefined : compilePlain(pattern)) ?? compileAny(pattern, ignoresCase);
}

/** The forms that a marketer writes, by what JavaScript has for them. */
function compilePlain(pattern: readonly LikePart[]): Matches | undefined {
	const texts = pattern.filter((part) => typeof part === 'object');
	const [only] = texts;
	if (texts.length !== 1 || !only || pattern.includes('one')) return undefined;
	const { text } = only;
	if (pattern.length === 1) return (value) => value === text;
	if (pattern.length === 3) return (value) => value.includes(text);
	// Most rows differ in the first unit looked at, which costs less than asking for all of them.
	if (pattern[0] === 'any') {
		const last = text.charCodeAt(text.length - 1);
		return (value) => value.charCodeAt(value.length - 1) === last && value.endsWith(text);
	}
	const first = text.charCodeAt(0);
	return (value) => value.charCodeAt(0) === first && value.startsWith(text);
}

function compileAny(pattern: readonly LikePart[], ignoresCase: boolean): Matches {
	const runs: Element[][] = [[]];
	for (const part of pattern) {
		if (part === 'any') runs.push([]);
		else runs.at(-1)!.push(...(part === 'one' ? [ONE] : elementsOf(part.text, ignoresCase)));
	}
	const first = runs[0]!;
	if (runs.length === 1) return (text) => endOfRun(first, text, 0) === text.length;

	const last = runs.at(-1)!;
	const between = runs.slice(1, -1);
	return (text) => {
		let end = endOfRun(first, text, 0);
		for (const run of between) end = end === -1 ? -1 : endOfNextRun(run, text, end);
		// What is left over between the two belongs to the last %.
		return end !== -1 && startOfRun(last, text) >= end;
	};
}

function elementsOf(text: string, ignoresCase: boolean): Element[] {
	const letters = new Map(ignoresCase ? casedLetters(text) : []);
	const capitals = new Map([...letters].map(([capital, small]) => [small, capital]));
	return text.split('').map((unit) => {
		const other = letters.get(unit) ?? capitals.get(unit) ?? unit;
		return [unit.charCodeAt(0), other.charCodeAt(0)];
	});
}

/** Where the run ends that begins exactly at a place, else -1. */
function endOfRun(run: readonly Element[], text: string, start: number): number {
	let at = start;
	for (const element of run) {
		if (at >= text.length) return -1;
		if (element === ONE) at += isPairAt(text, at) ? 2 : 1;
		else if (isUnit(element, text.charCodeAt(at))) at++;
		else return -1;
	}
	return at;
}

/** Where the first such run from a place on ends, else -1. */
function endOfNextRun(run: readonly Element[], text: string, from: number): number {
	for (let start = from; start <= text.length; start++) {
		const end = endOfRun(run, text, start);
		if (end !== -1) return end;
	}
	return -1;
}

/** Where the run begins that ends with the text, else -1. */
function startOfRun(run: readonly Element[], text: string): number {
	let at = text.length;
	for (let index = run.length - 1; index >= 0; index--) {
		const element = run[index]!;
		if (at === 0) return -1;
		if (element === ONE) at -= at > 1 && isPairAt(text, at - 2) ? 2 : 1;
		else if (isUnit(element, text.charCodeAt(at - 1))) at--;
		else return -1;
	}
	return at;
}

function isUnit([unit, otherCase]: Element, found: number): boolean {
	return found === unit || found === otherCase;
}

/** Whether two units make one character, such as an emoji. */
function isPairAt(text: string, at: number): boolean {
	return text.codePointAt(at)! > 0xffff;
}
