/** What n8n writes for the items of a node that it lost, kill -9 having taken them. */
export const LOST = { main: [[{ json: { isArtificialRecoveredEventItem: true } }]] };

/** What the Lead Score Trigger gave its workflow. */
export const LEAD = {
	event: { lead_id: '2c7a51d4-93e8-4f0d-b6a1-70c1d5e8fa01', consent: true },
	correlationId: 'ee3a04e0-b9d4-429f-8769-caa3a31422ad',
	receivedAt: '2026-11-23T08:46:18.308Z',
	signedWith: 'current secret',
};

const run = (data: unknown) => [
	{
		startTime: 1795423578,
		executionIndex: 0,
		executionTime: 5,
		source: [null],
		executionStatus: 'success',
		data,
	},
];

/**
 * A crashed execution as n8n 2.41.1 answered it after kill -9, shortened: what started it is on
 * the stack, and every node that ran has lost its items.
 */
export function crashed() {
	return {
		id: '3',
		finished: false,
		mode: 'webhook',
		retryOf: null as string | null,
		retrySuccessId: null as string | number | null,
		status: 'crashed',
		startedAt: '2026-11-23T08:46:18.339Z',
		stoppedAt: '2026-11-23T08:46:18.611Z',
		workflowId: 'lead-scoring',
		waitTill: null,
		storedAt: 'db',
		jsonSizeBytes: 23035,
		workflowVersionId: '0f3bf5aa-00ea-43b3-ac86-4ee0f9555e9d',
		data: {
			version: 1,
			startData: {},
			resultData: {
				runData: {
					'Lead Score Trigger': run(LOST),
					'Prepare Claim': run(LOST),
				} as Record<string, unknown>,
				lastNodeExecuted: 'Push to HubSpot',
				error: { message: 'Workflow did not finish', name: 'WorkflowCrashedError' },
			},
			executionData: {
				contextData: {},
				nodeExecutionStack: [stacked('Lead Score Trigger', [LEAD])] as unknown[],
				metadata: {},
				waitingExecution: {},
				waitingExecutionSource: {},
			},
		},
		workflowData: {
			id: 'lead-scoring',
			name: 'Score leads and push them to the CRM of each company',
			nodes: [
				{ name: 'Try It With Samples', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Lead Score Trigger', type: 'n8n-nodes-property-platform.leadScoreTrigger' },
				{ name: 'When Handed Back', type: 'n8n-nodes-base.executeWorkflowTrigger' },
				{ name: 'Score Lead', type: 'n8n-nodes-property-platform.leadScore' },
			] as Array<{ name: string; type: string; disabled?: boolean }>,
			settings: { executionOrder: 'v1' },
		},
		customData: {},
	};
}

export type Crashed = ReturnType<typeof crashed>;

/** The output of a node whose items n8n has kept. */
export const kept = (items: unknown[]) => run({ main: [items.map((json) => ({ json }))] });

/** A node that waits for its turn, with what it was given. */
export const stacked = (name: string, items: unknown[]) => ({
	node: { name, type: 'unread', credentials: { signedWebhookApi: { id: 'sandbox-platform' } } },
	data: { main: [items.map((json) => ({ json, binary: { photo: { data: 'AAAA' } } }))] },
	source: null,
});
