import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { createClock } from '../../../sandbox/clock.cts';
import { startConsole } from '../../../sandbox/console/console.cts';
import type { Listening } from '../../../sandbox/listen.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { DEMO_CAMPAIGNS } from '../../../sandbox/platform/demoCampaigns.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { seedDemo } from '../../../sandbox/platform/seed.cts';
import { type MetaStandIn, startMeta } from '../../../sandbox/vendors/meta.cts';
import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';
import { callBack, SECRET } from './callBack.cts';
import { type Receiver, startReceiver } from './receiver.cts';
import { until } from './until.cts';

let database: Database;
let n8n: Receiver;
let platform: Platform;
let resend: ResendStandIn;
let meta: MetaStandIn;
let operator: Listening;

beforeAll(async () => {
	database = await startDatabase();
	await seedDemo(database.pool);
	n8n = await startReceiver(SECRET);
	platform = await startPlatform({
		database,
		clock: createClock(),
		signingSecret: SECRET,
		n8nUrl: n8n.url,
	});
	resend = await startResend();
	meta = await startMeta();
	operator = await startConsole({
		platform,
		vendors: { resend },
		crms: {},
		mailbox: resend,
		meta,
	});
}, 30_000);

afterAll(async () => {
	await operator.close();
	await resend.close();
	await meta.close();
	await platform.close();
	await n8n.close();
	await database.close();
});

type Rows = Record<string, unknown>[];

async function get(path: string) {
	const response = await fetch(`${operator.url}/console/api/${path}`);
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function post(path: string, body: unknown) {
	const response = await fetch(`${operator.url}/console/api/${path}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const shown = async () => (await get('state')).body.campaigns as Rows;

describe('a campaign in the console', () => {
	const [guide] = DEMO_CAMPAIGNS;
	const campaign = { ...guide!.payload, campaign_id: 'launched-1' };

	it("starts from samples, the guide's own first, and names the companies", async () => {
		const { campaigns, companies } = (await get('samples')).body as Record<string, Rows>;
		expect(campaigns).toEqual(DEMO_CAMPAIGNS);
		expect(companies).toContainEqual({
			id: campaign.company_id,
			name: 'Bayview Homes (demo)',
		});
	});

	it('that is launched goes to n8n, has a row and is shown first', async () => {
		expect(await post('campaign', campaign)).toMatchObject({
			status: 202,
			body: { id: expect.any(Number), correlationId: expect.any(String) },
		});
		const delivery = await until(() => n8n.deliveries[0]);
		expect(delivery).toMatchObject({ path: '/campaign-dispatch', body: campaign, isValid: true });
		expect((await shown())[0]).toEqual({
			id: 'launched-1',
			company: 'Bayview Homes (demo)',
			audience_query: 'budget_max > 5000000 AND beds >= 2',
			template_id: 'luxury_properties_v2',
			sender: 'sales@company.com',
			status: 'draft',
			sent: 0,
			failed: 0,
			delivery_rate: null,
			launched_at: expect.any(String),
			ledger: null,
		});
	});

	it('shows what its callbacks say', async () => {
		await callBack(platform.url, 'campaign-status', {
			campaign_id: 'launched-1',
			sent: 1250,
			failed: 12,
			status: 'completed',
			delivery_rate: 99.04,
		});
		expect((await shown())[0]).toMatchObject({
			...{ id: 'launched-1', status: 'completed' },
			...{ sent: 1250, failed: 12, delivery_rate: 99.04 },
		});
	});

	it('shows what the ledger counts, once the state store is prepared', async () => {
		const schema = path.join(__dirname, '../../../sql/state-store.sql');
		await database.pool.query(await readFile(schema, 'utf8'));
		expect((await shown())[0]).toMatchObject({ ledger: null });

		await database.pool.query(
			`INSERT INTO property_platform.campaigns
			   (campaign_id, company_id, correlation_id, state, definition, definition_hash, audience,
			    nameless, stop_reason)
			 VALUES ('launched-1', 'c', 'run-1', 'stopped', '{}', 'h', 13, '{"bad_address": 2}',
			         'The quota is used up'),
			        ('another', 'c', 'run-2', 'sending', '{}', 'h', 1, '{}', NULL)`,
		);
		await database.pool.query(
			`INSERT INTO property_platform.campaign_recipients
			   (campaign_id, recipient, person_id, state, reason, email, data, delivered_at, opened_at,
			    clicked_at, bounced_at, complained_at, unsubscribed_at)
			 VALUES
			   ('launched-1', 'r1', '1', 'pending', NULL, 'a@example.com', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
			   ('launched-1', 'r2', '2', 'sending', NULL, 'b@example.com', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
			   ('launched-1', 'r3', '3', 'sent', NULL, 'c@example.com', NULL, now(), now(), now(), NULL, NULL, NULL),
			   ('launched-1', 'r4', '4', 'sent', NULL, 'd@example.com', NULL, now(), now(), NULL, NULL, now(), now()),
			   ('launched-1', 'r5', '5', 'sent', NULL, 'e@example.com', NULL, now(), NULL, NULL, NULL, NULL, NULL),
			   ('launched-1', 'r6', '6', 'sent', NULL, 'f@example.com', NULL, NULL, NULL, NULL, now(), NULL, NULL),
			   ('launched-1', 'r7', '7', 'refused', 'invalid', 'g@example.com', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
			   ('launched-1', 'r8', '8', 'left_out', 'no_consent', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
			   ('launched-1', 'r9', '9', 'left_out', 'unsubscribed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
			   ('launched-1', 'ra', 'a', 'left_out', 'unsubscribed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
			   ('another', 'r1', '1', 'sent', NULL, 'a@example.com', NULL, now(), NULL, NULL, NULL, NULL, NULL)`,
		);
		const [first] = await shown();
		expect(first).toMatchObject({
			id: 'launched-1',
			ledger: {
				state: 'stopped',
				stopReason: 'The quota is used up',
				counts: {
					...{ audience: 13, pending: 2, refused: 1, delivered: 3, opened: 2, clicked: 1 },
					...{ bounced: 1, complained: 1, unsubscribed: 1 },
				},
				// Of 13 rows 10 have a recipient and 2 no address: one is there twice.
				leftOut: { bad_address: 2, duplicate: 1, no_consent: 1, unsubscribed: 2 },
			},
		});
		expect(JSON.stringify(await shown())).not.toContain('@example.com');
	});

	it.each([
		['without an audience', { audience_query: ' ' }, 'audience_query'],
		['without a sender', { sender: undefined }, 'sender'],
		['whose id no tag can carry', { campaign_id: 'a b' }, 'campaign_id'],
	])('%s is refused, and the field named', async (_name, changes, field) => {
		expect(await post('campaign', { ...campaign, ...changes })).toMatchObject({
			status: 400,
			body: { error: 'contract', problems: [expect.objectContaining({ field })] },
		});
	});
});
