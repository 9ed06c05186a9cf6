/** The nodes of Campaign Dispatch one after the other, with a real ledger between them. */
import type { IDataObject } from 'n8n-workflow';

import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { type Database, openDatabase } from '../stateStore/database.cts';
import {
	type CampaignSurroundings,
	GUIDE_CAMPAIGN,
	personRow,
	startCampaignSurroundings,
	statementIn,
	TEMPLATE,
	UNSUBSCRIBE_URL,
} from './campaignSurroundings.cts';

let around: CampaignSurroundings;
let database: Database;

beforeAll(async () => {
	[around, database] = await Promise.all([startCampaignSurroundings(), openDatabase()]);
	await database.pool.query(
		`CREATE TABLE contact (
			id text PRIMARY KEY, company_id text, email text, first_name text, city text,
			consent boolean, unsubscribed boolean, budget_max numeric, beds int
		)`,
	);
}, 60_000);
afterAll(async () => await Promise.all([around.close(), database.close()]));

const FIELDS = {
	field: [
		['id', 'text'],
		['email', 'text'],
		['first_name', 'text'],
		['city', 'text'],
		['consent', 'boolean'],
		['unsubscribed', 'boolean'],
		['budget_max', 'number'],
		['beds', 'number'],
	].map(([name, type]) => ({ name, type, column: '' })),
};

/** As n8n's Postgres node hands rows on: through JSON, and an empty item where there are none. */
async function query(statement: Statement): Promise<IDataObject[]> {
	const { rows } = await database.pool.query<IDataObject>(statement.query, statement.values);
	return rows.length > 0 ? (JSON.parse(JSON.stringify(rows)) as IDataObject[]) : [{}];
}

async function queryOne(json: IDataObject, name: string): Promise<IDataObject> {
	const [row, ...more] = await query(statementIn(json, name));
	expect(more).toEqual([]);
	return row!;
}

const open = async (): Promise<IDataObject> => {
	const json = await around.runOne(
		'open',
		{ templates: { template: [TEMPLATE] }, unsubscribeUrl: UNSUBSCRIBE_URL },
		[{ event: GUIDE_CAMPAIGN as IDataObject, correlationId: 'corr-1' }],
	);
	return await queryOne(json, 'open');
};

const take = async (): Promise<IDataObject> =>
	await queryOne(
		await around.runOne('take', { campaignId: GUIDE_CAMPAIGN.campaign_id, batches: 2 }, [{}]),
		'take',
	);

/** What the portion workflow does while the audience is not complete. */
async function enrollPage(taken: IDataObject): Promise<IDataObject> {
	const built = await around.runOne(
		'build',
		{ fields: FIELDS, audienceOptions: { after: '={{ $json.cursor }}', pageSize: 120 } } as never,
		[taken],
	);
	const rows = await query(built.audience as unknown as Statement);
	const enrolled = await around.runOne('enroll', { campaign: JSON.stringify(taken) }, rows);
	return await queryOne(enrolled, 'enroll');
}

const summarize = async (): Promise<IDataObject> =>
	await queryOne(
		await around.runOne('summarize', {}, [{ campaignId: GUIDE_CAMPAIGN.campaign_id }]),
		'summarize',
	);

it('a campaign goes from its request to its counts, and everybody who is meant gets one mail', async () => {
	const meant = Array.from({ length: 247 }, (_person, index) => personRow(index + 1));
	const people = [
		...meant,
		personRow(300, { consent: false }),
		personRow(301, { unsubscribed: true }),
		personRow(302, { email: 'nobody' }),
		personRow(303, { email: 'Reader.1@example.com' }),
		personRow(304, { beds: 1 }),
		personRow(305, { company_id: 'another' }),
	].map((row) => ({
		company_id: GUIDE_CAMPAIGN.company_id,
		budget_max: 8_000_000,
		beds: 2,
		...row,
	}));
	await database.pool.query(
		'INSERT INTO contact SELECT * FROM jsonb_populate_recordset(null::contact, $1)',
		[JSON.stringify(people)],
	);

	expect(await open()).toMatchObject({ state: 'enrolling', isNew: true, cursor: null });

	const pages: IDataObject[] = [];
	let taken = await take();
	for (; taken.state === 'enrolling'; taken = await take()) {
		expect(taken.batches).toEqual([]);
		pages.push(await enrollPage(taken));
	}
	expect(
		pages.map(({ enrolled, leftOut, duplicates, state }) => [enrolled, leftOut, duplicates, state]),
	).toEqual([
		[120, 0, 0, 'enrolling'],
		[120, 0, 0, 'enrolling'],
		[7, 3, 1, 'enrolling'],
		[0, 0, 0, 'sending'],
	]);

	const recorded: IDataObject[] = [];
	for (; taken.state === 'sending'; taken = await take()) {
		recorded.push(await queryOne(await around.runOne('send', {}, [taken]), 'record'));
	}
	expect(recorded).toMatchObject([
		{ sent: 200, refused: 0, pending: 47, inFlight: 0 },
		{ sent: 47, refused: 0, pending: 0, inFlight: 0 },
	]);
	expect(taken).toMatchObject({ state: 'completed', batches: [] });

	const readers = around.resend.mails.flatMap(({ to }) => to);
	expect(readers.toSorted()).toEqual(meant.map(({ email }) => email as string).sort());

	const counts = await summarize();
	expect(counts).toMatchObject({
		found: true,
		state: 'completed',
		audience: 251,
		sent: 247,
		failed: 0,
		leftOut: { no_consent: 1, unsubscribed: 1, broken_address: 1, duplicate: 1 },
	});
	const reported = await around.runOne('report', {}, [counts]);
	expect(around.platform.deliveries[0]?.body).toEqual({
		campaign_id: GUIDE_CAMPAIGN.campaign_id,
		sent: 247,
		failed: 0,
		status: 'completed',
		delivery_rate: 100,
	});
	expect(await queryOne(reported, 'reported')).toEqual({ reported: true });
}, 60_000);

it('what Resend reports of it is counted once, and bars the address that is dead', async () => {
	const [mail] = around.resend.mails;
	const event = {
		type: 'email.bounced',
		created_at: new Date().toISOString(),
		data: {
			email_id: mail!.id,
			to: mail!.to,
			tags: Object.fromEntries(mail!.tags.map(({ name, value }) => [name, value])),
			bounce: { type: 'Permanent', subType: 'General' },
		},
	};
	for (const outcome of ['counted', 'repeat']) {
		const json = await around.runOne('process', {}, [{ event, eventId: 'msg_1' }]);
		expect(await queryOne(json, 'count')).toMatchObject({
			outcome,
			isFirst: outcome === 'counted',
		});
	}
	expect(await summarize()).toMatchObject({ bounced: 1, failed: 1, sent: 247 });
	const { rows } = await database.pool.query('SELECT reason FROM property_platform.suppressions');
	expect(rows).toEqual([{ reason: 'bounced' }]);
});

it('asked for again, it stays completed, and nobody gets a second mail', async () => {
	expect(await open()).toMatchObject({ state: 'completed', alreadyCompleted: true, isNew: false });
	expect(await take()).toMatchObject({ state: 'completed', batches: [] });
	expect(around.resend.mails).toHaveLength(247);
});
