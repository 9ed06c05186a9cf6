import fc from 'fast-check';

import {
	workOfExecution,
	workOfExecutions,
} from '../../../../nodes/SignedWebhook/recovery/crashedExecution';
import { type Crashed, crashed, kept, LEAD, LOST, stacked } from './crashed.cts';

const OUR = 'n8n-nodes-property-platform';
const LONG_AGO = new Date(0);

/** The same execution but for some of it. */
function but(change: (execution: Crashed) => void): Crashed {
	const execution = crashed();
	change(execution);
	return execution;
}

function work(execution: unknown) {
	const found = workOfExecution(execution);
	if ('skipped' in found) throw new Error(found.skipped);
	return found;
}

describe('an execution that crashed in the middle of its work', () => {
	it('is handed back with what its trigger had given it', () => {
		expect(workOfExecution(crashed())).toEqual({
			deliveryKey: 'execution:lead-scoring:3',
			kind: 'event',
			flow: 'lead-score',
			correlationId: 'ee3a04e0-b9d4-429f-8769-caa3a31422ad',
			payload: { workflow: 'lead-scoring', items: [LEAD] },
			reason: 'n8n stopped while it worked',
			isPassing: true,
			isUntried: true,
		});
	});

	it('brings nothing along but the JSON of its items: no credential, no file', () => {
		const text = JSON.stringify(workOfExecution(crashed()));
		expect(text).not.toContain('sandbox-platform');
		expect(text).not.toContain('AAAA');
	});

	it.each([
		['campaignDispatchTrigger', 'campaign-dispatch'],
		['leadScoreTrigger', 'lead-score'],
		['metaBrokerTrigger', 'meta-broker'],
		['propertyIqTrigger', 'property-enrichment'],
	])('belongs, started by %s, to the flow %s', (trigger, flow) => {
		const execution = but(({ workflowData }) => {
			workflowData.nodes[1]!.type = `${OUR}.${trigger}`;
		});
		expect(work(execution).flow).toBe(flow);
	});

	it.each(['webhook', 'trigger', 'integrated', 'retry'])('is handed back in mode %s', (mode) => {
		expect(work({ ...crashed(), mode }).payload.items).toEqual([LEAD]);
	});

	it('is handed back where it worked on what had been handed back before', () => {
		const execution = but(({ data }) => {
			data.resultData.runData = { 'When Handed Back': kept([{ ...LOST.main[0]![0]!.json }]) };
			data.executionData.nodeExecutionStack = [stacked('When Handed Back', [LEAD])];
		});
		expect(work({ ...execution, mode: 'integrated' })).toMatchObject({
			flow: 'lead-score',
			payload: { items: [LEAD] },
		});
	});

	const handedBack = (item: object) =>
		but(({ data }) => {
			data.executionData.nodeExecutionStack = [stacked('When Handed Back', [item])];
		});

	it('leaves behind the delivery that had handed it back, whose lease is over', () => {
		const delivery = { deliveryKey: 'execution:lead-scoring:2', leaseToken: 'token' };
		const { payload } = work(handedBack({ ...LEAD, handedBack: 1, delivery }));
		expect(payload.items).toEqual([{ ...LEAD, handedBack: 1 }]);
	});

	it.each([
		[0, true],
		[2, true],
		[3, false],
		[4, false],
		['3', true],
	])('handed back %j times before: goes round again: %j', (times, isPassing) => {
		expect(work(handedBack({ ...LEAD, handedBack: times }))).toMatchObject({
			isPassing,
			reason: isPassing
				? 'n8n stopped while it worked'
				: 'n8n stopped while it worked, the last 3 times too',
		});
	});

	it('gives what the trigger is known to have put out, where n8n saved the progress', () => {
		const execution = but(({ data }) => {
			data.resultData.runData['Lead Score Trigger'] = kept([LEAD]);
			data.executionData.nodeExecutionStack = [stacked('Wait', [{ event: { score: 85 } }])];
		});
		expect(work(execution).payload.items).toEqual([LEAD]);
	});

	it('gives the first output of a trigger that was run again without one', () => {
		const execution = but(({ data }) => {
			data.resultData.runData['Lead Score Trigger'] = [...kept([LEAD]), { error: {} }];
			data.executionData.nodeExecutionStack = [];
		});
		expect(work(execution).payload.items).toEqual([LEAD]);
	});

	it('gives every item, in order, and the correlation id of the first', () => {
		const second = { ...LEAD, correlationId: 'second' };
		const execution = but(({ data }) => {
			data.executionData.nodeExecutionStack = [stacked('Lead Score Trigger', [LEAD, second])];
		});
		expect(work(execution)).toMatchObject({
			correlationId: LEAD.correlationId,
			payload: { items: [LEAD, second] },
		});
	});

	it.each([undefined, 7, 'two words', 'x'.repeat(129)])(
		'gets a correlation id of its own where the item has %j',
		(correlationId) => {
			const execution = but(({ data }) => {
				data.executionData.nodeExecutionStack = [
					stacked('Lead Score Trigger', [{ ...LEAD, correlationId }]),
				];
			});
			expect(work(execution).correlationId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		},
	);

	it('may have a number for its id, as older versions of n8n write it', () => {
		expect(work({ ...crashed(), id: 3 }).deliveryKey).toBe('execution:lead-scoring:3');
	});
});

describe('what is not handed back', () => {
	const withNodes = (nodes: Crashed['workflowData']['nodes']) =>
		but((execution) => {
			execution.workflowData.nodes = nodes;
		});
	const startedBy = (name: string, items: unknown[]) =>
		but(({ data }) => {
			data.executionData.nodeExecutionStack = [stacked(name, items)];
		});
	const { nodes } = crashed().workflowData;

	it.each([
		[
			'one that ended well',
			{ ...crashed(), status: 'success' },
			'it has not crashed, it is success',
		],
		['one that failed', { ...crashed(), status: 'error' }, 'it has not crashed, it is error'],
		['one that a person started', { ...crashed(), mode: 'manual' }, 'it was started as manual'],
		['one of n8n execute', { ...crashed(), mode: 'cli' }, 'it was started as cli'],
		[
			'one whose retry ended well',
			{ ...crashed(), retrySuccessId: '12' },
			'its retry 12 has done the work',
		],
		[
			'one of a workflow that nobody can hand back to',
			withNodes(nodes.filter(({ name }) => name !== 'When Handed Back')),
			'its workflow has no trigger "When Handed Back"',
		],
		[
			'one whose hand-back trigger is switched off',
			withNodes(nodes.map((node) => ({ ...node, disabled: true }))),
			'its workflow has no trigger "When Handed Back"',
		],
		[
			'one with another node under the name of the hand-back trigger',
			withNodes(nodes.map(({ name, type }) => ({ name, type: type.replace(/executeW.*/, 'set') }))),
			'its workflow has no trigger "When Handed Back"',
		],
		[
			"one of somebody else's workflow",
			withNodes(nodes.filter(({ type }) => !type.startsWith(OUR))),
			'its workflow has no trigger of this package',
		],
		[
			'one that a schedule started',
			startedBy('Every Minute', [{ timestamp: '2026-11-23T08:46:00Z' }]),
			'it holds no event of a trigger of this package',
		],
		[
			'one whose items are gone',
			startedBy('Lead Score Trigger', [LOST.main[0]![0]!.json]),
			'it holds no event of a trigger of this package',
		],
		[
			'one whose items n8n has redacted',
			startedBy('Lead Score Trigger', [{}]),
			'it holds no event of a trigger of this package',
		],
		[
			'one too large for n8n to show',
			{ ...crashed(), data: undefined, dataTooLargeToDisplay: true },
			'n8n did not give its data',
		],
		['null', null, 'it is no execution with its workflow'],
		['an error of the API', { message: 'unauthorized' }, 'it is no execution with its workflow'],
	])('is %s', (_name, execution, skipped) => {
		expect(workOfExecution(execution)).toEqual({ skipped });
	});

	it('is a sub-workflow that crashed with its parent: the parent alone goes back', () => {
		const parent = but((execution) => {
			execution.id = '40';
			execution.workflowId = 'campaign-dispatch';
			execution.workflowData.nodes = [
				{ name: 'Campaign Dispatch Trigger', type: `${OUR}.campaignDispatchTrigger` },
				{ name: 'When Handed Back', type: 'n8n-nodes-base.executeWorkflowTrigger' },
				{ name: 'Send a Portion', type: 'n8n-nodes-base.executeWorkflow' },
			];
			execution.data.executionData.nodeExecutionStack = [
				stacked('Campaign Dispatch Trigger', [LEAD]),
			];
		});
		const portion = but((execution) => {
			execution.id = '41';
			execution.mode = 'integrated';
			execution.workflowId = 'campaign-portion';
			execution.workflowData.nodes = [
				{ name: 'When a Campaign Is Under Way', type: 'n8n-nodes-base.executeWorkflowTrigger' },
				{ name: 'Send Mails', type: `${OUR}.campaignDispatch` },
			];
			execution.data.executionData.nodeExecutionStack = [
				stacked('When a Campaign Is Under Way', [LEAD]),
			];
		});
		const { works, skipped } = workOfExecutions([portion, parent], LONG_AGO);
		expect(works.map(({ deliveryKey }) => deliveryKey)).toEqual(['execution:campaign-dispatch:40']);
		expect(skipped).toEqual([
			{ execution: '41', reason: 'its workflow has no trigger of this package' },
		]);
	});
});

describe('a list of executions', () => {
	it('gives the work, and the reasons for leaving the others alone', () => {
		const list = [crashed(), { ...crashed(), id: '4', mode: 'manual' }, 'nonsense'];
		expect(workOfExecutions(list, LONG_AGO)).toEqual({
			works: [workOfExecution(crashed())],
			skipped: [
				{ execution: '4', reason: 'it was started as manual' },
				{ execution: '', reason: 'it is no execution with its workflow' },
			],
		});
	});

	it.each([
		['2026-11-23T08:46:18.338Z', 1],
		['2026-11-23T08:46:18.339Z', 1],
		['2026-11-23T08:46:18.340Z', 0],
	])('reaches back as far as asked: %s', (notBefore, found) => {
		const { works, skipped } = workOfExecutions([crashed()], new Date(notBefore));
		expect(works).toHaveLength(found);
		expect(skipped.map(({ reason }) => reason)).toEqual(
			found === 1 ? [] : ['it crashed too long ago'],
		);
	});
});

/** Puts any value in the place of any one part of a crashed execution. */
const damaged = fc
	.tuple(fc.infiniteStream(fc.nat()), fc.anything())
	.map(([choices, value]) => damage(crashed(), choices, value));

function damage(whole: object, choices: Iterator<number>, value: unknown): unknown {
	const keys = Object.keys(whole);
	const choice = (choices.next().value as number) % (keys.length + 1);
	const key = keys[choice];
	if (key === undefined) return value;
	const part = (whole as Record<string, unknown>)[key];
	const put = typeof part === 'object' && part !== null ? damage(part, choices, value) : value;
	return Array.isArray(whole)
		? whole.map((entry: unknown, index) => (index === choice ? put : entry))
		: { ...whole, [key]: put };
}

describe('hostile shapes', () => {
	it('never throw, and are skipped in words or handed back with events', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), damaged), (given) => {
				const found = workOfExecution(given);
				if ('skipped' in found) {
					expect(found.skipped).not.toBe('');
					return;
				}
				expect(found.payload.items.length).toBeGreaterThan(0);
				for (const item of found.payload.items) expect(item).toHaveProperty('event');
			}),
			{ numRuns: 2000 },
		);
	});

	it('do not mistake what every object inherits for the output of a node', () => {
		const execution = but(({ data, workflowData }) => {
			workflowData.nodes[1]!.name = 'constructor';
			data.executionData.nodeExecutionStack = [stacked('constructor', [LEAD])];
		});
		expect(work(execution).payload.items).toEqual([LEAD]);
	});
});
