import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openSession } from '../../sandbox/n8n/session.cts';

export interface WorkflowJson {
	name: string;
	nodes: Array<{ name: string; type: string; parameters: object } & Record<string, unknown>>;
	connections: object;
	settings?: object;
}

export interface CredentialTest {
	status: string;
	message: string;
}

/** What a person does in n8n's editor, by the calls that the editor makes. */
export interface Editor {
	/** Saves a workflow and answers its id. */
	save(workflow: WorkflowJson): Promise<string>;
	/** A workflow as it stands in n8n, with the sandbox's waits. */
	open(workflowId: string): Promise<WorkflowJson>;
	/** Saves and publishes. */
	publish(workflow: WorkflowJson): Promise<string>;
	unpublish(workflowId: string): Promise<void>;
	/** Presses "Execute workflow" on a trigger that nothing has to reach; answers the execution's id. */
	run(workflowId: string, trigger: string): Promise<number>;
	/** Presses "Listen for test event" on a trigger. */
	listenForTestEvent(workflowId: string, trigger: string): Promise<void>;
	saveCredential(name: string, type: string, data: object): Promise<string>;
	/** Presses the credential's test button. */
	testCredential(id: string): Promise<CredentialTest>;
}

/** Signs in as the owner. */
export async function logIn(n8nUrl: string): Promise<Editor> {
	const call = await openSession(n8nUrl);
	const create = async ({ name, nodes, connections, settings = {} }: WorkflowJson) =>
		await call<{ id: string; versionId: string }>('POST', '/workflows', {
			name,
			nodes,
			connections,
			settings,
		});

	const start = async (workflowId: string, trigger: string) =>
		await call<{ executionId?: string }>('POST', `/workflows/${workflowId}/run`, {
			triggerToStartFrom: { name: trigger },
		});

	return {
		save: async (workflow) => (await create(workflow)).id,
		open: async (workflowId) => await call('GET', `/workflows/${workflowId}`),
		async publish(workflow) {
			const { id, versionId } = await create(workflow);
			await call('POST', `/workflows/${id}/activate`, { versionId });
			return id;
		},
		async unpublish(workflowId) {
			await call('POST', `/workflows/${workflowId}/deactivate`);
		},
		run: async (workflowId, trigger) => Number((await start(workflowId, trigger)).executionId),
		async listenForTestEvent(workflowId, trigger) {
			await start(workflowId, trigger);
		},
		async saveCredential(name, type, data) {
			return (await call<{ id: string }>('POST', '/credentials', { name, type, data })).id;
		},
		async testCredential(id) {
			const { name, type, data } = await call<{ name: string; type: string; data: object }>(
				'GET',
				`/credentials/${id}?includeData=true`,
			);
			return await call('POST', '/credentials/test', { credentials: { id, name, type, data } });
		},
	};
}

/** A workflow of the tests' own. */
export async function testWorkflow(name: string): Promise<WorkflowJson> {
	return await readWorkflow(path.join(__dirname, 'workflows', name));
}

/** A template of the package, as it is published. */
export async function template(name: string): Promise<WorkflowJson> {
	return await readWorkflow(path.join(__dirname, '..', '..', 'workflows', name));
}

/** The same with other parameters in some nodes, by their names, as a file in a folder. */
export async function edited(
	folder: string,
	name: string,
	changes: Record<string, object>,
): Promise<string> {
	const { nodes, ...workflow } = await template(name);
	const changed = nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...changes[node.name] },
	}));
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, name);
	await writeFile(file, JSON.stringify({ ...workflow, nodes: changed }));
	return file;
}

async function readWorkflow(file: string): Promise<WorkflowJson> {
	return JSON.parse(await readFile(file, 'utf8')) as WorkflowJson;
}
