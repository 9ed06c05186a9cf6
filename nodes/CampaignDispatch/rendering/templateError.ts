import type { Token } from 'liquidjs';

import type { MailPart } from './mailTemplate';

export interface TemplateErrorDetails {
	part: MailPart;
	/** Both count from 1. */
	line: number;
	column: number;
	/** How to get unstuck. */
	hint: string;
}

/** What is wrong with a template, in words for its author. Never holds data of a recipient. */
export class TemplateError extends Error {
	override name = 'TemplateError' as const;

	readonly part: MailPart;

	readonly line: number;

	readonly column: number;

	readonly hint: string;

	constructor(message: string, { part, line, column, hint }: TemplateErrorDetails) {
		super(message);
		this.part = part;
		this.line = line;
		this.column = column;
		this.hint = hint;
	}
}

/** The error for what stands at this place of a template. */
export function errorAt(
	token: Token,
	part: MailPart,
	message: string,
	hint: string,
): TemplateError {
	const [line = 1, column = 1] = token.getPosition();
	return new TemplateError(message, { part, line, column, hint });
}

/** Thrown by a filter; its words may be shown, because they quote no data. */
export class FilterFault extends Error {
	readonly hint: string;

	constructor(message: string, hint: string) {
		super(message);
		this.hint = hint;
	}
}
