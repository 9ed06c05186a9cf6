import {
	type Context,
	evalTokenValue,
	isTruthy,
	type Token,
	toValueSync,
	TypeGuards,
} from 'liquidjs';

import { type Path, pathsIn } from './paths';
import type { Condition } from './pieces';

/** Values that are there for sure if a condition holds, and if it does not. */
export interface Proof {
	whenTrue: Path[];
	whenFalse: Path[];
}

interface Operand extends Proof {
	/** What a comparison speaks about. */
	compared: Path[];
	/** `nil`, `blank`, `empty` and `false`. */
	isNothing: boolean;
	/** A number as the template writes it. */
	size?: number;
}

const NOTHING_KNOWN: Proof = { whenTrue: [], whenFalse: [] };

/** What a condition says about the values that it looks at. */
export function proofOf({ value, holds, among }: Condition): Proof {
	if (value.filters.length > 0) return NOTHING_KNOWN;
	const stack: Operand[] = [];
	for (const token of value.initial.postfix) {
		if (!TypeGuards.isOperatorToken(token)) {
			stack.push(operandOf(token));
		} else if (token.operator === 'not') {
			stack.push(toOperand(negate(stack.pop() ?? NOTHING_KNOWN)));
		} else {
			const right = stack.pop();
			const left = stack.pop();
			if (!left || !right) return NOTHING_KNOWN;
			stack.push(toOperand(combine(token.operator, left, right)));
		}
	}
	const [proof] = stack;
	if (!proof) return NOTHING_KNOWN;
	if (among) {
		const isSomething = among.every((token) => !operandOf(token).isNothing);
		return isSomething ? { whenTrue: proof.compared, whenFalse: [] } : NOTHING_KNOWN;
	}
	return holds ? proof : negate(proof);
}

/** Whether a condition holds for the data of a context. */
export function isMet({ value, holds, among }: Condition, context: Context): boolean {
	const found: unknown = toValueSync(value.value(context));
	if (!among) return isTruthy(found, context) === holds;
	return among.some((token) => toValueSync(evalTokenValue(token, context)) === found);
}

function combine(operator: string, left: Operand, right: Operand): Proof {
	const compared = [...left.compared, ...right.compared];
	switch (operator) {
		case 'and':
			return { whenTrue: [...left.whenTrue, ...right.whenTrue], whenFalse: [] };
		case 'or':
			return { whenTrue: [], whenFalse: [...left.whenFalse, ...right.whenFalse] };
		case '==':
			return left.isNothing || right.isNothing
				? { whenTrue: [], whenFalse: compared }
				: { whenTrue: compared, whenFalse: [] };
		case '!=':
			return negate(combine('==', left, right));
		case 'contains':
			return { whenTrue: compared, whenFalse: [] };
		// Nothing counts as 0 when it is compared by size.
		case '>':
			return (right.size ?? -1) >= 0 ? { whenTrue: compared, whenFalse: [] } : NOTHING_KNOWN;
		case '>=':
			return (right.size ?? 0) > 0 ? { whenTrue: compared, whenFalse: [] } : NOTHING_KNOWN;
		default:
			return NOTHING_KNOWN;
	}
}

function negate({ whenTrue, whenFalse }: Proof): Proof {
	return { whenTrue: whenFalse, whenFalse: whenTrue };
}

function toOperand(proof: Proof): Operand {
	return { ...proof, compared: [], isNothing: false };
}

function operandOf(token: Token): Operand {
	const [path] = pathsIn(token);
	const compared = path ? [path] : [];
	return {
		whenTrue: compared,
		whenFalse: [],
		compared,
		isNothing: TypeGuards.isLiteralToken(token) && token.literal !== 'true',
		...(TypeGuards.isNumberToken(token) && { size: token.content }),
	};
}
