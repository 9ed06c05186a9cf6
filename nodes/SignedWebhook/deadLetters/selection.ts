import { z } from 'zod';

import { checkContract, describeProblems } from '../../shared/contracts/check';
import { text } from '../../shared/contracts/fields';

const LONGEST_NAME = 2_000;

const selection = z.discriminatedUnion('which', [
	z.object({ which: z.literal('all') }),
	z.object({ which: z.literal('one'), deliveryKey: z.string().min(1).max(LONGEST_NAME) }),
	z.object({
		which: z.literal('kind'),
		kind: z.enum(['callback', 'event', 'rollup', 'message']),
	}),
	z.object({ which: z.literal('flow'), flow: text(LONGEST_NAME) }),
	z.object({
		which: z.literal('since'),
		/** When they were given up at the earliest; ISO 8601 with a `Z` or an offset. */
		since: z.string().datetime({
			offset: true,
			message: 'must be like 2026-11-23T00:00:00Z, with a Z or an offset',
		}),
	}),
]);

/** Which dead letters something is about. */
export type DeadLetterSelection = z.infer<typeof selection>;

/**
 * Reads a selection from JSON that a person or another workflow wrote. Throws a RangeError that says
 * what is wrong with it.
 */
export function readSelection(given: unknown): DeadLetterSelection {
	const read = checkContract(selection, given);
	if (read.ok) return read.value;
	throw new RangeError(
		`This does not say which dead letters are meant: ${describeProblems(read.problems)}`,
	);
}

/** The condition of a selection, as JSON in a placeholder, on rows of `deliveries`. */
export function isSelected(placeholder: string, letter: string): string {
	const field = (name: string) => `${placeholder}::jsonb ->> '${name}'`;
	return `(${letter}.state = 'dead' AND CASE ${field('which')}
		WHEN 'all' THEN true
		WHEN 'one' THEN ${letter}.delivery_key = ${field('deliveryKey')}
		WHEN 'kind' THEN ${letter}.kind = ${field('kind')}
		WHEN 'flow' THEN ${letter}.flow = ${field('flow')}
		WHEN 'since' THEN ${letter}.settled_at >= (${field('since')})::timestamptz
	END)`;
}
