import { cut } from '../../shared/text/cut';

const SHOWN_LENGTH = 40;

/** What is wrong with a query, where, and what to write instead. */
export interface AudienceProblem {
	/** A sentence without its full stop. */
	problem: string;
	/** Where the offending text begins, in UTF-16 units from 0, as `slice` counts. */
	position: number;
	/** The offending text as written; empty where the query ends too early. */
	text: string;
	/** A sentence that says what to write instead. */
	hint?: string;
}

/** Text of a query as a message quotes it: what is long ends in an ellipsis. */
export function shown(text: string): string {
	return text.length <= SHOWN_LENGTH ? text : `${cut(text, SHOWN_LENGTH - 1)}…`;
}

/** A query that the audience language refuses. */
export class AudienceError extends Error {
	override readonly name = 'AudienceError';
	readonly problem: string;
	readonly position: number;
	/** As a person counts characters, from 1. */
	readonly column: number;
	readonly text: string;
	readonly hint: string | undefined;

	constructor(query: string, { problem, position, text, hint }: AudienceProblem) {
		const column = [...query.slice(0, position)].length + 1;
		super(`${problem}, at column ${column}.${hint ? ` ${hint}` : ''}`);
		this.problem = problem;
		this.position = position;
		this.column = column;
		this.text = shown(text);
		this.hint = hint;
	}
}
