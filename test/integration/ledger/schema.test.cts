import type { ClaimRow } from '../../../nodes/shared/stateStore/claim';
import { type Database, openDatabase, SCHEMA } from '../stateStore/database.cts';
import { claim, record } from '../stateStore/work.cts';
import { ledgerOn, people } from './campaign.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());

const version = async () =>
	(
		await database.pool.query(
			'SELECT version FROM property_platform.schema_version ORDER BY version',
		)
	).rows;

describe('the schema of the ledger', () => {
	it('comes to a store of version 1 and leaves what is there', async () => {
		const [versionOne] = SCHEMA.split('-- Version 2');
		await database.pool.query('DROP SCHEMA property_platform CASCADE');
		await database.pool.query(
			`${versionOne}; INSERT INTO property_platform.schema_version (version) VALUES (1)`,
		);
		await expect(ledgerOn(database).open()).rejects.toThrow('does not exist');
		await database.run(claim());
		await database.run(record({ result: { utm: { campaign: 'c-1' } } }));

		await database.pool.query(SCHEMA);
		expect(await version()).toEqual([{ version: 1 }, { version: 4 }]);
		expect(await database.run<ClaimRow>(claim())).toMatchObject({ outcome: 'repeat' });
		expect(await ledgerOn(database).open()).toMatchObject({ isNew: true });
	});

	it('can be created again without harm to a campaign', async () => {
		await ledgerOn(database).clear();
		await ledgerOn(database).send(people(3));
		const before = await ledgerOn(database).standing('*');
		await database.pool.query(SCHEMA);
		await database.pool.query(SCHEMA);
		expect(await ledgerOn(database).standing('*')).toEqual(before);
	});

	it.each([
		['a state it does not know', "campaigns SET state = 'lost'"],
		['a stop without a reason', "campaigns SET state = 'stopped', completed_at = NULL"],
		['an end without a moment', 'campaigns SET completed_at = NULL'],
		['a mail to nobody', "campaign_recipients SET state = 'pending', email = NULL"],
		[
			'an address of one who is left out',
			"campaign_recipients SET state = 'left_out', reason = 'x'",
		],
		[
			'a person left out without a reason',
			"campaign_recipients SET state = 'left_out', email = NULL",
		],
		['a bounce it does not know', "campaign_recipients SET bounce = 'Permanent'"],
		['a batch under way that nobody holds', "campaign_batches SET state = 'sending'"],
	])('refuses %s', async (_name, change) => {
		await expect(database.pool.query(`UPDATE property_platform.${change}`)).rejects.toThrow(
			'violates check constraint',
		);
	});

	it('forgets the people of a campaign with the campaign', async () => {
		await database.pool.query('DELETE FROM property_platform.campaigns');
		expect(await ledgerOn(database).standing()).toEqual([]);
	});
});
