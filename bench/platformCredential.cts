import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { DEMO_COMPANY } from '../sandbox/platform/seed.cts';
import { type Sandbox, SECRETS } from '../sandbox/sandbox.cts';

/** Has everything that n8n sends to the platform go to another address. */
export async function pointPlatformAt(
	url: string,
	{ n8n }: Sandbox,
	directory: string,
): Promise<void> {
	const file = path.join(directory, 'platform.json');
	const credential = {
		id: 'sandbox-platform',
		name: 'Property platform',
		type: 'signedWebhookApi',
		data: {
			baseUrl: url,
			signingSecret: SECRETS.signing,
			previousSigningSecret: '',
			toleranceSeconds: 300,
			testCompanyId: DEMO_COMPANY.id,
		},
	};
	await writeFile(file, JSON.stringify([credential]));
	const { code, output } = await n8n.command(['import:credentials', `--input=${file}`]);
	if (code !== 0) throw new Error(`The credential was not imported:\n${output}`);
}
