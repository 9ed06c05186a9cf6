import { type Token, TypeGuards } from 'liquidjs';

/** Where a value is found: names of fields, and `EACH` for every item of a list. */
export type Path = readonly string[];

export const EACH = '[]';
const NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/**
 * The paths that a token reads from the data: its own, up to the first step that only the data can
 * decide (`list[0]`, `labels[lang]`), and those of the steps.
 */
export function pathsIn(token: Token | undefined): Path[] {
	if (TypeGuards.isRangeToken(token)) return [...pathsIn(token.lhs), ...pathsIn(token.rhs)];
	if (!TypeGuards.isPropertyAccessToken(token)) return [];
	const nested = token.props.flatMap((step) => pathsIn(step));
	const own = token.variable ? [] : fixedSteps(token.props);
	return own.length > 0 ? [own, ...nested] : nested;
}

/** The one path that a token is, if the data decides no step of it. */
export function exactPath(token: Token | undefined): Path | undefined {
	if (!TypeGuards.isPropertyAccessToken(token) || token.variable) return undefined;
	const names = fixedSteps(token.props);
	return names.length === token.props.length ? names : undefined;
}

/** `properties[].title` */
export function formatPath(path: Path): string {
	return path.join('.').replaceAll(`.${EACH}`, EACH);
}

/** Reads what `formatPath` wrote. */
export function parsePath(path: string): Path {
	return path.replaceAll(EACH, `.${EACH}`).split('.');
}

/** The values at a path, one for each item of its lists, as Liquid finds them. */
export function valuesAt(data: unknown, [step, ...rest]: Path): unknown[] {
	if (step === undefined) return [data];
	if (step === EACH) return Array.isArray(data) ? data.flatMap((item) => valuesAt(item, rest)) : [];
	return valuesAt(fieldOf(data, step), rest);
}

function fieldOf(data: unknown, name: string): unknown {
	if (data === null || data === undefined) return undefined;
	if (Object.hasOwn(data, name)) return (data as Record<string, unknown>)[name];
	if (typeof data === 'string') return name === 'size' ? data.length : undefined;
	if (!Array.isArray(data)) return undefined;
	if (name === 'size') return data.length;
	return name === 'first' ? data[0] : name === 'last' ? data.at(-1) : undefined;
}

function fixedSteps(steps: readonly Token[]): string[] {
	const names: string[] = [];
	for (const step of steps) {
		const isName = TypeGuards.isWordToken(step) || TypeGuards.isQuotedToken(step);
		if (!isName || !NAME.test(step.content)) break;
		names.push(step.content);
	}
	return names;
}
