import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorDetails, toNodeError } from './toNodeError';

/** How many items are worked on side by side, unless a node says otherwise. */
const ITEMS_AT_ONCE = 5;

export interface ItemWork {
	/** What goes on in place of the item: one, several, or undefined where nothing does. */
	execute(itemIndex: number): Promise<IDataObject | IDataObject[] | undefined>;
	/** What a failed item still has to hand on, such as the statement that frees its claim. */
	onFailure?(itemIndex: number, error: unknown): IDataObject;
	/** How many items are worked on side by side; each vendor is paced for itself. */
	itemsAtOnce?: number;
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
	{ execute, onFailure, itemsAtOnce = ITEMS_AT_ONCE }: ItemWork,
): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[][] = [];
	let next = 0;

	async function worker(): Promise<void> {
		while (next < itemIndexes.length) {
			const position = next++;
			results[position] = await runOne(itemIndexes[position]!);
		}
	}

	async function runOne(itemIndex: number): Promise<INodeExecutionData[]> {
		try {
			const made = (await execute(itemIndex)) ?? [];
			const items = Array.isArray(made) ? made : [made];
			return items.map((json) => ({ json, pairedItem: { item: itemIndex } }));
		} catch (error) {
			if (!context.continueOnFail()) {
				next = itemIndexes.length;
				throw toNodeError(context.getNode(), error, itemIndex);
			}
			const { error: message, details } = errorDetails(context, error, itemIndex);
			return [
				{
					json: {
						error: message,
						message,
						details: { ...details, ...onFailure?.(itemIndex, error) },
					},
					pairedItem: { item: itemIndex },
				},
			];
		}
	}

	const workers = await Promise.allSettled(Array.from({ length: itemsAtOnce }, worker));
	for (const ended of workers) if (ended.status === 'rejected') throw ended.reason;
	return results.flat();
}
