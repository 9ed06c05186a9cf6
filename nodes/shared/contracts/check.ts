import type { z } from 'zod';

import { takesAsIs } from './takesAsIs';

/** One field that breaks a contract, in words a person can act on. */
export interface ContractProblem {
	field: string;
	message: string;
}

export type ContractVerdict<T> =
	{ ok: true; value: T } | { ok: false; problems: ContractProblem[] };

/**
 * Holds a value against a contract. Never throws; names every field at fault, never its content. The
 * value it returns is the one given where nothing of it had to be trimmed or converted.
 */
export function checkContract<S extends z.ZodTypeAny>(
	contract: S,
	value: unknown,
): ContractVerdict<z.infer<S>> {
	if (takesAsIs(contract, value)) return { ok: true, value };
	const parsed = contract.safeParse(value);
	if (parsed.success) return { ok: true, value: parsed.data };
	return {
		ok: false,
		problems: parsed.error.issues.map((issue) => ({
			field: issue.path.join('.') || '(body)',
			message: issue.message === 'Required' ? 'is required' : issue.message,
		})),
	};
}

/** The problems in one sentence, such as `price_amount: is required; beds: Expected number`. */
export function describeProblems(problems: ContractProblem[]): string {
	return problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
}
