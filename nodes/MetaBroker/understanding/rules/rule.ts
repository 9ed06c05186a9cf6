import type { IntentRule } from '../understanding';

export interface BuiltInRule extends IntentRule {
	/** The phrase has to be all that a clause says, greetings and thanks aside. */
	isAlone?: true;
}

/** Phrases of one weight, one a line or parted by commas. */
export function rule(intent: string, weight: number, phrases: string): BuiltInRule {
	return { intent, weight, phrases: split(phrases) };
}

/** The same for what counts only where a clause says nothing else. */
export function alone(intent: string, weight: number, phrases: string): BuiltInRule {
	return { ...rule(intent, weight, phrases), isAlone: true };
}

export function split(phrases: string): string[] {
	return phrases
		.split(/[,\n]/)
		.map((phrase) => phrase.trim())
		.filter(Boolean);
}
