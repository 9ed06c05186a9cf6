import { type IDataObject, type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import type { z } from 'zod';

import { checkContract, describeProblems } from '../contracts/check';

/** Holds a value against a contract and turns what is wrong into an error a person can act on. */
export function readContract<S extends z.ZodTypeAny>(
	context: IExecuteFunctions,
	itemIndex: number,
	contract: S,
	value: unknown,
	what: string,
): z.infer<S> {
	const checked = checkContract(contract, value);
	if (checked.ok) return checked.value;
	throw new NodeOperationError(context.getNode(), `The ${what} does not keep to its contract`, {
		itemIndex,
		description: describeProblems(checked.problems),
	});
}

/** The event of an item: what stands in the field, or the item itself where it has no such field. */
export function eventIn(json: IDataObject, field: string): unknown {
	return json[field] ?? json;
}

/**
 * The callback of an item, in the named field or in the stored result, where a Postgres node returns
 * what was recorded. Throws where there is none.
 */
export function callbackIn(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	madeBy: string,
): unknown {
	const { json } = context.getInputData()[itemIndex]!;
	const given = json[field] ?? ((json.result ?? {}) as IDataObject)[field];
	if (given !== undefined && given !== null) return given;
	throw new NodeOperationError(context.getNode(), `The item has no callback in "${field}"`, {
		itemIndex,
		description: `Connect the output of ${madeBy}, or of the Postgres node that recorded it, and check Callback Field.`,
	});
}
