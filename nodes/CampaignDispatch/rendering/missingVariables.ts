import { Context } from 'liquidjs';

import { attempt } from './attempt';
import { isMet } from './conditions';
import { HTML_ENGINE } from './engine';
import type { CompiledTemplate } from './mailTemplate';
import { formatPath, valuesAt } from './paths';
import type { Guard } from './uses';

/**
 * The variables whose absence would leave a hole in this recipient's mail: undefined, null or blank
 * text, where the conditions around them hold. Of a list only undefined or null; a field of its items is
 * missing if any item lacks it.
 */
export function missingVariables(
	{ uses }: Pick<CompiledTemplate, 'uses'>,
	data: Record<string, unknown>,
): string[] {
	const missing = uses.filter(
		({ required, path, isList, guards }) =>
			required &&
			valuesAt(data, path).some((value) => isMissing(value, isList)) &&
			isSeen(guards, data),
	);
	return [...new Set(missing.map(({ path }) => formatPath(path)))];
}

function isSeen(guards: readonly Guard[], data: Record<string, unknown>): boolean {
	const context = new Context(data, HTML_ENGINE.options, { sync: true }, { liquid: HTML_ENGINE });
	const seen = attempt(() =>
		guards.every((guard) => isMet(guard.condition, context) === guard.isMet),
	);
	// Data that cannot be compared is told by what is missing in it.
	return 'failure' in seen || seen.value;
}

function isMissing(value: unknown, isList: boolean): boolean {
	if (value === undefined || value === null) return true;
	return !isList && typeof value === 'string' && value.trim() === '';
}
