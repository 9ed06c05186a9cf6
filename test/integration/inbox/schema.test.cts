import { type Database, openDatabase, SCHEMA } from '../stateStore/database.cts';
import { inboxOn, message } from './inbox.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());

const inbox = () => inboxOn(database);

const versions = async () =>
	(await inbox().rows('schema_version', 'version', 'version')).map(({ version }) => version);

describe('the schema of the inbox', () => {
	it('comes to a store of version 2 and leaves what is there', async () => {
		const [versionTwo] = SCHEMA.split('-- Version 3');
		await database.pool.query('DROP SCHEMA property_platform CASCADE');
		await database.pool.query(
			`${versionTwo}; INSERT INTO property_platform.schema_version (version) VALUES (2)`,
		);
		await database.pool.query(
			"INSERT INTO property_platform.suppressions VALUES ('r', 'c', 'bounced')",
		);
		await expect(inbox().keep([message('m-1')])).rejects.toThrow('does not exist');

		await database.pool.query(SCHEMA);
		expect(await versions()).toEqual([2, 4]);
		expect(await inbox().rows('suppressions', 'recipient')).toEqual([{ recipient: 'r' }]);
		expect(await inbox().keep([message('m-1')])).toMatchObject({ messages: 1 });
	});

	it('can be created again without harm to what waits', async () => {
		await inbox().clear();
		await inbox().keep([message('m-1')]);
		const before = await inbox().rows('channel_events');
		await database.pool.query(SCHEMA);
		await database.pool.query(SCHEMA);
		expect(await inbox().rows('channel_events')).toEqual(before);
	});

	it.each([
		['a state it does not know', "channel_events SET state = 'lost'"],
		['an event that waits without its text', 'channel_events SET event = NULL'],
		['the text of an event that is done', "channel_events SET state = 'done', settled_at = now()"],
		[
			'the text of an event that was unsent',
			"channel_events SET state = 'withdrawn', kind = 'other', settled_at = now()",
		],
		['an end without a moment', "channel_events SET state = 'failed'"],
		['an event of nobody that waits', 'channel_events SET conversation = NULL'],
		['a lease that nobody holds', 'conversations SET lease_until = now()'],
		['a lease without an end', "conversations SET lease_token = 'x'"],
	])('refuses %s', async (_name, change) => {
		await inbox().clear();
		await inbox().keep([message('m-1')]);
		await expect(database.pool.query(`UPDATE property_platform.${change}`)).rejects.toThrow(
			'violates check constraint',
		);
	});
});
