import { type Database, openDatabase, SCHEMA } from '../stateStore/database.cts';
import { claim } from '../stateStore/work.cts';
import { deliveriesOn, work } from './deliveries.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());

const on = () => deliveriesOn(database);

describe('the schema of the deliveries', () => {
	it('comes to a store of version 3 and leaves what is there', async () => {
		const [versionThree] = SCHEMA.split('-- Version 4');
		await database.pool.query('DROP SCHEMA property_platform CASCADE');
		await database.pool.query(
			`${versionThree}; INSERT INTO property_platform.schema_version (version) VALUES (3)`,
		);
		await database.run(claim());
		await expect(on().park()).rejects.toThrow('does not exist');

		await database.pool.query(SCHEMA);
		expect(await on().rows('schema_version', 'version')).toEqual([{ version: 3 }, { version: 4 }]);
		expect(await on().rows('processed_events', 'state')).toEqual([{ state: 'claimed' }]);
		expect(await on().park()).toMatchObject([{ isNew: true }]);
	});

	it('can be created again without harm to what waits', async () => {
		await on().clear();
		await on().park([work(), work({ deliveryKey: 'd-2', isPassing: false })]);
		const before = [await on().rows('deliveries'), await on().rows('alerts')];
		await database.pool.query(SCHEMA);
		await database.pool.query(SCHEMA);
		expect([await on().rows('deliveries'), await on().rows('alerts')]).toEqual(before);
	});

	it.each([
		['a kind it does not know', "deliveries SET kind = 'mail'"],
		['a state it does not know', "deliveries SET state = 'lost'"],
		['a delivery that waits with nothing in it', 'deliveries SET payload = NULL'],
		['the payload of what was delivered', "deliveries SET state = 'delivered', settled_at = now()"],
		['the payload of what was dismissed', "deliveries SET state = 'dismissed', settled_at = now()"],
		['a dead letter without a moment', "deliveries SET state = 'dead'"],
		['a lease that nobody holds', 'deliveries SET lease_until = now()'],
		['a lease without an end', "deliveries SET lease_token = 'x'"],
		['an alert of a severity it does not know', "alerts SET severity = 'notice'"],
	])('refuses %s', async (_name, change) => {
		await on().clear();
		await on().park([work(), work({ deliveryKey: 'd-2', flow: 'x', isPassing: false })]);
		await expect(database.pool.query(`UPDATE property_platform.${change}`)).rejects.toThrow(
			'violates check constraint',
		);
	});

	it('refuses two open alerts about the same', async () => {
		await on().clear();
		await on().park([work({ isPassing: false })]);
		const raise = `INSERT INTO property_platform.alerts (alert_key, severity, title, detail)
			SELECT alert_key, severity, title, detail FROM property_platform.alerts`;
		await expect(database.pool.query(raise)).rejects.toThrow('alerts_open');
	});
});
