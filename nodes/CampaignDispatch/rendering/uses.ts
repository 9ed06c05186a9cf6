import type { Token, Value } from 'liquidjs';

import { proofOf } from './conditions';
import { EACH, exactPath, formatPath, type Path, pathsIn } from './paths';
import type { Condition, Piece } from './pieces';

/** A place where a template looks at the data. */
export interface Use {
	path: Path;
	isList: boolean;
	/** Whether there would be a hole without it. */
	required: boolean;
	/** The branches around it: without them nobody sees the hole. */
	guards: readonly Guard[];
}

type Kind = Partial<Pick<Use, 'isList' | 'required'>>;

export interface Guard {
	condition: Condition;
	/** Whether it has to hold. */
	isMet: boolean;
}

/** What is known within a branch. */
interface Scope {
	/** Paths whose values are there for sure. */
	proven: ReadonlySet<string>;
	guards: readonly Guard[];
	/** A branch on what the template makes itself, such as the item of a loop. */
	isUndecidable: boolean;
}

/**
 * The uses in a part. A condition alone asks for nothing: what it looks at may be missing, and
 * within its branch what it proves is not.
 */
export function usesIn(template: readonly Piece[]): Use[] {
	const uses: Use[] = [];
	/** Names that the template gives; undefined where it made the value itself. */
	const names = new Map<string, Path | undefined>([['forloop', undefined]]);
	walk(template, { proven: new Set(), guards: [], isUndecidable: false });
	return uses;

	function walk(pieces: readonly Piece[], scope: Scope): void {
		for (const piece of pieces) {
			if (piece.kind === 'output') useValue(piece.output.value, scope);
			if (piece.kind === 'assign') {
				const alias = aliasOf(piece.value);
				if (!alias) useValue(piece.value, scope);
				names.set(piece.name, alias && resolve(alias));
			}
			if (piece.kind === 'choice') walkChoice(piece, scope);
			if (piece.kind === 'loop') walkLoop(piece, scope);
		}
	}

	function walkChoice({ arms }: Piece & { kind: 'choice' }, scope: Scope): void {
		let otherwise = scope;
		for (const { condition, body } of arms) {
			if (condition) useValue(condition.value, otherwise, false);
			for (const token of condition?.among ?? []) use(token, otherwise, { required: false });
			walk(body, condition ? narrow(otherwise, { condition, isMet: true }) : otherwise);
			if (condition) otherwise = narrow(otherwise, { condition, isMet: false });
		}
	}

	function walkLoop({ loop, body, otherwise }: Piece & { kind: 'loop' }, scope: Scope): void {
		const bounds = Object.values(loop.hash.hash).filter((bound) => bound !== undefined);
		for (const bound of bounds) use(bound, scope);
		// An author who says what stands in the place of an empty list needs none.
		use(loop.collection, scope, { isList: true, required: otherwise.length === 0 });
		const list = exactPath(loop.collection);
		// Which items a bounded loop shows is not known here.
		const items = bounds.length === 0 && list ? resolve(list) : undefined;
		const wasNamed = names.has(loop.variable);
		const before = names.get(loop.variable);
		names.set(loop.variable, items && [...items, EACH]);
		walk(body, scope);
		if (wasNamed) names.set(loop.variable, before);
		else names.delete(loop.variable);
		walk(otherwise, scope);
	}

	function useValue({ initial, filters }: Value, scope: Scope, isPrinted = true): void {
		const hasDefault = filters.some(({ name, args }) => name === 'default' && args.length > 0);
		for (const token of initial.postfix) use(token, scope, { required: isPrinted && !hasDefault });
		for (const { name, args } of filters) {
			for (const arg of args) {
				use(Array.isArray(arg) ? arg[1] : arg, scope, { required: isPrinted });
			}
			if (name === 'with_utm') add(['utm'], scope, { required: false });
		}
	}

	function use(token: Token | undefined, scope: Scope, kind: Kind = {}): void {
		for (const each of pathsIn(token)) {
			const path = resolve(each);
			if (path) add(path, scope, kind);
		}
	}

	function add(
		path: Path,
		{ proven, guards, isUndecidable }: Scope,
		{ isList = false, required = true }: Kind,
	): void {
		const isSure = isUndecidable || proven.has(formatPath(path));
		uses.push({ path, isList, required: required && !isSure, guards });
	}

	function resolve(path: Path): Path | undefined {
		const [root = '', ...rest] = path;
		if (!names.has(root)) return path;
		const alias = names.get(root);
		return alias && [...alias, ...rest];
	}

	function narrow({ proven, guards, isUndecidable }: Scope, guard: Guard): Scope {
		const { whenTrue, whenFalse } = proofOf(guard.condition);
		const found = (guard.isMet ? whenTrue : whenFalse).flatMap((path) => [resolve(path) ?? []]);
		const isOurs = pathsOf(guard.condition).some(([root = '']) => names.has(root));
		return {
			proven: new Set([...proven, ...found.flatMap(withPrefixes)]),
			guards: [...guards, guard],
			isUndecidable: isUndecidable || isOurs,
		};
	}
}

/** A proof of `property.title` is one of `property` too. */
function withPrefixes(path: Path): string[] {
	return path.map((_step, index) => formatPath(path.slice(0, index + 1)));
}

function pathsOf({ value, among = [] }: Condition): Path[] {
	return [...value.initial.postfix, ...among].flatMap(pathsIn);
}

/** The path of a value that is read and not changed. */
function aliasOf({ initial, filters }: Value): Path | undefined {
	return filters.length === 0 && initial.postfix.length === 1
		? exactPath(initial.postfix[0])
		: undefined;
}
