import { z } from 'zod';

import type { ParkedWork } from '../../shared/delivery/delivery';
import { correlationIdFrom } from '../../shared/intake/correlation';
import { type EventItem, type Execution, execution, itemsFrom } from './execution';

const HANDED_BACK = { name: 'When Handed Back', type: 'n8n-nodes-base.executeWorkflowTrigger' };

/** Each trigger of this package, with the flow that it starts. */
const FLOWS: ReadonlyMap<string, string> = new Map([
	['n8n-nodes-property-platform.campaignDispatchTrigger', 'campaign-dispatch'],
	['n8n-nodes-property-platform.leadScoreTrigger', 'lead-score'],
	['n8n-nodes-property-platform.metaBrokerTrigger', 'meta-broker'],
	['n8n-nodes-property-platform.propertyIqTrigger', 'property-enrichment'],
]);

/** How executions start that nobody stands before; the others were started by a person. */
const UNATTENDED: readonly string[] = ['webhook', 'trigger', 'integrated', 'retry'];

/** How often the same work may stop n8n before a person has to look at it. */
const MOST_HAND_BACKS = 3;

/** Why an execution is not handed back, in words. */
export interface Skipped {
	skipped: string;
}

/**
 * What a crashed execution of n8n was given, as work to be handed to its workflow again; n8n itself
 * never does. `given` is one as n8n's public API answers it with its data. What is not ours to
 * hand back is skipped, whatever its shape. Work that has been handed back three times already, and
 * stopped n8n each time, is for a person to look at. Never throws.
 * @see https://docs.n8n.io/api/api-reference/#tag/execution
 */
export function workOfExecution(given: unknown): ParkedWork<'event'> | Skipped {
	const read = execution.safeParse(given);
	if (!read.success) return { skipped: 'it is no execution with its workflow' };
	const { id, mode, status, retrySuccessId, workflowId, workflowData, data } = read.data;
	if (status !== 'crashed') return { skipped: `it has not crashed, it is ${status}` };
	if (!UNATTENDED.includes(mode)) return { skipped: `it was started as ${mode}` };
	if (retrySuccessId) return { skipped: `its retry ${retrySuccessId} has done the work` };

	const triggers = triggersOf(workflowData.nodes);
	const flow = triggers[0]?.flow;
	if (!flow) return { skipped: 'its workflow has no trigger of this package' };
	if (!takesBack(workflowData.nodes)) {
		return { skipped: `its workflow has no trigger "${HANDED_BACK.name}"` };
	}
	if (!data) return { skipped: 'n8n did not give its data' };

	for (const start of [...triggers, { name: HANDED_BACK.name, flow }]) {
		const items = itemsFrom(start.name, data);
		if (items.length === 0) continue;
		const isPassing = timesHandedBack(items) < MOST_HAND_BACKS;
		return {
			deliveryKey: `execution:${workflowId}:${id}`,
			kind: 'event',
			flow: start.flow,
			correlationId: correlationIdFrom(items[0]?.correlationId),
			payload: { workflow: workflowId, items },
			reason: isPassing
				? 'n8n stopped while it worked'
				: `n8n stopped while it worked, the last ${MOST_HAND_BACKS} times too`,
			isPassing,
			isUntried: true,
		};
	}
	return { skipped: 'it holds no event of a trigger of this package' };
}

/** What a list of executions holds. */
export interface CrashedWork {
	works: Array<ParkedWork<'event'>>;
	/** The executions left alone, each with the reason in words. */
	skipped: Array<{ execution: string; reason: string }>;
}

/** The same for a list of them; what began before `notBefore` is left alone. Never throws. */
export function workOfExecutions(executions: readonly unknown[], notBefore: Date): CrashedWork {
	const crashed: CrashedWork = { works: [], skipped: [] };
	for (const candidate of executions) {
		const found = isOlder(candidate, notBefore)
			? { skipped: 'it crashed too long ago' }
			: workOfExecution(candidate);
		if ('skipped' in found) {
			crashed.skipped.push({ execution: idOf(candidate), reason: found.skipped });
		} else {
			crashed.works.push(found);
		}
	}
	return crashed;
}

/** One without a date is looked at. */
function isOlder(candidate: unknown, notBefore: Date): boolean {
	const read = z.object({ startedAt: z.string() }).safeParse(candidate);
	return read.success && Date.parse(read.data.startedAt) < notBefore.getTime();
}

type Node = Execution['workflowData']['nodes'][number];

function triggersOf(nodes: readonly Node[]): Array<{ name: string; flow: string }> {
	return nodes.flatMap(({ name, type }) => {
		const flow = FLOWS.get(type);
		return flow ? [{ name, flow }] : [];
	});
}

function takesBack(nodes: readonly Node[]): boolean {
	return nodes.some(
		({ name, type, disabled }) =>
			name === HANDED_BACK.name && type === HANDED_BACK.type && !disabled,
	);
}

/** As Unpack counts it; none where a trigger of this package started the execution. */
function timesHandedBack(items: readonly EventItem[]): number {
	const times = items.map(({ handedBack }) => (typeof handedBack === 'number' ? handedBack : 0));
	return times.reduce((most, each) => Math.max(most, each), 0);
}

function idOf(candidate: unknown): string {
	const read = execution.pick({ id: true }).safeParse(candidate);
	return read.success ? read.data.id : '';
}
