/** One workflow in which every subject stands alone between two stopwatches, behind its own webhook. */

interface Node {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
}

/** The step to be measured; its items come as `{ event: <the lead> }`. */
export const SUBJECTS = {
	'score-lead': {
		type: 'n8n-nodes-property-platform.leadScore',
		typeVersion: 1,
		parameters: { resource: 'lead', operation: 'score', leadField: 'event' },
	},
	'code-for-all': code(
		'runOnceForAllItems',
		'return $input.all().map(({ json }) => ({ json: { ...json, scoring: score(json.event) } }));',
	),
	'code-for-each': code(
		'runOnceForEachItem',
		'return { json: { ...$json, scoring: score($json.event) } };',
	),
	if: {
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'dear',
						leftValue: '={{ $json.event.property?.price_amount ?? 0 }}',
						rightValue: 10_000_000,
						operator: { type: 'number', operation: 'gt' },
					},
				],
				combinator: 'and',
			},
			options: {},
		},
	},
	'edit-fields': {
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'manual',
			assignments: {
				assignments: [
					{
						id: 'city',
						name: 'city',
						value: '={{ $json.event.preferences?.preferred_city }}',
						type: 'string',
					},
				],
			},
			includeOtherFields: true,
			options: {},
		},
	},
	'no-operation': { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
} as const satisfies Record<string, Omit<Node, 'name'>>;

export type Subject = keyof typeof SUBJECTS;
export const SUBJECT_NAMES = Object.keys(SUBJECTS) as Subject[];

export const WORKFLOW_ID = 'bench-scoring';

/** Under which path the webhook of a subject answers with a `Lap`. */
export function webhookPath(subject: Subject): string {
	return `${WORKFLOW_ID}-${subject}`;
}

/** The workflow as n8n imports it. */
export function scoringWorkflow(): object {
	const lines = SUBJECT_NAMES.map(lineOf);
	return {
		id: WORKFLOW_ID,
		name: 'Bench: a step between two stopwatches',
		nodes: lines.flatMap((line, row) =>
			line.map((node, column) => ({
				...node,
				id: `${webhookPath(SUBJECT_NAMES[row]!)}-${column}`,
				position: [column * 220, row * 180],
				...(column === 0 && { webhookId: webhookPath(SUBJECT_NAMES[row]!) }),
			})),
		),
		connections: Object.fromEntries(lines.flatMap(connect)),
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
		active: false,
		pinData: {},
		tags: [],
	};
}

function lineOf(subject: Subject): Node[] {
	const webhook = {
		httpMethod: 'POST',
		path: webhookPath(subject),
		responseMode: 'lastNode',
		options: {},
	};
	return [
		{
			name: `Webhook ${subject}`,
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			parameters: webhook,
		},
		stopwatch(subject, 'start'),
		{ name: subject, ...SUBJECTS[subject] },
		stopwatch(subject, 'stop'),
	];
}

function stopwatch(subject: Subject, action: 'start' | 'stop'): Node {
	return {
		name: `${action} ${subject}`,
		type: 'n8n-nodes-bench.stopwatch',
		typeVersion: 1,
		parameters: { action },
	};
}

/** Each node feeds the next by its first output. */
function connect(line: Node[]): Array<[string, object]> {
	return line
		.slice(0, -1)
		.map(({ name }, index) => [
			name,
			{ main: [[{ node: line[index + 1]!.name, type: 'main', index: 0 }]] },
		]);
}

function code(mode: string, lastLine: string) {
	return {
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { mode, jsCode: `const { score } = require('bench-scoring');\n${lastLine}\n` },
	};
}
