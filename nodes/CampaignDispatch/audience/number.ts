import { MAX_NUMBER_LENGTH } from './limits';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A number of the language, or what is wrong with it. */
export function readNumber(written: string): number | { problem: string; hint: string } {
	if (written.length > MAX_NUMBER_LENGTH) {
		return {
			problem: `A number has at most ${MAX_NUMBER_LENGTH} characters`,
			hint: 'Write a shorter one',
		};
	}
	if (!NUMBER.test(written)) {
		return {
			problem: `"${written}" is no number`,
			hint: 'Write all digits and nothing else, such as 5000000 or 0.5',
		};
	}
	const value = Number(written);
	if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
		return {
			problem: `${written} is too large`,
			hint: `A number is at most ${Number.MAX_SAFE_INTEGER}`,
		};
	}
	if (value === 0 && /^-?[\d.]*[1-9]/.test(written)) {
		return { problem: `${written} is too small`, hint: 'Write 0' };
	}
	return value === 0 ? 0 : value;
}
