import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { DEMO_CAMPAIGNS } from './platform/demoCampaigns.cts';
import { DEMO_LEADS } from './platform/demoLeads.cts';
import { DEMO_LISTINGS } from './platform/seed.cts';
import { OWNER } from './n8n/instance.cts';
import { formatTable } from './table.cts';
import { type Sandbox, startSandbox } from './sandbox.cts';

/**
 * `npm start`: the whole system on this machine, one real event through each flow, and then it
 * stays up. `--once` ends after the table, with the status 0 only if everything arrived.
 * `--speed=60` makes a minute of the outbox's waits a second.
 */
const ROOT = path.resolve(__dirname, '..');
const ARRIVES_WITHIN_MS = 60_000;
const PORTS = { n8n: 5678, platform: 8000, console: 8080, database: 54320 };

interface Arrival {
	flow: string;
	what: string;
	took: string;
	answer: string;
	arrived: boolean;
}

async function main(): Promise<void> {
	const once = process.argv.includes('--once');
	const speed = Number(process.argv.find((each) => each.startsWith('--speed='))?.slice(8) ?? 1);
	const startedAt = Date.now();
	const progress = (step: string) => {
		const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
		process.stdout.write(`${seconds} s  ${step}\n`);
	};

	if (once) await rm(path.join(ROOT, '.sandbox', 'once'), { recursive: true, force: true });
	const sandbox = await startSandbox({
		directory: path.join(ROOT, '.sandbox', once ? 'once' : 'up'),
		speed,
		databaseUrl: process.env.DATABASE_URL,
		ports: once ? {} : PORTS,
		inMemory: once,
		keepExisting: !once,
		onProgress: progress,
	});
	let closing = false;
	const end = async (status: number) => {
		if (closing) return;
		closing = true;
		await sandbox.close();
		process.exit(status);
	};
	process.on('SIGINT', () => void end(0));
	process.on('SIGTERM', () => void end(0));

	progress('sending one event of each kind through the flows');
	const arrivals = await sendDemo(sandbox).catch(async (error: unknown) => {
		// Whatever was started would otherwise go on without anybody to end it.
		await sandbox.close();
		throw error;
	});
	process.stdout.write(`\n${formatTable(arrivals.map(({ arrived: _, ...row }) => row))}\n`);
	const allArrived = arrivals.every(({ arrived }) => arrived);
	if (once) {
		process.stdout.write(allArrived ? '\nEverything arrived.\n' : '\nSomething did not arrive.\n');
		return await end(allArrived ? 0 : 1);
	}
	process.stdout.write(
		[
			'',
			`  Console   ${sandbox.consoleUrl}`,
			`  Editor    ${sandbox.n8n.url}   (${OWNER.email} / ${OWNER.password})`,
			`  Platform  ${sandbox.platform.url}`,
			`  Postgres  ${sandbox.database.url}`,
			'',
			'Ctrl-C ends everything.',
			'',
		].join('\n'),
	);
}

async function sendDemo(sandbox: Sandbox): Promise<Arrival[]> {
	const arrivals: Arrival[] = [];
	for (const { label, payload } of DEMO_LISTINGS) {
		arrivals.push(await enrich(sandbox, label, payload));
	}
	for (const { label, payload } of DEMO_LEADS) {
		arrivals.push(await scoreLead(sandbox, label, payload));
	}
	for (const { label, payload } of DEMO_CAMPAIGNS) {
		arrivals.push(await dispatch(sandbox, label, payload));
	}
	return arrivals;
}

async function enrich(
	{ platform }: Sandbox,
	label: string,
	payload: (typeof DEMO_LISTINGS)[number]['payload'],
): Promise<Arrival> {
	const startedAt = Date.now();
	const { id } = await platform.enqueue('property.enrich', payload);
	const took = await untilAnswered(platform, id, startedAt);
	const { rows } = await platform.pool.query<{ estimate: number | null; source: string }>(
		'SELECT estimate, source FROM property WHERE id = $1',
		[payload.property_id],
	);
	const estimate = rows[0]?.estimate?.toLocaleString('en-US') ?? 'no estimate';
	return arrival('Property IQ', label, took, `${estimate} (${rows[0]?.source})`);
}

async function scoreLead(
	{ platform }: Sandbox,
	label: string,
	payload: (typeof DEMO_LEADS)[number]['payload'],
): Promise<Arrival> {
	const startedAt = Date.now();
	const { id } = await platform.enqueue('lead.created', payload);
	const took = await untilAnswered(platform, id, startedAt);
	const { rows } = await platform.pool.query<{ crm_message: string; crm_external_id: string }>(
		'SELECT crm_message, crm_external_id FROM lead WHERE id = $1',
		[payload.lead_id],
	);
	const score = /\d+\/100/.exec(rows[0]?.crm_message ?? '')?.[0] ?? rows[0]?.crm_message;
	return arrival('Lead Score', label, took, `${score} (${rows[0]?.crm_external_id})`);
}

/** How many of a campaign's mails are opened by their readers, and how many of those lead to a click. */
const READERS = { open: 4, click: 2 };

/** Sends a campaign, has some people read it, and waits until everything is counted. */
async function dispatch(
	{ platform, resend }: Sandbox,
	label: string,
	payload: (typeof DEMO_CAMPAIGNS)[number]['payload'],
): Promise<Arrival> {
	const startedAt = Date.now();
	const { id } = await platform.enqueue('campaign.dispatch', payload);
	const took = await untilAnswered(platform, id, startedAt);
	await resend.settled();
	const readers = resend.mails
		.filter(({ tags, lastEvent }) => {
			const isOfCampaign = tags.some(({ value }) => value === payload.campaign_id);
			return isOfCampaign && lastEvent === 'delivered';
		})
		.slice(0, READERS.open);
	for (const [index, mail] of readers.entries()) {
		resend.open(mail.id);
		if (index < READERS.click) resend.click(mail.id, 'https://www.example.com/properties');
	}
	await resend.settled();
	const { rows } = await platform.pool.query<Record<string, number>>(
		`SELECT count(sent_at)::int AS sent, count(bounced_at)::int AS bounced,
		   count(opened_at)::int AS opened, count(clicked_at)::int AS clicked,
		   campaigns.audience - count(sent_at)::int AS left_out
		 FROM property_platform.campaigns
		   JOIN property_platform.campaign_recipients USING (campaign_id)
		 WHERE campaign_id = $1 GROUP BY campaign_id`,
		[payload.campaign_id],
	);
	const { sent, bounced, opened, clicked, left_out: leftOut } = rows[0] ?? {};
	return arrival(
		'Campaign Dispatch',
		label,
		took,
		`${sent} sent, ${leftOut} left out, ${bounced} bounced, ${opened} opened, ${clicked} clicked`,
	);
}

/** Milliseconds until the platform had the callback of a message; undefined where it never came. */
async function untilAnswered(
	{ pool }: Sandbox['platform'],
	messageId: number,
	startedAt: number,
): Promise<number | undefined> {
	while (Date.now() - startedAt < ARRIVES_WITHIN_MS) {
		const { rowCount } = await pool.query(
			'SELECT FROM outbox_message WHERE id = $1 AND callback_at IS NOT NULL',
			[messageId],
		);
		if (rowCount === 1) return Date.now() - startedAt;
		await wait(50);
	}
	return undefined;
}

function arrival(flow: string, what: string, tookMs: number | undefined, answer: string): Arrival {
	if (tookMs === undefined) {
		return { flow, what, took: '—', answer: 'did not arrive', arrived: false };
	}
	return { flow, what, took: `${(tookMs / 1000).toFixed(1)} s`, answer, arrived: true };
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
