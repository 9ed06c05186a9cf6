/** Run as a process of its own, to be killed: six messages, and an n8n that never answers. */
import { createClock } from '../../../sandbox/clock.cts';
import { startDatabase } from '../../../sandbox/platform/database.cts';
import { startPlatform } from '../../../sandbox/platform/platform.cts';
import { SECRET } from './callBack.cts';

async function main(): Promise<void> {
	const [dataDir, n8nUrl] = process.argv.slice(2);
	const platform = await startPlatform({
		database: await startDatabase({ dataDir: dataDir! }),
		clock: createClock(),
		signingSecret: SECRET,
		n8nUrl: n8nUrl!,
		deliveryTimeoutMs: 2_000,
	});
	for (let n = 1; n <= 6; n++) await platform.enqueue('property.enrich', { n });
}

void main();
