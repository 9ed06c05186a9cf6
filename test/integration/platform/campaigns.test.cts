import { campaignRequested } from '../../../nodes/shared/contracts/campaignRequested';
import { checkContract } from '../../../nodes/shared/contracts/check';
import { saveCampaign } from '../../../sandbox/platform/campaigns.cts';
import { saveContact } from '../../../sandbox/platform/contacts.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { DEMO_CAMPAIGNS } from '../../../sandbox/platform/demoCampaigns.cts';
import { DEMO_COMPANIES } from '../../../sandbox/platform/demoCompanies.cts';
import { DEMO_CONTACTS } from '../../../sandbox/platform/demoContacts.cts';
import { startPglite } from '../../../sandbox/platform/pglite.cts';
import { seedDemo } from '../../../sandbox/platform/seed.cts';

let database: Database;

beforeAll(async () => {
	database = await startDatabase();
	await seedDemo(database.pool);
}, 30_000);

afterAll(async () => await database.close());

async function query(sql: string, values: unknown[] = []) {
	return (await database.pool.query<Record<string, unknown>>(sql, values)).rows;
}

const CAMPAIGN = {
	campaign_id: 'm-1',
	company_id: DEMO_COMPANIES[0].id,
	audience_query: 'beds >= 2',
	template_id: 'luxury_properties_v2',
	sender: 'sales@company.com',
};

describe('a campaign', () => {
	const saved = async () =>
		(await query('SELECT * FROM campaign WHERE id = $1', [CAMPAIGN.campaign_id]))[0];

	it('is a draft until a callback says more, and its company may be new', async () => {
		await saveCampaign(database.pool, { ...CAMPAIGN, company_id: 'brand-new' });
		expect(await saved()).toMatchObject({
			company_id: 'brand-new',
			audience_query: 'beds >= 2',
			template_id: 'luxury_properties_v2',
			sender: 'sales@company.com',
			status: 'draft',
			sent: 0,
			failed: 0,
			delivery_rate: null,
		});
	});

	it('that is saved again keeps what a callback wrote', async () => {
		await saveCampaign(database.pool, CAMPAIGN);
		await query(`UPDATE campaign SET status = 'completed', sent = 7 WHERE id = 'm-1'`);
		await saveCampaign(database.pool, { ...CAMPAIGN, audience_query: 'beds >= 3' });
		expect(await saved()).toMatchObject({
			audience_query: 'beds >= 3',
			status: 'completed',
			sent: 7,
		});
	});
});

describe('a contact', () => {
	it('that is saved again takes the new values and stays unsubscribed', async () => {
		const person = { ...DEMO_CONTACTS[0]!, id: 'p-1', email: 'old@example.com' };
		await saveContact(database.pool, { ...person, unsubscribed: true });
		await saveContact(database.pool, { ...person, email: 'new@example.com', consent: false });
		expect(await query(`SELECT * FROM contact WHERE id = 'p-1'`)).toEqual([
			{
				...person,
				email: 'new@example.com',
				consent: false,
				unsubscribed: true,
				created_at: expect.any(Date),
			},
		]);
		await query(`DELETE FROM contact WHERE id = 'p-1'`);
	});
});

describe('the demo contacts', () => {
	const [bayview, ayalaCourt] = DEMO_COMPANIES;
	const selected = async (companyId: string, condition: string) =>
		await query(`SELECT * FROM contact WHERE company_id = $1 AND (${condition}) ORDER BY id`, [
			companyId,
		]);

	it("have in the guide's audience everybody whom a campaign must treat apart", async () => {
		const audience = await selected(bayview.id, DEMO_CAMPAIGNS[0]!.payload.audience_query);
		expect(audience).toHaveLength(13);
		const emails = (people: Record<string, unknown>[]) => people.map(({ email }) => email);
		expect(emails(audience.filter(({ consent }) => consent !== true))).toEqual([
			'nino.bautista@example.com',
		]);
		expect(emails(audience.filter(({ unsubscribed }) => unsubscribed))).toEqual([
			'corazon.munoz@example.com',
		]);
		expect(emails(audience.filter(({ email }) => !String(email).includes('@')))).toEqual([
			'imelda.santos(at)example.com',
		]);
		expect(emails(audience.filter(({ first_name }) => first_name === null))).toEqual([
			'tiano@example.com',
		]);
		expect(emails(audience)).toEqual(
			expect.arrayContaining(['bounce.reyes@example.com', 'mailbox-full.cruz@example.com']),
		);
		const addresses = audience.map(({ email }) => String(email).toLowerCase());
		expect(addresses.filter((each, index) => addresses.indexOf(each) !== index)).toEqual([
			'luz.ocampo@example.com',
		]);
	});

	it('have people outside it: of the same company, and of others that it would select', async () => {
		const condition = DEMO_CAMPAIGNS[0]!.payload.audience_query;
		expect(await selected(bayview.id, `(${condition}) IS NOT TRUE`)).toHaveLength(4);
		expect(await query(`SELECT FROM contact WHERE ${condition}`)).toHaveLength(16);
	});

	it('have two people for the second campaign, both of whom may be mailed', async () => {
		const audience = await selected(ayalaCourt.id, DEMO_CAMPAIGNS[1]!.payload.audience_query);
		expect(audience.map(({ consent, unsubscribed }) => [consent, unsubscribed])).toEqual([
			[true, false],
			[true, false],
		]);
	});

	it.each(DEMO_CAMPAIGNS.map(({ label, payload }) => [label, payload]))(
		'are not all meant by "%s": a campaign to everybody is refused',
		async (_label, { company_id, audience_query }) => {
			expect(await selected(company_id, `(${audience_query}) IS NOT TRUE`)).not.toHaveLength(0);
		},
	);

	it('are invented: every address is one of example.com', () => {
		for (const { email } of DEMO_CONTACTS) expect(email).toMatch(/[@)]example\.com$/i);
		expect(new Set(DEMO_CONTACTS.map(({ id }) => id)).size).toBe(DEMO_CONTACTS.length);
	});
});

describe('the demo campaigns', () => {
	it.each(DEMO_CAMPAIGNS.map(({ label, payload }) => [label, payload]))(
		'"%s" keeps to the contract and has a row',
		async (_label, payload) => {
			expect(checkContract(campaignRequested, payload)).toEqual({ ok: true, value: payload });
			expect(await query('SELECT * FROM campaign WHERE id = $1', [payload.campaign_id])).toEqual([
				expect.objectContaining({ company_id: payload.company_id, status: 'draft' }),
			]);
		},
	);

	it("have the guide's own payload among them, with ids of its own", () => {
		const id = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
		expect(DEMO_CAMPAIGNS.map(({ payload }) => payload)).toContainEqual({
			campaign_id: id,
			company_id: id,
			audience_query: 'budget_max > 5000000 AND beds >= 2',
			template_id: 'luxury_properties_v2',
			sender: 'sales@company.com',
		});
	});

	it('and their people are there once, however often they are seeded', async () => {
		const count = async () =>
			await query(`SELECT (SELECT count(*) FROM campaign) AS campaigns, count(*) FROM contact`);
		const before = await count();
		await seedDemo(database.pool);
		expect(await count()).toEqual(before);
	});
});

describe('a sandbox from before there were campaigns', () => {
	it('keeps its messages, and gets what is new', async () => {
		const embedded = await startPglite();
		const first = await startDatabase({ url: embedded.url });
		await first.pool.query('DROP TABLE contact');
		await first.pool.query('ALTER TABLE outbox_message DROP COLUMN last_heard_at');
		await first.pool.query(
			`INSERT INTO outbox_message (event_type, payload, correlation_id)
			 VALUES ('lead.created', '{}', 'old')`,
		);
		await first.close();

		const second = await startDatabase({ url: embedded.url });
		const { rows } = await second.pool.query(
			`SELECT correlation_id, last_heard_at, (SELECT count(*)::int FROM contact) AS contacts
			 FROM outbox_message`,
		);
		expect(rows).toEqual([{ correlation_id: 'old', last_heard_at: null, contacts: 0 }]);
		await second.close();
		await embedded.close();
	}, 30_000);
});
