import fc from 'fast-check';

import { chooses, cpuMs, HANGS_MS } from './samples.cts';

const MOMENT = '2026-01-31T10:30:00.000Z';

type Truth = 'T' | 'F' | 'N';
const TRUTHS = { T: true, F: false, N: null };

/** Kleene's strong three-valued logic, as every textbook prints it. */
const AND = { TT: 'T', TF: 'F', TN: 'N', FT: 'F', FF: 'F', FN: 'F', NT: 'N', NF: 'F', NN: 'N' };
const OR = { TT: 'T', TF: 'T', TN: 'T', FT: 'T', FF: 'F', FN: 'N', NT: 'T', NF: 'N', NN: 'N' };
const NOT = { T: 'F', F: 'T', N: 'N' };

/** A condition is TRUE if it chooses the row, FALSE if its negation does, NULL if neither does. */
function truthOf(query: string, row: Record<string, unknown>): Truth {
	const isTrue = chooses(query, row);
	const isFalse = chooses(`NOT (${query})`, row);
	expect(isTrue && isFalse).toBe(false);
	return isTrue ? 'T' : isFalse ? 'F' : 'N';
}

const rowOf = (left: Truth, right: Truth) => ({
	consent: TRUTHS[left],
	unsubscribed: TRUTHS[right],
});

describe('three-valued logic', () => {
	it.each(Object.entries(AND))('has AND of %s as %s', (pair, truth) => {
		const row = rowOf(pair[0] as Truth, pair[1] as Truth);
		expect(truthOf('consent AND unsubscribed', row)).toBe(truth);
	});

	it.each(Object.entries(OR))('has OR of %s as %s', (pair, truth) => {
		const row = rowOf(pair[0] as Truth, pair[1] as Truth);
		expect(truthOf('consent OR unsubscribed', row)).toBe(truth);
	});

	it.each(Object.entries(NOT))('has NOT of %s as %s', (operand, truth) => {
		expect(truthOf('NOT consent', rowOf(operand as Truth, 'N'))).toBe(truth);
	});

	it.each([
		'beds = 2',
		'beds <> 2',
		'beds < 2',
		'beds = budget_max',
		'beds <> budget_max',
		'beds IN (1, 2)',
		'beds BETWEEN 1 AND 2',
		"city = 'a'",
		"city <> 'a'",
		"city < 'a'",
		'city = zip',
		"city IN ('a')",
		"city LIKE '%'",
		"city ILIKE 'a%'",
		'consent = TRUE',
		'consent <> unsubscribed',
		"created_at >= '2026-01-31'",
		'created_at = last_seen',
	])('has %s neither TRUE nor FALSE of a row that knows nothing', (query) => {
		expect(truthOf(query, {})).toBe('N');
	});

	it.each([
		['beds IS NULL', {}, 'T'],
		['beds IS NULL', { beds: 0 }, 'F'],
		['city IS NULL', { city: '' }, 'F'],
		['consent IS NULL', { consent: false }, 'F'],
		['consent IS TRUE', {}, 'F'],
		['consent IS FALSE', {}, 'F'],
		['consent IS NOT TRUE', {}, 'T'],
		['consent IS NOT TRUE', { consent: false }, 'T'],
		['consent IS NOT FALSE', { consent: true }, 'T'],
		['beds NOT IN (1, 2)', { beds: 3 }, 'T'],
		['beds NOT IN (1, 2)', {}, 'N'],
		['beds BETWEEN 4 AND 2', { beds: 3 }, 'F'],
		['beds NOT BETWEEN 4 AND 2', { beds: 3 }, 'T'],
		['beds BETWEEN 1 AND budget_max', { beds: 0 }, 'F'],
		['beds BETWEEN 1 AND budget_max', { beds: 2 }, 'N'],
	] as const)('has %s of %j as %s', (query, row, truth) => {
		expect(truthOf(query, row)).toBe(truth);
	});

	it("has the guide's own query choose by both its conditions", () => {
		const query = 'budget_max > 5000000 AND beds >= 2';
		const rows = [
			{ budget_max: 5_000_001, beds: 2 },
			{ budget_max: 5_000_000, beds: 2 },
			{ budget_max: '8500000.00', beds: '3' },
			{ budget_max: 9_000_000, beds: 1 },
			{ budget_max: null, beds: 4 },
			{ budget_max: 9_000_000 },
		];
		expect(rows.map((row) => chooses(query, row))).toEqual([
			true,
			false,
			true,
			false,
			false,
			false,
		]);
	});
});

describe('a value', () => {
	it.each([
		['beds = 2', { beds: '2.00' }, 'T'],
		['beds = -0.5', { beds: '-5e-1' }, 'T'],
		['beds = 2', { beds: '' }, 'N'],
		['beds = 2', { beds: ' 2' }, 'N'],
		['beds = 2', { beds: '2M' }, 'N'],
		['beds = 2', { beds: '0x2' }, 'N'],
		['beds = 2', { beds: true }, 'N'],
		['beds = 2', { beds: NaN }, 'N'],
		['beds = 2', { beds: [2] }, 'N'],
		["zip = '1634'", { zip: 1634 }, 'N'],
		["zip = '1634'", { zip: ['1634'] }, 'N'],
		['consent', { consent: 1 }, 'T'],
		['consent', { consent: '1' }, 'T'],
		['consent', { consent: 't' }, 'T'],
		['consent', { consent: 'true' }, 'T'],
		['consent', { consent: 0 }, 'F'],
		['consent', { consent: 'f' }, 'F'],
		['consent', { consent: 'false' }, 'F'],
		['consent', { consent: 2 }, 'N'],
		['consent', { consent: 'yes' }, 'N'],
		['consent', { consent: '' }, 'N'],
		['consent', { consent: [1] }, 'N'],
		[`created_at = '${MOMENT}'`, { created_at: new Date(MOMENT) }, 'T'],
		[`created_at = '${MOMENT}'`, { created_at: '2026-01-31 10:30' }, 'T'],
		[`created_at = '${MOMENT}'`, { created_at: '2026-01-31 10:30:00.000999' }, 'T'],
		[`created_at = '${MOMENT}'`, { created_at: '2026-01-31T18:30:00+08:00' }, 'T'],
		[`created_at = '${MOMENT}'`, { created_at: '2026-01-31T06:00:00-04:30' }, 'T'],
		[`created_at = '${MOMENT}'`, { created_at: new Date(NaN) }, 'N'],
		[`created_at = '${MOMENT}'`, { created_at: Date.parse(MOMENT) }, 'N'],
		[`created_at = '${MOMENT}'`, { created_at: '0000-00-00 00:00:00' }, 'N'],
		[`created_at > '${MOMENT}'`, { created_at: '0001-01-01' }, 'F'],
	] as const)('for %s of %j gives %s', (query, row, truth) => {
		expect(truthOf(query, row)).toBe(truth);
	});
});

describe('text', () => {
	const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ñ', '\uffff', '\ue000', '😀', '𐀀') });
	const bytes = (left: string, right: string) =>
		Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)));

	it('is in the order of its bytes in UTF-8', () => {
		fc.assert(
			fc.property(text, text, (city, zip) => {
				expect(chooses('city < zip', { city, zip })).toBe(bytes(city, zip) < 0);
				expect(chooses('city <= zip', { city, zip })).toBe(bytes(city, zip) <= 0);
				expect(chooses(`city > '${zip}'`, { city })).toBe(bytes(city, zip) > 0);
				expect(chooses('city = zip', { city, zip })).toBe(city === zip);
			}),
		);
	});

	it.each([
		["LIKE 'Mak%'", 'Makati', true],
		["LIKE 'mak%'", 'Makati', false],
		["ILIKE 'mAK%'", 'Makati', true],
		["LIKE '%ti'", 'Makati', true],
		["LIKE '%kat%'", 'Makati', true],
		["LIKE 'M%k%i'", 'Makati', true],
		["LIKE 'M%i%k'", 'Makati', false],
		["LIKE 'Makati%Makati'", 'Makati', false],
		["LIKE '_akat_'", 'Makati', true],
		["LIKE '_'", '😀', true],
		["LIKE '__'", '😀', false],
		["LIKE '%_'", '😀', true],
		["LIKE '%__%'", '😀', false],
		["LIKE '%_a'", '😀a', true],
		["LIKE 'a%a'", 'a', false],
		["LIKE ''", '', true],
		["LIKE '%'", '', true],
		["LIKE '_%'", '', false],
		["LIKE '100!%' ESCAPE '!'", '100%', true],
		["LIKE '100!%' ESCAPE '!'", '1000', false],
		["LIKE 'a\\%'", 'a\\b', true],
		["LIKE 'a.c'", 'abc', false],
		["LIKE 'a%b'", 'a\nb', true],
		["ILIKE 'PARAÑAQUE'", 'Parañaque', true],
		["LIKE 'PARAÑAQUE'", 'PARAÑAQUE ', false],
		["ILIKE 'i%'", 'İstanbul', false],
		["ILIKE 'İ%'", 'i̇stanbul', false],
		["ILIKE 'ı'", 'I', false],
		["ILIKE 'straße'", 'STRASSE', false],
		["ILIKE 'ſ'", 'S', false],
		["ILIKE 's'", 'ſ', false],
		["ILIKE 'k'", '\u212a', false],
		["ILIKE '\u212a'", 'K', false],
		["ILIKE 'Σ'", 'ς', false],
		["ILIKE 'σ'", 'Σ', true],
	])('%s of %j is %s', (condition, city, isLike) => {
		expect(chooses(`city ${condition}`, { city })).toBe(isLike);
	});

	it('is not searched for ever by a hostile pattern', () => {
		const pattern = `${'%a'.repeat(60)}%${'_a'.repeat(30)}b`;
		const startedAt = cpuMs();
		expect(chooses(`city LIKE '${pattern}'`, { city: 'a'.repeat(20_000) })).toBe(false);
		expect(chooses(`city ILIKE '${pattern}%c%'`, { city: 'a'.repeat(20_000) })).toBe(false);
		expect(cpuMs() - startedAt).toBeLessThan(HANGS_MS);
	});
});
