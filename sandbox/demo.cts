/** One real event of each kind through the flows, as people see them when the sandbox starts. */
import { setTimeout as wait } from 'node:timers/promises';

import { oneLine } from '../nodes/shared/text/oneLine';
import { openSession } from './n8n/session.cts';
import { DEMO_CAMPAIGNS } from './platform/demoCampaigns.cts';
import { DEMO_CHATS, DEMO_FORM } from './platform/demoChats.cts';
import { DEMO_LEADS } from './platform/demoLeads.cts';
import { DEMO_COMPANY, DEMO_LISTINGS } from './platform/seed.cts';
import type { Sandbox } from './sandbox.cts';

const ARRIVES_WITHIN_MS = 60_000;
/** As much of a reply as the table has room for. */
const LONGEST_ANSWER = 80;

/** What came back from one event. */
export interface Arrival {
	flow: string;
	what: string;
	took: string;
	answer: string;
	arrived: boolean;
}

/** Sends them one after the other, and says what came of each. */
export async function sendDemo(sandbox: Sandbox): Promise<Arrival[]> {
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
	for (const chat of DEMO_CHATS) {
		arrivals.push(await talk(sandbox, chat));
	}
	arrivals.push(await fillForm(sandbox));
	arrivals.push(await rollUp(sandbox));
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
		   count(campaign_recipients.opened_at)::int AS opened, count(clicked_at)::int AS clicked,
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

/** Writes to an account, one message after the other, and waits for what it answers to each. */
async function talk(
	{ meta }: Sandbox,
	{ label, channel, person, texts }: (typeof DEMO_CHATS)[number],
): Promise<Arrival> {
	const startedAt = Date.now();
	let took: number | undefined;
	for (const text of texts) {
		const before = meta.sent.length;
		meta.say({ channel, person, text });
		took = await untilTrue(
			() => meta.sent.slice(before).some((sent) => sent.person === person && sent.text !== ''),
			startedAt,
		);
	}
	const answer = meta.sent.findLast((sent) => sent.person === person && sent.text !== '')?.text;
	return arrival('Meta Broker', label, took, oneLine(answer ?? '', LONGEST_ANSWER));
}

/** Fills in a lead form, and waits until the lead is in the CRM. */
async function fillForm({ meta, platform }: Sandbox): Promise<Arrival> {
	const startedAt = Date.now();
	meta.fillForm(DEMO_FORM.filled);
	let message = '';
	const took = await untilTrue(async () => {
		const { rows } = await platform.pool.query<{ crm_message: string }>(
			'SELECT crm_message FROM lead WHERE email = $1 AND crm_status IS NOT NULL',
			[DEMO_FORM.filled.answers.email],
		);
		message = rows[0]?.crm_message ?? '';
		return message !== '';
	}, startedAt);
	return arrival('Meta Broker', DEMO_FORM.label, took, message);
}

/** Rolls up the figures of the company that the template names, as a person does by hand. */
async function rollUp({ n8n, platform }: Sandbox): Promise<Arrival> {
	const startedAt = Date.now();
	const call = await openSession(n8n.url);
	await call('POST', '/workflows/metrics-rollup/run', {
		triggerToStartFrom: { name: 'Roll Up Now' },
	});
	let answer = '';
	// The callback's moment has no milliseconds.
	const since = new Date(Math.floor(startedAt / 1000) * 1000);
	const took = await untilTrue(async () => {
		const { rows } = await platform.pool.query<Record<string, number>>(
			'SELECT * FROM metrics_rollup WHERE company_id = $1 AND last_updated >= $2',
			[DEMO_COMPANY.id, since],
		);
		const { properties_total: listings, leads_total: leads, ...rest } = rows[0] ?? {};
		answer = `${listings} listings, ${leads} leads, webhooks ${rest.webhook_success_rate_24h} %, ${rest.narratives_stale_count} stale narratives`;
		return rows.length === 1;
	}, startedAt);
	return arrival('Metrics Rollup', DEMO_COMPANY.name, took, answer);
}

async function untilTrue(
	look: () => boolean | Promise<boolean>,
	startedAt: number,
): Promise<number | undefined> {
	while (Date.now() - startedAt < ARRIVES_WITHIN_MS) {
		if (await look()) return Date.now() - startedAt;
		await wait(50);
	}
	return undefined;
}

/** Milliseconds until the platform had the callback of a message; undefined where it never came. */
async function untilAnswered(
	{ pool }: Sandbox['platform'],
	messageId: number,
	startedAt: number,
): Promise<number | undefined> {
	return await untilTrue(async () => {
		const { rowCount } = await pool.query(
			'SELECT FROM outbox_message WHERE id = $1 AND callback_at IS NOT NULL',
			[messageId],
		);
		return rowCount === 1;
	}, startedAt);
}

function arrival(flow: string, what: string, tookMs: number | undefined, answer: string): Arrival {
	if (tookMs === undefined) {
		return { flow, what, took: '—', answer: 'did not arrive', arrived: false };
	}
	return { flow, what, took: `${(tookMs / 1000).toFixed(1)} s`, answer, arrived: true };
}
