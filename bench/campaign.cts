import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Sandbox, startSandbox } from '../sandbox/sandbox.cts';
import type { Measurement } from './report.cts';

const PER_SECOND = 5;
const LATENCY_MS = 250;
const MAILS_IN_BATCH = 100;
/** At least 97 % of the rate that Resend names. */
const AT_MOST = 1.03;
const MOST_GROWTH = 1.25;
const COMPANY = 'bench-company';

/**
 * A whole campaign in a real n8n, ledger, audience and reports included, against a Resend that
 * answers after 250 ms: how much of the advertised rate it uses, how often it was too fast, and what
 * it leaves behind in n8n's memory. Quick: 6,000 people; else 30,000.
 */
export async function benchCampaign(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	const people = isQuick ? 6_000 : 30_000;
	const directory = await mkdtemp(path.join(tmpdir(), 'bench-campaign-'));
	onProgress('starting the sandbox');
	const sandbox = await startSandbox({
		directory,
		inMemory: true,
		resend: { perSecond: PER_SECOND, events: false, keepBodies: false },
	});
	try {
		await addPeople(sandbox, people);
		sandbox.resend.delayMs = LATENCY_MS;
		onProgress(`sending to ${people}`);
		const memory = await campaign(sandbox, people);
		const starts = sandbox.resend.requests
			.filter(({ path: address }) => address === '/emails/batch')
			.map(({ at }) => Date.parse(at));
		const spacingMs = (starts.at(-1)! - starts[0]!) / (people / MAILS_IN_BATCH - 1);
		return [
			{
				name: `campaign in n8n at ${PER_SECOND}/s, ${sandbox.resend.refused429()} x 429`,
				measured: spacingMs,
				against: 'by the rate',
				alternative: 1000 / PER_SECOND,
				unit: 'ms',
				ratio: spacingMs / (1000 / PER_SECOND),
				target: { atMost: AT_MOST },
			},
			{
				name: `memory of n8n at the end of ${people} mails`,
				measured: memory.end,
				against: 'at a third',
				alternative: memory.third,
				unit: 'MB',
				ratio: memory.end / memory.third,
				target: { atMost: MOST_GROWTH },
			},
		];
	} finally {
		await sandbox.close();
		await rm(directory, { recursive: true, force: true });
	}
}

async function addPeople({ platform }: Sandbox, people: number): Promise<void> {
	await platform.pool.query('INSERT INTO company (id, name) VALUES ($1, $1)', [COMPANY]);
	await platform.pool.query(
		`INSERT INTO contact (id, company_id, email, first_name, city, budget_max, beds, consent,
		   property_title, property_url, property_price)
		 SELECT 'bench-' || lpad(n::text, 7, '0'), $1, 'person.' || n || '@example.com', 'Person', 'Taguig',
		   n, 2, true, 'Two-bedroom condo', 'https://homes.example.com/' || n, 5000000
		 FROM generate_series(1, $2::int) AS n`,
		[COMPANY, people],
	);
}

/** Sends it, and answers n8n's resident memory in MB after a third of the mails and at the end. */
async function campaign(
	{ platform, resend, n8n }: Sandbox,
	people: number,
): Promise<{ third: number; end: number }> {
	const payload = {
		campaign_id: 'bench-campaign',
		company_id: COMPANY,
		audience_query: 'beds >= 2',
		template_id: 'luxury_properties_v2',
		sender: 'sales@company.com',
		allow_everybody: true,
	};
	await platform.pool.query(
		`INSERT INTO campaign (id, company_id, audience_query, template_id, sender)
		 VALUES ($1, $2, $3, $4, $5)`,
		[payload.campaign_id, COMPANY, payload.audience_query, payload.template_id, payload.sender],
	);
	const { id } = await platform.enqueue('campaign.dispatch', payload);
	let third: number | undefined;
	for (;;) {
		if (third === undefined && resend.mails.length >= people / 3) third = await residentMb(n8n.pid);
		const { rowCount } = await platform.pool.query(
			'SELECT FROM outbox_message WHERE id = $1 AND callback_at IS NOT NULL',
			[id],
		);
		if (rowCount === 1) break;
		await sleep(250);
	}
	if (resend.mails.length !== people) throw new Error(`${resend.mails.length} mails of ${people}`);
	return { third: third ?? 0, end: await residentMb(n8n.pid) };
}

async function residentMb(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
