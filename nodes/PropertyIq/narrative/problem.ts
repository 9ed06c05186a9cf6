import type { Token } from './tokens';

const QUOTE_MAX = 40;

/** One reason why a text may not be published. */
export interface Problem {
	/** Such as `unknown-number` or `fair-housing/familial-no-children`. */
	rule: string;
	/** The few characters at fault, at most 40, never the text around them. */
	quote: string;
	/** What is wrong, one sentence for a person or a model. */
	message: string;
}

/** A fragment short enough to be shown: nothing that it may have been told to say gets through. */
export function quoteText(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= QUOTE_MAX ? line : `${line.slice(0, QUOTE_MAX - 1).trimEnd()}…`;
}

export function quoteTokens(tokens: readonly Token[], from: number, to: number): string {
	return quoteText(
		tokens
			.slice(from, to)
			.map(({ raw, glued }, index) => (index === 0 || glued ? raw : ` ${raw}`))
			.join(''),
	);
}

/** Each problem once, however often the text repeats it. */
export function distinct(problems: readonly Problem[]): Problem[] {
	return [
		...new Map(problems.map((problem) => [`${problem.rule}\n${problem.quote}`, problem])).values(),
	];
}
