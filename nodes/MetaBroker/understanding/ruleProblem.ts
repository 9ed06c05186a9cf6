import type { IntentRule, PlaceAlias } from './understanding';

const MOST_WORDS = 8;
const NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** A rule or a place that a person wrote and that cannot be used. */
export class RuleProblem extends RangeError {
	override readonly name = 'RuleProblem';
	/** A sentence that says what to write instead. */
	readonly hint: string;

	constructor(problem: string, hint: string) {
		super(`${problem}. ${hint}`);
		this.hint = hint;
	}
}

/** Throws a RuleProblem for a rule with no usable name or weight; `position` counts from 1. */
export function checkRule({ intent, weight, phrases }: IntentRule, position: number): void {
	if (!NAME.test(intent)) {
		throw new RuleProblem(
			`Rule ${position} has the intent "${intent}"`,
			'Write a name such as pet_question: small letters, digits and underscores.',
		);
	}
	const which = `Rule ${position} (${intent})`;
	if (!(weight > 0 && weight <= 1)) {
		throw new RuleProblem(`${which} has the weight ${weight}`, 'Give it one above 0 and up to 1.');
	}
	if (phrases.length === 0) {
		throw new RuleProblem(`${which} has no phrase`, 'Give it at least one.');
	}
}

/** Throws a RuleProblem for a place without a name. */
export function checkPlace({ place }: PlaceAlias, position: number): void {
	if (place.trim() === '') {
		throw new RuleProblem(`Place ${position} has no name`, 'Write it as the platform does.');
	}
}

/** Throws a RuleProblem for words that no message can be compared with. */
export function checkWords(words: readonly string[], phrase: string, where: string): void {
	const which = `${where} has the phrase "${phrase.slice(0, 60)}"`;
	if (words.length === 0) {
		throw new RuleProblem(
			`${which}, in which nothing is left to compare`,
			'Write at least one word that is more than a courtesy.',
		);
	}
	if (words.length > MOST_WORDS) {
		throw new RuleProblem(`${which}, which is too long`, `Write up to ${MOST_WORDS} words.`);
	}
}

/** Throws a RuleProblem where `*` stands behind too few letters. */
export function checkBeginning(word: string, least: number, where: string): void {
	if (word.length - 1 >= least) return;
	throw new RuleProblem(
		`${where} has "${word}", which stands for nearly every word`,
		`Write at least ${least} letters before the *.`,
	);
}
