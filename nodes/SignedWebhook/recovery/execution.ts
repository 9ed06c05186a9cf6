import { z } from 'zod';

const id = z.union([z.string().min(1), z.number().int()]).transform(String);

const node = z.object({ name: z.string(), type: z.string(), disabled: z.boolean().nullish() });

/**
 * What is read of an execution of n8n; the rest of it is left alone.
 * @see https://docs.n8n.io/api/api-reference/#tag/execution
 */
export const execution = z.object({
	id,
	mode: z.string(),
	status: z.string(),
	retrySuccessId: id.nullish(),
	workflowId: id,
	workflowData: z.object({ nodes: z.array(node) }),
	data: z.unknown(),
});

export type Execution = z.infer<typeof execution>;

const outputs = z.object({ main: z.array(z.unknown()) });

const runData = z.object({ resultData: z.object({ runData: z.record(z.unknown()) }) });

const firstRun = z.tuple([z.object({ data: outputs })]).rest(z.unknown());

/** What a trigger of this package gives, also where it was handed back before. */
export type EventItem = Record<string, unknown>;

/** n8n replaces what it lost by an item of its own, which has no event. */
const eventItem = z.object({ json: z.object({ event: z.record(z.unknown()) }).passthrough() });

const stack = z.object({
	executionData: z.object({ nodeExecutionStack: z.array(z.unknown()) }),
});

const stackEntry = z.object({ node: z.object({ name: z.string() }), data: outputs });

/**
 * The JSON of the items that a trigger started the execution with. Those that n8n has kept as the
 * trigger's output come first; an execution whose progress was not saved has them on its stack
 * only. None where the trigger did not start it, or where its items are gone.
 */
export function itemsFrom(trigger: string, data: unknown): EventItem[] {
	const kept = runData.safeParse(data);
	const runs = kept.success ? kept.data.resultData.runData[trigger] : undefined;
	const first = firstRun.safeParse(runs);
	const items = first.success ? itemsOf(first.data[0].data) : [];
	return items.length > 0 ? items : itemsOf(entryOf(trigger, data));
}

function entryOf(trigger: string, data: unknown): z.infer<typeof outputs> | undefined {
	const waiting = stack.safeParse(data);
	if (!waiting.success) return undefined;
	for (const candidate of waiting.data.executionData.nodeExecutionStack) {
		const entry = stackEntry.safeParse(candidate);
		if (entry.success && entry.data.node.name === trigger) return entry.data.data;
	}
	return undefined;
}

function itemsOf(from: z.infer<typeof outputs> | undefined): EventItem[] {
	const [first] = from?.main ?? [];
	if (!Array.isArray(first)) return [];
	return first.flatMap((candidate) => {
		const item = eventItem.safeParse(candidate);
		return item.success ? [withoutDelivery(item.data.json)] : [];
	});
}

/** What was handed back carries the delivery that brought it, with a lease that is over. */
function withoutDelivery(item: EventItem): EventItem {
	return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'delivery'));
}
