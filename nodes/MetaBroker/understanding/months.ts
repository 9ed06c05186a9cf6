/** Months by their English and Tagalog names and short forms, from 1. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
	[
		'january jan enero',
		'february feb febuary pebrero',
		'march mar marso',
		'april apr abril',
		'may mayo',
		'june jun hunyo',
		'july jul hulyo',
		'august aug agosto',
		'september sept sep setyembre',
		'october oct oktubre',
		'november nov nobyembre',
		'december dec disyembre',
	].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);
