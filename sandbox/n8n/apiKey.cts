/** The key of n8n's own public API, which the workflow needs that finds crashed executions. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { N8nCredential } from './instance.cts';
import { openSession } from './session.cts';

/** All that is needed to find executions and to read what they were given. */
const SCOPES = ['execution:list', 'execution:read'];
const CREDENTIAL = { id: 'sandbox-n8n-api', name: 'n8n API', type: 'n8nApi' };

/** The credential, with the key that an earlier start made, or with none. */
export async function apiCredential(userFolder: string, url: string): Promise<N8nCredential> {
	return credentialWith((await savedKey(userFolder)) ?? '', url);
}

/** Makes a key in an n8n that runs and gives it to the credential, unless there is one already. */
export async function makeApiKey(userFolder: string, url: string): Promise<void> {
	if ((await savedKey(userFolder)) !== undefined) return;
	const call = await openSession(url);
	const { rawApiKey } = await call<{ rawApiKey: string }>('POST', '/api-keys', {
		// n8n takes each name once, also where an earlier start ended before it kept its key.
		label: `Recover executions, ${new Date().toISOString()}`,
		expiresAt: null,
		scopes: SCOPES,
	});
	const { id, ...changes } = credentialWith(rawApiKey, url);
	await call('PATCH', `/credentials/${id}`, changes);
	await writeFile(fileOf(userFolder), rawApiKey, { mode: 0o600 });
}

function credentialWith(apiKey: string, url: string): N8nCredential {
	return { ...CREDENTIAL, data: { apiKey, baseUrl: `${url}/api/v1` } };
}

/** Beside n8n's own data: without them the key is worth nothing. */
const fileOf = (userFolder: string) => path.join(userFolder, '.n8n', 'api-key');

async function savedKey(userFolder: string): Promise<string | undefined> {
	return await readFile(fileOf(userFolder), 'utf8').catch(() => undefined);
}
