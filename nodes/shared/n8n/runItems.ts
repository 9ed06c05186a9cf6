import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorDetails, toNodeError } from './toNodeError';

/** How many items are worked on side by side; each vendor is paced for itself. */
const ITEMS_AT_ONCE = 5;

export interface ItemWork {
	/** What goes on in place of the item; undefined where nothing does. */
	execute(itemIndex: number): Promise<IDataObject | undefined>;
	/** What a failed item still has to hand on, such as the statement that frees its claim. */
	onFailure?(itemIndex: number, error: unknown): IDataObject;
}

/**
 * Runs the work for every item. An item that fails goes to the error output with its index and
 * takes no other item with it; without an error output the node begins no further item, waits for
 * those under way, and fails.
 *
 * n8n recognises a failed item by `error`, `message` and `details` and nothing else, and merges it
 * with the item that went in.
 */
export async function runItems(
	context: IExecuteFunctions,
	itemIndexes: number[],
	{ execute, onFailure }: ItemWork,
): Promise<INodeExecutionData[]> {
	const results: Array<INodeExecutionData | undefined> = [];
	let next = 0;

	async function worker(): Promise<void> {
		while (next < itemIndexes.length) {
			const position = next++;
			results[position] = await runOne(itemIndexes[position]!);
		}
	}

	async function runOne(itemIndex: number): Promise<INodeExecutionData | undefined> {
		try {
			const json = await execute(itemIndex);
			return json && { json, pairedItem: { item: itemIndex } };
		} catch (error) {
			if (!context.continueOnFail()) {
				next = itemIndexes.length;
				throw toNodeError(context.getNode(), error, itemIndex);
			}
			const { error: message, details } = errorDetails(context, error, itemIndex);
			return {
				json: {
					error: message,
					message,
					details: { ...details, ...onFailure?.(itemIndex, error) },
				},
				pairedItem: { item: itemIndex },
			};
		}
	}

	const workers = await Promise.allSettled(Array.from({ length: ITEMS_AT_ONCE }, worker));
	for (const ended of workers) if (ended.status === 'rejected') throw ended.reason;
	return results.filter((result) => result !== undefined);
}
