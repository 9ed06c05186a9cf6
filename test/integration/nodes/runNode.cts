/** Runs our nodes on n8n's own engine in this process: real parameters, real HTTP, real errors. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type NodeApiError,
	NodeConnectionTypes,
	NodeHelpers,
	type NodeOperationError,
	type OnError,
	Workflow,
} from 'n8n-workflow';

import { CampaignDispatch } from '../../../nodes/CampaignDispatch/CampaignDispatch.node';
import { LeadScore } from '../../../nodes/LeadScore/LeadScore.node';
import { MetaBroker } from '../../../nodes/MetaBroker/MetaBroker.node';
import { MetricsRollup } from '../../../nodes/MetricsRollup/MetricsRollup.node';
import { PropertyIq } from '../../../nodes/PropertyIq/PropertyIq.node';
import { SignedWebhook } from '../../../nodes/SignedWebhook/SignedWebhook.node';
import { CredentialStore, type StoredCredentials } from './credentialStore.cts';

type NodeName =
	| 'start'
	| 'campaignDispatch'
	| 'leadScore'
	| 'metaBroker'
	| 'metricsRollup'
	| 'propertyIq'
	| 'signedWebhook';

export interface Step {
	type: NodeName;
	parameters: INodeParameters;
	onError?: OnError;
	/** Types of the credentials chosen in the node. */
	credentials?: string[];
}

export interface Execution {
	/** Items of each output of the last node that ran; an error output is the last of them. */
	outputs: INodeExecutionData[][];
	/** The error that stopped the workflow. */
	error: NodeApiError | NodeOperationError | undefined;
	/** Everything n8n would save about the execution, as JSON. */
	saved: string;
}

/** What feeds the first step: n8n merges a failed item with the one it came from only if it has a source. */
const START = 'start' satisfies NodeName;

const start: INodeType = {
	description: {
		displayName: 'Start',
		name: START,
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

const NODES: Record<NodeName, INodeType> = {
	start,
	campaignDispatch: new CampaignDispatch(),
	leadScore: new LeadScore(),
	metaBroker: new MetaBroker(),
	metricsRollup: new MetricsRollup(),
	propertyIq: new PropertyIq(),
	signedWebhook: new SignedWebhook(),
};

const nodeTypes: INodeTypes = {
	getByName: (type) => NODES[type as NodeName],
	getByNameAndVersion: (type) => NODES[type as NodeName],
	getKnownTypes: () => ({}),
};

// n8n-core writes its settings into this folder as soon as it runs.
const userFolder = mkdtempSync(path.join(tmpdir(), 'property-platform-nodes-'));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_LOG_LEVEL = 'silent';
afterAll(() => rmSync(userFolder, { recursive: true, force: true }));

/** Runs a chain of steps; the items go into the first one. */
export async function runSteps(
	steps: Step[],
	items: Array<IDataObject | INodeExecutionData>,
	credentials: StoredCredentials = {},
): Promise<Execution> {
	const nodes = [
		{ ...toNode({ type: START, parameters: {} }, -1), name: START },
		...steps.map(toNode),
	];
	const workflow = new Workflow({
		id: 'test',
		name: 'Test',
		nodes,
		connections: chain(nodes),
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const additionalData = {
		credentialsHelper: new CredentialStore(credentials),
		hooks: new ExecutionLifecycleHooks('integrated', '1', {
			id: 'test',
			name: 'Test',
			active: false,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			nodes,
			connections: {},
		}),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
	} as unknown as IWorkflowExecuteAdditionalData;
	const first = {
		node: workflow.getNode(START)!,
		data: { main: [items.map(toItem)] },
		source: null,
	};
	const runData = createRunExecutionData({ executionData: { nodeExecutionStack: [first] } });
	const run = await new WorkflowExecute(
		additionalData,
		'integrated',
		runData,
	).processRunExecutionData(workflow);

	const { resultData } = run.data;
	const last = resultData.runData[resultData.lastNodeExecuted ?? '']?.at(-1);
	return {
		outputs: (last?.data?.main ?? []).map((output) => output ?? []),
		error: resultData.error as Execution['error'],
		saved: `${JSON.stringify(run)}\n${resultData.error?.stack ?? ''}`,
	};
}

/** A node as the editor saves it: with the defaults of the parameters it shows. */
function toNode({ type, parameters, onError, credentials = [] }: Step, position: number): INode {
	const { description } = NODES[type];
	const node: INode = {
		id: `node-${position}`,
		name: `Step ${position + 1}`,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...(onError && { onError }),
		credentials: Object.fromEntries(
			credentials.map((name) => [name, { id: name, name: `My ${name}` }]),
		),
	};
	const defaults = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		node,
		description,
	);
	return { ...node, parameters: defaults ?? {} };
}

function chain(nodes: INode[]): IConnections {
	return Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, position) => [
				name,
				{ main: [[{ node: nodes[position + 1]!.name, type: NodeConnectionTypes.Main, index: 0 }]] },
			]),
	);
}

function toItem(item: IDataObject | INodeExecutionData): INodeExecutionData {
	return 'json' in item ? (item as INodeExecutionData) : { json: item };
}
