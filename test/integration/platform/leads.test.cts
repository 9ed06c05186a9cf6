import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkContract } from '../../../nodes/shared/contracts/check';
import { leadCreated } from '../../../nodes/shared/contracts/leadCreated';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { DEMO_COMPANIES } from '../../../sandbox/platform/demoCompanies.cts';
import { DEMO_LEADS } from '../../../sandbox/platform/demoLeads.cts';
import { saveLead } from '../../../sandbox/platform/leads.cts';
import { startPglite } from '../../../sandbox/platform/pglite.cts';
import { seedDemo } from '../../../sandbox/platform/seed.cts';
import { templateSamples } from '../../../sandbox/platform/templateSamples.cts';

let database: Database;

beforeAll(async () => {
	database = await startDatabase();
	await seedDemo(database.pool);
}, 30_000);

afterAll(async () => await database.close());

async function lead(id: string) {
	const { rows } = await database.pool.query<Record<string, unknown>>(
		'SELECT * FROM lead WHERE id = $1',
		[id],
	);
	return rows[0]!;
}

describe('a lead', () => {
	it('is kept with what the platform has a column for', async () => {
		await saveLead(database.pool, {
			lead_id: 'full',
			company_id: DEMO_COMPANIES[0].id,
			property_id: DEMO_LEADS[0]!.listing.property_id,
			email: 'Ana@Example.com',
			phone: '0917 000 0009',
			consent: true,
			utm: { source: 'google' },
			preferences: { budget_max: 7_500_000, beds: 2, preferred_city: 'Cebu', areas: ['IT Park'] },
		});
		expect(await lead('full')).toMatchObject({
			company_id: DEMO_COMPANIES[0].id,
			property_id: DEMO_LEADS[0]!.listing.property_id,
			email: 'Ana@Example.com',
			phone: '0917 000 0009',
			consent: true,
			utm: { source: 'google' },
			budget_max: 7_500_000,
			beds: 2,
			preferred_city: 'Cebu',
			crm_status: null,
		});
	});

	it('may have neither e-mail nor phone, of a new company: a missing consent is none', async () => {
		await saveLead(database.pool, { lead_id: 'bare', company_id: 'brand-new' });
		expect(await lead('bare')).toMatchObject({
			company_id: 'brand-new',
			property_id: null,
			email: null,
			phone: null,
			consent: false,
			utm: {},
			budget_max: null,
		});
	});

	it.each([
		['₱20M', null],
		['about 5 million', null],
		['', null],
		['5000000.00', 5_000_000],
		[5_000_000, 5_000_000],
		[-1, null],
	])('with the budget %j has %j in its column', async (budget, kept) => {
		const preferences = { budget_max: budget };
		await saveLead(database.pool, { lead_id: 'budget', company_id: 'c', preferences });
		expect((await lead('budget')).budget_max).toBe(kept);
	});

	it('of a property that the platform does not have is kept without it', async () => {
		await saveLead(database.pool, { lead_id: 'lost', company_id: 'c', property_id: 'nowhere' });
		expect((await lead('lost')).property_id).toBeNull();
	});

	it('that is saved again keeps what a callback wrote', async () => {
		await saveLead(database.pool, { lead_id: 'again', company_id: 'c', email: 'a@example.com' });
		await database.pool.query(
			`UPDATE lead SET crm = 'hubspot', crm_status = 'synced', webhook_sent = true
			 WHERE id = 'again'`,
		);
		await saveLead(database.pool, { lead_id: 'again', company_id: 'c', email: 'b@example.com' });
		expect(await lead('again')).toMatchObject({
			email: 'b@example.com',
			crm: 'hubspot',
			crm_status: 'synced',
			webhook_sent: true,
		});
	});

	it('of an older sandbox stays, and its table gets the new columns', async () => {
		const embedded = await startPglite();
		const first = await startDatabase({ url: embedded.url });
		await first.pool.query(
			`ALTER TABLE lead
			 DROP COLUMN crm_status, DROP COLUMN crm_message, DROP COLUMN conversation`,
		);
		await saveLead(first.pool, { lead_id: 'old', company_id: 'c', email: 'old@example.com' });
		await first.close();

		const second = await startDatabase({ url: embedded.url });
		const { rows } = await second.pool.query(
			'SELECT email, crm_status, crm_message, conversation FROM lead',
		);
		expect(rows).toEqual([
			{ email: 'old@example.com', crm_status: null, crm_message: null, conversation: null },
		]);
		await second.close();
		await embedded.close();
	}, 30_000);
});

describe('the demo leads', () => {
	it.each(DEMO_LEADS.map(({ label, payload }) => [label, payload]))(
		'"%s" keeps to the contract, and its listing is there',
		async (_label, payload) => {
			expect(checkContract(leadCreated, payload)).toEqual({ ok: true, value: payload });
			expect(await lead(payload.lead_id)).toMatchObject({
				company_id: payload.company_id,
				property_id: payload.property_id,
				email: payload.email,
			});
		},
	);

	it('reach every CRM, one of them without consent', () => {
		const crms = DEMO_COMPANIES.filter(({ id }) =>
			DEMO_LEADS.some(({ payload }) => payload.company_id === id && payload.preferences),
		).map(({ crm }) => crm);
		expect(crms).toEqual(['hubspot', 'salesforce', 'pipedrive']);
		expect(DEMO_LEADS.filter(({ payload }) => payload.consent === false)).toHaveLength(1);
	});

	it("have the guide's own payload among them, with ids of its own", () => {
		const id = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
		expect(DEMO_LEADS.map(({ payload }) => payload)).toContainEqual({
			lead_id: id,
			company_id: id,
			email: 'john@example.com',
			phone: '+639171234567',
			property_id: id,
			utm: { source: 'facebook', campaign: 'summer2024' },
			consent: true,
		});
	});

	it('are there once, however often they are seeded', async () => {
		const count = async () =>
			(await database.pool.query('SELECT count(*)::int AS n FROM lead')).rows[0];
		const before = await count();
		await seedDemo(database.pool);
		expect(await count()).toEqual(before);
	});
});

describe('the samples of the templates', () => {
	it('come from every template of the folder that has some', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'templates-'));
		const write = async (file: string, name: string, sample: object) =>
			await writeFile(
				path.join(folder, file),
				JSON.stringify({
					nodes: [
						{ name: 'When clicked', parameters: {} },
						{ name, parameters: { jsonOutput: JSON.stringify(sample) } },
					],
				}),
			);
		await write('a.json', 'Sample Listing', { event: { property_id: 'p-1' } });
		await write('b.json', 'Sample Leads', {
			events: [{ event: { lead_id: 'l-1' } }, { event: { lead_id: 'l-2' } }],
		});
		await write('c.json', 'Sample Leads', { events: [{ event: { lead_id: 'l-3' } }] });
		await write('d.json', 'Edit Fields', { event: { property_id: 'p-2' } });
		await write('e.json', 'Sample Campaigns', { events: [{ event: { campaign_id: 'm-1' } }] });
		await writeFile(path.join(folder, 'README.md'), 'no template');
		try {
			expect(await templateSamples(folder)).toEqual({
				listings: [{ property_id: 'p-1' }],
				leads: [{ lead_id: 'l-1' }, { lead_id: 'l-2' }, { lead_id: 'l-3' }],
				campaigns: [{ campaign_id: 'm-1' }],
			});
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	it('are in the database, so that their callbacks have a row to write to', async () => {
		const { listings, leads, campaigns } = await templateSamples();
		expect(listings.length).toBeGreaterThan(0);
		const { rows } = await database.pool.query<{ n: number }>(
			`SELECT (SELECT count(*) FROM property WHERE id = ANY($1))::int
			      + (SELECT count(*) FROM lead WHERE id = ANY($2))::int
			      + (SELECT count(*) FROM campaign WHERE id = ANY($3))::int AS n`,
			[
				listings.map(({ property_id }) => property_id),
				leads.map(({ lead_id }) => lead_id),
				campaigns.map(({ campaign_id }) => campaign_id),
			],
		);
		const ids = [
			...listings.map((each) => each.property_id),
			...leads.map((each) => each.lead_id),
			...campaigns.map((each) => each.campaign_id),
		];
		expect(rows[0]!.n).toBe(new Set(ids).size);
	});
});
