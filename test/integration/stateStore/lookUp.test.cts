import type { ClaimRow } from '../../../nodes/shared/stateStore/claim';
import { isTableName, selectLookUps } from '../../../nodes/shared/stateStore/lookUp';
import { type Database, openDatabase } from './database.cts';
import { claim, HOUR, record, release } from './work.cts';

interface LookedUp extends ClaimRow {
	property: Record<string, unknown> | null;
	preferences: Record<string, unknown> | null;
}

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
	await database.pool.query(`
		CREATE SCHEMA "Listings";
		CREATE TABLE "Listings".property (id uuid PRIMARY KEY, city text, price_amount numeric);
		CREATE TABLE lead_preferences (id text PRIMARY KEY, budget_max integer);
		INSERT INTO "Listings".property VALUES ('6f1c0b7e-0000-4000-8000-000000000001', 'Taguig', 18500000.50);
		INSERT INTO lead_preferences VALUES ('lead ''1''', 20000000)`);
}, 60_000);
afterAll(() => database.close());
beforeEach(() => database.pool.query('TRUNCATE property_platform.processed_events'));

const PROPERTY = { as: 'property', table: 'Listings.property' };
const PREFERENCES = { as: 'preferences', table: 'lead_preferences' };

describe('a claim that looks things up', () => {
	it('brings the rows along, by identifiers of any type', async () => {
		const row = await database.run<LookedUp>(
			claim({
				lookUps: [
					{ ...PROPERTY, id: '6f1c0b7e-0000-4000-8000-000000000001' },
					{ ...PREFERENCES, id: "lead '1'" },
				],
			}),
		);
		expect(row).toMatchObject({
			outcome: 'claimed',
			property: { city: 'Taguig', price_amount: 18_500_000.5 },
			preferences: { budget_max: 20_000_000 },
		});
	});

	it('says null where there is no such row', async () => {
		const row = await database.run<LookedUp>(
			claim({
				lookUps: [
					{ ...PROPERTY, id: '' },
					{ ...PREFERENCES, id: 'another' },
				],
			}),
		);
		expect(row).toMatchObject({ property: null, preferences: null });
	});

	it.each(['property; DROP TABLE x', 'a.b.c', '"property"', '', 'pg_catalog.', '1st', 'a b'])(
		'takes "%s" for no table',
		(table) => {
			expect(isTableName(table)).toBe(false);
			expect(() => selectLookUps([{ as: 'property', table, id: '1' }], 9)).toThrow(RangeError);
		},
	);
});

describe('whether work is new', () => {
	const claimed = async (leaseToken: string, changed = {}) =>
		await database.run<LookedUp>(claim({ leaseToken, ...changed }));

	it('is true for the first claim only', async () => {
		expect(await claimed('holder')).toMatchObject({ outcome: 'claimed', isNew: true });
		expect(await claimed('next')).toMatchObject({ outcome: 'in_progress', isNew: false });
	});

	it('is false once somebody gave it up', async () => {
		await claimed('holder');
		await database.run(release());
		expect(await claimed('next')).toMatchObject({ outcome: 'claimed', isNew: false });
	});

	it('is false when the stored result has run out', async () => {
		await claimed('holder');
		await database.run(record());
		await database.pool.query(
			"UPDATE property_platform.processed_events SET recorded_at = now() - interval '2 hours'",
		);
		expect(await claimed('next', { repeatWindowSeconds: HOUR })).toMatchObject({
			outcome: 'claimed',
			attempt: 1,
			isNew: false,
		});
	});
});
