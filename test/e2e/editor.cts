import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { OWNER } from '../../sandbox/n8n/instance.cts';

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
	/** Saves and publishes. */
	publish(workflow: WorkflowJson): Promise<string>;
	unpublish(workflowId: string): Promise<void>;
	/** Presses "Listen for test event" on a trigger. */
	listenForTestEvent(workflowId: string, trigger: string): Promise<void>;
	saveCredential(name: string, type: string, data: object): Promise<string>;
	/** Presses the credential's test button. */
	testCredential(id: string): Promise<CredentialTest>;
}

/** Signs in as the owner. */
export async function logIn(n8nUrl: string): Promise<Editor> {
	const login = await fetch(`${n8nUrl}/rest/login`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: OWNER.email, password: OWNER.password }),
	});
	if (!login.ok) throw new Error(`n8n refused the login: ${login.status}`);
	const cookie = login.headers
		.getSetCookie()
		.map((each) => each.split(';')[0])
		.join('; ');

	async function call<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await fetch(`${n8nUrl}/rest${path}`, {
			method,
			headers: { 'Content-Type': 'application/json', Cookie: cookie, 'push-ref': 'e2e' },
			...(body && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return (JSON.parse(text) as { data: T }).data;
	}

	const create = async ({ name, nodes, connections, settings = {} }: WorkflowJson) =>
		await call<{ id: string; versionId: string }>('POST', '/workflows', {
			name,
			nodes,
			connections,
			settings,
		});

	return {
		save: async (workflow) => (await create(workflow)).id,
		async publish(workflow) {
			const { id, versionId } = await create(workflow);
			await call('POST', `/workflows/${id}/activate`, { versionId });
			return id;
		},
		async unpublish(workflowId) {
			await call('POST', `/workflows/${workflowId}/deactivate`);
		},
		async listenForTestEvent(workflowId, trigger) {
			await call('POST', `/workflows/${workflowId}/run`, { triggerToStartFrom: { name: trigger } });
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

async function readWorkflow(file: string): Promise<WorkflowJson> {
	return JSON.parse(await readFile(file, 'utf8')) as WorkflowJson;
}
