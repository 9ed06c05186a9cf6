import fc from 'fast-check';

import {
	type Estimated,
	estimateFromComparables,
} from '../../../../nodes/PropertyIq/valuation/estimateFromComparables';
import type { Subject } from '../../../../nodes/PropertyIq/valuation/subject';
import type { Comparable } from '../../../../nodes/shared/contracts/comparable';
import { anyMarket, daysAgo, like, SUBJECT, TODAY } from './market.cts';

const LOCATED: Subject = { ...SUBJECT, latitude: 14.6, longitude: 121 };

function estimated(comparables: Comparable[], subject: Subject = SUBJECT): Estimated {
	const answer = estimateFromComparables(subject, comparables, TODAY);
	if (answer.status !== 'estimated') throw new Error(answer.message);
	return answer;
}

function weightsOf(answer: Estimated): Record<string, number> {
	return Object.fromEntries(answer.comparablesUsed.map(({ id, weight }) => [id, weight]));
}

/** A degree of latitude is 111.195 km. */
const north = (km: number) => ({ latitude: 14.6 + km / 111.195, longitude: 121 });

describe('an estimate worked by hand', () => {
	it('is the geometric mean of equals, with a range of 2.3 deviations', () => {
		const answer = estimated([like('a', 1_000_000), like('b', 1_100_000), like('c', 1_210_000)]);
		// Logarithms lie ln 1.1 apart, so their deviation is ln 1.1 = 0.09531; 1.1^2.3 = 1.245097.
		expect(answer).toMatchObject({ estimate: 1_100_000, rangeLow: 883_465, rangeHigh: 1_369_607 });
		expect(answer.dispersion).toBeCloseTo(Math.log(1.1), 10);
		// 1 - (2.3 / 1.44) * 0.09531 = 0.848, held down to 0.8 by the thin evidence.
		expect(answer.confidence).toEqual({
			score: 0.8,
			label: 'medium',
			limits: ['fewer than 6 comparables', 'date of most comparables unknown'],
		});
		expect(answer.scope).toBe('same neighbourhood');
		expect(answer.searchRadiusKm).toBeUndefined();
		expect(answer.excluded).toEqual([]);
	});

	it('never promises less than the floor of the range, even where all prices are the same', () => {
		const prices = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) =>
			like(id, 1_000_000, { date: daysAgo(10) }),
		);
		// exp(2.3 * 0.04) = 1.096365 and 1 - (2.3 / 1.44) * 0.04 = 0.936.
		expect(estimated(prices)).toMatchObject({
			estimate: 1_000_000,
			rangeLow: 912_105,
			rangeHigh: 1_096_365,
			dispersion: expect.closeTo(0, 10),
			confidence: { score: 0.936, label: 'high', limits: [] },
		});
	});

	it('scales a price by the floor area to the power 0.65', () => {
		const answer = estimated(['a', 'b', 'c'].map((id) => like(id, 1_000_000, { areaSqm: 64 })));
		// (100 / 64)^0.65 = 1.336543.
		expect(answer.estimate).toBe(1_336_543);
		expect(answer.comparablesUsed[0]).toMatchObject({ price: 1_000_000, adjustedPrice: 1_336_543 });
	});

	it('gives 400 m of distance a weight of 1/e within the first radius', () => {
		const answer = estimated(
			[
				like('here', 1_000_000, { ...north(0), date: daysAgo(0) }),
				like('north', 1_000_000, { ...north(0.4), date: daysAgo(0) }),
				like('south', 1_000_000, { ...north(-0.4), date: daysAgo(0) }),
			],
			LOCATED,
		);
		// 1 / (1 + 2/e) and the rest halved.
		expect(weightsOf(answer).here).toBeCloseTo(0.576117, 4);
		expect(weightsOf(answer).north).toBeCloseTo(0.211942, 4);
		expect(answer.comparablesUsed.find(({ id }) => id === 'north')?.distanceKm).toBeCloseTo(0.4, 4);
		expect(answer).toMatchObject({ searchRadiusKm: 1.6, scope: 'within 1.6 km' });
	});

	it('gives a year of age a weight of 1/e', () => {
		const answer = estimated([
			like('new', 1_000_000, { date: daysAgo(0) }),
			like('old', 1_000_000, { date: daysAgo(365) }),
			like('as old', 1_000_000, { date: daysAgo(365) }),
		]);
		expect(weightsOf(answer).new).toBeCloseTo(0.576117, 5);
		expect(answer.comparablesUsed.find(({ id }) => id === 'old')?.ageDays).toBe(365);
	});

	it('takes an undated price for half a year old, and reports no age for it', () => {
		const answer = estimated([
			like('new', 1_000_000, { date: daysAgo(0) }),
			like('undated', 1_000_000),
			like('illegible', 1_000_000, { date: '1/2/26' }),
		]);
		const { new: dated = 0, undated = 0, illegible = 0 } = weightsOf(answer);
		// e^(-182 / 365) = 0.607362.
		expect(undated / dated).toBeCloseTo(0.607362, 5);
		expect(illegible).toBe(undated);
		expect(answer.comparablesUsed.map(({ ageDays }) => ageDays)).toEqual([0, undefined, undefined]);
	});

	it('gives similarity its fourth power', () => {
		const answer = estimated(
			[
				like('3 beds', 1_000_000, { beds: 3 }),
				like('1 bed', 1_000_000, { beds: 1 }),
				like('beds unknown', 1_000_000),
			],
			{ ...SUBJECT, beds: 3 },
		);
		const [same, fewer] = [weightsOf(answer)['3 beds'] ?? 0, weightsOf(answer)['1 bed'] ?? 0];
		// (0.45 * 1 + 0.15 * 0.5) / 0.6 = 0.875, and 0.875^4 = 0.586182.
		expect(fewer / same).toBeCloseTo(0.586182, 5);
		expect(weightsOf(answer)['beds unknown']).toBeCloseTo(same, 10);
	});

	it('brings older prices to a market that rises by 2 % a month', () => {
		const market = Array.from({ length: 60 }, (_, i) => {
			const months = i % 12;
			return like(`c${i}`, 1_000_000 * 1.02 ** -months, { date: daysAgo(months * 30.4375 + 5) });
		});
		for (const { adjustedPrice } of estimated(market).comparablesUsed) {
			expect(adjustedPrice / 1_000_000).toBeCloseTo(1, 2);
		}
	});
});

describe('the choice of comparables', () => {
	const prices = (count: number, name: string, others: Partial<Comparable>) =>
		Array.from({ length: count }, (_, i) => like(`${name}${i}`, 1_000_000 + 1000 * i, others));

	it.each<[number, string, number]>([
		[12, 'within 1.6 km', 1.6],
		[11, 'within 3.2 km', 3.2],
	])('with %i within a mile stays %s', (near, scope, searchRadiusKm) => {
		const market = [...prices(near, 'near', north(1)), ...prices(9, 'far', north(3))];
		const answer = estimated(market, LOCATED);
		expect(answer).toMatchObject({ scope, searchRadiusKm });
		expect(answer.comparablesUsed).toHaveLength(near === 12 ? 12 : 15);
	});

	it('takes the same neighbourhood first where nothing has coordinates', () => {
		const here = prices(12, 'here', {});
		const elsewhere = prices(9, 'city', { neighborhood: 'Ermita' });
		expect(estimated([...elsewhere, ...here])).toMatchObject({ scope: 'same neighbourhood' });
		const wider = estimated([...elsewhere, ...here.slice(0, 4)]);
		expect(wider.scope).toBe('same city');
		const weights = weightsOf(wider);
		expect(weights.here0).toBeGreaterThan(2 * (weights.city0 ?? 1));
		expect(wider.confidence.limits).toContain('comparables from a wide area');
	});

	it('trusts comparables that state no place, and says so', () => {
		const nowhere = ['a', 'b', 'c', 'd', 'e', 'f'].map((id): Comparable => ({
			id,
			price: 1_000_000,
			priceBasis: 'sold',
			areaSqm: 100,
			date: daysAgo(3),
		}));
		expect(estimated(nowhere)).toMatchObject({
			scope: 'place not stated',
			confidence: {
				label: 'low',
				limits: expect.arrayContaining([expect.stringMatching(/place/)]),
			},
		});
	});

	it('uses the fifteen best', () => {
		const answer = estimated([...prices(15, 'like', {}), ...prices(5, 'small', { areaSqm: 65 })]);
		expect(answer.comparablesUsed.map(({ id }) => id)).not.toContain('small0');
		expect(answer.excluded).toHaveLength(5);
		expect(answer.excluded[0]?.reason).toBe('less alike than the 15 used');
	});

	it.each<[string, Partial<Comparable>, Partial<Subject>, string]>([
		['of price zero', { price: 0 }, {}, 'no price'],
		['of price NaN', { price: NaN }, {}, 'no price'],
		['without floor area', { areaSqm: undefined }, {}, 'no floor area'],
		['of floor area zero', { areaSqm: 0 }, {}, 'no floor area'],
		['of infinite floor area', { areaSqm: Infinity }, {}, 'no floor area'],
		['with the same id', {}, { id: 'odd' }, 'the property itself'],
		[
			'with the same address',
			{ address: '12 Piñon St., Malate' },
			{ address: '12 PINON ST MALATE' },
			'the property itself',
		],
		['of 59 m²', { areaSqm: 59 }, {}, 'too small or too large'],
		['of 168 m²', { areaSqm: 168 }, {}, 'too small or too large'],
		[
			'that is a house',
			{ propertyType: 'House' },
			{ propertyType: 'condo' },
			'another type of property',
		],
		['of tomorrow week', { date: daysAgo(-7) }, {}, 'dated after the day of valuation'],
		['of 366 days ago', { date: daysAgo(366) }, {}, 'older than 365 days'],
		['of another city', { city: 'Cebu' }, {}, 'in another city'],
		['of the same barangay elsewhere', { city: 'Pasay' }, {}, 'in another city'],
		['25 km away', north(25), { latitude: 14.6, longitude: 121 }, 'more than 20 km away'],
		['with a zero too many', { price: 10_000_000 }, {}, 'price far out of line'],
	])('leaves out one %s', (_name, odd, subject, reason) => {
		const market = [...prices(5, 'c', {}), like('odd', 1_000_000, odd)];
		const answer = estimated(market, { ...SUBJECT, ...subject });
		expect(answer.excluded).toEqual([{ id: 'odd', reason }]);
		expect(answer.comparablesUsed).toHaveLength(5);
	});

	it.each<[string, Partial<Comparable>, Partial<Subject>]>([
		['of unknown type', {}, { propertyType: 'condo' }],
		['of the same type in other words', { propertyType: 'Condominium' }, { propertyType: 'condo' }],
		['of today further east', { date: daysAgo(-1) }, {}],
		['of 365 days ago', { date: daysAgo(365) }, {}],
		['with a date nobody can read', { date: 'last spring' }, {}],
		['of the city in other words', { city: 'City of Manila' }, {}],
		['of NaN coordinates', { latitude: NaN, longitude: NaN }, { latitude: 14.6, longitude: 121 }],
		['at 0, 0', { latitude: 0, longitude: 0 }, { latitude: 14.6, longitude: 121 }],
		[
			'that is another unit at the address',
			{ address: 'One Tower', areaSqm: 90 },
			{ address: 'One Tower' },
		],
		['of NaN bedrooms', { beds: NaN }, { beds: 2 }],
	])('keeps one %s', (_name, odd, subject) => {
		const market = [...prices(5, 'c', {}), like('odd', 1_000_000, odd)];
		const answer = estimated(market, { ...SUBJECT, ...subject });
		expect(answer.comparablesUsed.map(({ id }) => id)).toContain('odd');
		expect(Number.isInteger(answer.estimate)).toBe(true);
	});

	it('counts a listing once: its newest, and also under the ids of two portals', () => {
		const answer = estimated([
			...prices(4, 'c', {}),
			like('twice', 900_000, { date: daysAgo(90) }),
			like('twice', 1_000_000, { date: daysAgo(9) }),
			like('portal 1', 1_050_000, { address: '5 Mabini St' }),
			like('portal 2', 1_050_000, { address: '5 Mabini St.' }),
		]);
		expect(answer.excluded).toEqual([
			{ id: 'twice', reason: 'listed twice' },
			{ id: 'portal 2', reason: 'listed twice' },
		]);
		expect(answer.comparablesUsed.find(({ id }) => id === 'twice')?.price).toBe(1_000_000);
	});

	it('does not take two units of one building for one that states no other id', () => {
		const tower = [45, 60, 75, 90, 110].map((areaSqm) =>
			like('One Tower', 20_000 * areaSqm, { address: 'One Tower', areaSqm }),
		);
		expect(estimated(tower).comparablesUsed).toHaveLength(4);
	});

	it('weighs comparables that share nothing with the subject alike', () => {
		const strangers = ['a', 'b', 'c'].map((id) => like(id, 1_000_000, { areaSqm: 167, beds: 9 }));
		const answer = estimated(strangers, { ...SUBJECT, beds: 1 });
		const third = expect.closeTo(1 / 3, 10);
		expect(weightsOf(answer)).toEqual({ a: third, b: third, c: third });
	});
});

describe('a refusal', () => {
	it.each([undefined, 0, -5, NaN, Infinity])('comes where the floor area is %s', (areaSqm) => {
		const subject = areaSqm === undefined ? { city: 'Manila' } : { city: 'Manila', areaSqm };
		const market = [like('a', 1), like('b', 2), like('c', 3, { areaSqm: 0 })];
		expect(estimateFromComparables(subject, market, TODAY)).toMatchObject({
			status: 'insufficient',
			reason: 'no-floor-area',
			message: expect.stringContaining('state floor_area_sqm'),
			usable: 2,
		});
	});

	it('comes for fewer than three, and says what to do', () => {
		const market = [
			like('a', 1_000_000),
			like('b', 1_000_000),
			like('c', 1_000_000, { date: daysAgo(400) }),
			like('d', 1_000_000, { date: daysAgo(500) }),
			like('e', 0),
		];
		expect(estimateFromComparables(SUBJECT, market, TODAY)).toMatchObject({
			status: 'insufficient',
			reason: 'too-few-comparables',
			message:
				'An estimate needs at least 3 comparables and 2 of 5 can be used ' +
				'(left out: 2 older than 365 days, 1 no price). ' +
				'To get one, add some of the last 12 months.',
			usable: 2,
			excluded: expect.arrayContaining([{ id: 'e', reason: 'no price' }]),
		});
	});

	it('comes for none at all', () => {
		expect(estimateFromComparables(SUBJECT, [], TODAY)).toEqual({
			status: 'insufficient',
			reason: 'too-few-comparables',
			message:
				'An estimate needs at least 3 comparables and 0 of 0 can be used. ' +
				'To get one, add comparables from the same area.',
			usable: 0,
			excluded: [],
		});
	});

	it('comes where one of three contradicts the other two wildly', () => {
		const market = [like('a', 1_000_000), like('b', 1_010_000), like('typo', 10_000_000)];
		expect(estimateFromComparables(SUBJECT, market, TODAY)).toMatchObject({
			status: 'insufficient',
			usable: 2,
			excluded: [{ id: 'typo', reason: 'price far out of line' }],
		});
	});
});

describe('for any market', () => {
	const subject = { ...LOCATED, beds: 3, yearBuilt: 2010 };

	it('weights sum to 1, the range holds the estimate, and no comparable is lost', () => {
		fc.assert(
			fc.property(anyMarket, (market) => {
				const answer = estimateFromComparables(subject, market, TODAY);
				if (answer.status === 'insufficient') {
					expect(answer.usable).toBeLessThan(3);
					expect(answer.usable + answer.excluded.length).toBe(market.length);
					return;
				}
				const { comparablesUsed: used } = answer;
				const adjusted = used.map(({ adjustedPrice }) => adjustedPrice);
				expect(used.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
				expect(answer.estimate).toBeGreaterThanOrEqual(Math.min(...adjusted));
				expect(answer.estimate).toBeLessThanOrEqual(Math.max(...adjusted));
				expect(answer.rangeLow).toBeLessThan(answer.estimate);
				expect(answer.rangeHigh).toBeGreaterThan(answer.estimate);
				expect(used.length + answer.excluded.length).toBe(market.length);
			}),
		);
	});

	it('the order of the comparables does not matter', () => {
		const shuffled = anyMarket.chain((market) =>
			fc.tuple(
				fc.constant(market),
				fc.shuffledSubarray(market, { minLength: market.length, maxLength: market.length }),
			),
		);
		fc.assert(
			fc.property(shuffled, ([market, reordered]) => {
				expect(estimateFromComparables(subject, reordered, TODAY)).toEqual(
					estimateFromComparables(subject, market, TODAY),
				);
			}),
		);
	});

	it('prices k times as high make an estimate k times as high', () => {
		fc.assert(
			fc.property(anyMarket, fc.integer({ min: 2, max: 60 }), (market, k) => {
				const scaled = market.map((row) => ({ ...row, price: row.price * k }));
				const once = estimateFromComparables(subject, market, TODAY);
				const often = estimateFromComparables(subject, scaled, TODAY);
				expect(often.status).toBe(once.status);
				if (once.status === 'insufficient' || often.status === 'insufficient') return;
				expect(Math.abs(often.estimate - k * once.estimate)).toBeLessThanOrEqual(k / 2 + 1);
				expect(often.dispersion).toBeCloseTo(once.dispersion, 9);
			}),
		);
	});

	// Left in, the wild price would move a mean of 15 by 10^(1/15), 17 %, and of six by 47 %.
	it('one wild price hardly moves the estimate', () => {
		const calm = fc.array(fc.integer({ min: 900_000, max: 1_100_000 }), {
			minLength: 5,
			maxLength: 14,
		});
		fc.assert(
			fc.property(calm, fc.integer({ min: 10, max: 1000 }), fc.boolean(), (prices, times, up) => {
				const market = prices.map((price, i) => like(`c${i}`, price));
				const wild = like('wild', up ? 1_000_000 * times : 1_000_000 / times);
				const before = estimated(market).estimate;
				expect(Math.abs(estimated([...market, wild]).estimate / before - 1)).toBeLessThan(0.12);
			}),
		);
	});
});
