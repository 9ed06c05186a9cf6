import fc from 'fast-check';

import { scoreBudget } from '../../../../nodes/LeadScore/scoring/budget';
import type { ScoringInput, StatedAmount } from '../../../../nodes/LeadScore/scoring/input';
import { scoringInput } from './samples.cts';

const plain = { inferFromProperty: false };

function score(
	budget: ScoringInput['budget'],
	price?: StatedAmount,
	currency?: string,
	settings = plain,
) {
	return scoreBudget(scoringInput({ budget, listing: { price, currency } }), settings);
}

describe('budget', () => {
	// Above the budget 0.5 ^ ((over / 10 %)²): 0.5^1 = 50, 0.5^4 = 6.25, 0.5^0.25 = 84.09.
	// Below 85 % of it a line from 100 to 40 at 40 %: at 62.5 %, half-way, 70.
	it.each([
		['the budget itself', 10_000_000, 100],
		['85 % of it', 8_500_000, 100],
		['5 % above', 10_500_000, 84.09],
		['10 % above', 11_000_000, 50],
		['20 % above', 12_000_000, 6.25],
		['twice', 20_000_000, 0],
		['62.5 % of it', 6_250_000, 70],
		['40 % of it', 4_000_000, 40],
		['a tenth of it', 1_000_000, 40],
	])('a price of %s', (_name, price, expected) => {
		expect(score({ max: 10_000_000 }, price)).toMatchObject({ status: 'known' });
		expect(score({ max: 10_000_000 }, price).score).toBeCloseTo(expected, 2);
	});

	// With a least budget of half the most one the band begins at 50 %, and the line ends at
	// 50 % * 0.4 / 0.85 = 23.53 % of the most one; half-way, at 36.76 %, it is at 70.
	it.each([
		['the least', 5_000_000, 100],
		['in the middle', 7_000_000, 100],
		['the most', 10_000_000, 100],
		['below the least', 3_676_470, 70],
		['far below the least', 2_000_000, 40],
		['10 % above the most', 11_000_000, 50],
	])('a price %s of a band', (_name, price, expected) => {
		expect(score({ min: 5_000_000, max: 10_000_000 }, price).score).toBeCloseTo(expected, 2);
	});

	it.each<[string, ScoringInput['budget'], StatedAmount, string]>([
		['above', { max: 18_000_000 }, 18_500_000, 'Asks ₱18.5M, 3 % above the budget of ₱18M'],
		[
			'a little above',
			{ max: 18_000_000 },
			18_010_000,
			'Asks ₱18.01M, just above the budget of ₱18M',
		],
		['far above', { max: 5_000_000 }, 51_000_000, 'Asks ₱51M, 10 times the budget of ₱5M'],
		['within', { max: 18_000_000 }, 17_000_000, 'Asks ₱17M, within the budget of ₱18M'],
		['exact', { max: '18M' }, 18_000_000, 'Asks ₱18M, exactly the budget'],
		['in a band', { min: 3e6, max: 5e6 }, 4_500_000, 'Asks ₱4.5M, within the budget of ₱3M to ₱5M'],
		['in a typed band', { max: '3M-5M' }, '4.5M', 'Asks ₱4.5M, within the budget of ₱3M to ₱5M'],
		['below', { max: 18_000_000 }, 6_000_000, 'Asks ₱6M, 67 % below the budget of ₱18M'],
		['below a band', { min: 4e6, max: 9e6 }, 3e6, 'Asks ₱3M, 25 % below the least of ₱4M'],
		['below the least', { min: 4e6 }, 3e6, 'Asks ₱3M, 25 % below the least of ₱4M'],
	])('says what is %s', (_name, budget, price, reason) => {
		expect(score(budget, price, 'PHP')).toMatchObject({ status: 'known', reason });
	});

	it.each<[string, ScoringInput['budget'], StatedAmount | undefined, string | undefined, string]>([
		['no budget', {}, 5e6, 'PHP', 'Budget not known'],
		['no price', { max: 5e6 }, undefined, 'PHP', 'Budget known, price of the listing not known'],
		['words', { max: 'negotiable' }, 5e6, 'PHP', 'Budget could not be read (budget_max)'],
		['a zero', { max: 0 }, 5e6, 'PHP', 'Budget could not be read (budget_max)'],
		['NaN', { min: NaN }, 5e6, 'PHP', 'Budget could not be read (budget_min)'],
		['a negative budget', { max: -1 }, 5e6, 'PHP', 'Budget could not be read (budget_max)'],
		['a price of zero', { max: 5e6 }, 0, 'PHP', 'Price could not be read (price_amount)'],
		['a price range', { max: 5e6 }, '3M-5M', 'PHP', 'Price could not be read (price_amount)'],
		[
			'another currency',
			{ max: 100_000, currency: 'USD' },
			5e6,
			'PHP',
			'Budget is in USD, the listing is priced in PHP: not compared',
		],
		[
			'another currency in the text',
			{ max: '$100k', currency: 'PHP' },
			5e6,
			'PHP',
			'Budget is in $, the listing is priced in PHP: not compared',
		],
		[
			'two currencies',
			{ min: '$50k', max: '₱5M' },
			5e6,
			'PHP',
			'Budget is in two currencies (budget_min, budget_max): not compared',
		],
	])('is missing with %s', (_name, budget, price, currency, reason) => {
		expect(score(budget, price, currency)).toMatchObject({ status: 'missing', reason });
	});

	it.each<[string, ScoringInput['budget'], string | undefined]>([
		['on the side of the budget', { max: 5e6 }, 'PHP'],
		['on the side of the listing', { max: 5e6, currency: 'PHP' }, undefined],
		['on both sides', { max: 5e6 }, undefined],
	])('takes an unstated currency %s to be the same', (_name, budget, currency) => {
		expect(score(budget, 5e6, currency)).toMatchObject({ status: 'known', score: 100 });
	});

	it('compares a bare $ with every dollar, and says the one it is', () => {
		expect(score({ max: '$1.1M' }, 1_000_000, 'SGD').reason).toBe(
			'Asks S$1M, within the budget of S$1.1M',
		);
	});

	it('takes no least budget above the most one', () => {
		expect(score({ min: 8e6, max: 5e6 }, 7e6, 'PHP').score).toBeLessThan(1);
		expect(score({ min: 8e6, max: 5e6 }, 5e6, 'PHP').score).toBe(100);
	});

	it('leaves half open where only the least is known', () => {
		expect(score({ min: 4e6 }, 9e6, 'PHP')).toMatchObject({
			status: 'inferred',
			score: 100,
			reason: 'Asks ₱9M, from the least of ₱4M up; the most is not known',
			question: 'What is your budget?',
		});
	});

	it('infers a budget from the listing only where asked to, and never fully', () => {
		expect(score({}, 5e6, 'PHP', { inferFromProperty: true })).toEqual({
			status: 'inferred',
			score: 75,
			reason: 'Budget not known; asked about a listing at ₱5M',
			question: 'What is your budget?',
		});
		expect(score({}, undefined, 'PHP', { inferFromProperty: true }).status).toBe('missing');
	});

	const money = fc.integer({ min: 1, max: 1_000_000_000 });

	it('never rises with a price above the budget, and never leaves 0 to 100', () => {
		fc.assert(
			fc.property(money, money, money, (max, a, b) => {
				const [nearer, further] = [max + Math.min(a, b), max + Math.max(a, b)];
				const [high, low] = [score({ max }, nearer).score, score({ max }, further).score];
				expect(high).toBeGreaterThanOrEqual(low);
				expect(low).toBeGreaterThanOrEqual(0);
				expect(high).toBeLessThanOrEqual(100);
			}),
		);
	});

	it('never falls with a price that comes nearer to the budget from below, nor under 40', () => {
		fc.assert(
			fc.property(money, money, money, money, (min, span, a, b) => {
				const max = min + span;
				const [low, high] = [Math.min(a, b, max), Math.min(Math.max(a, b), max)];
				const [further, nearer] = [score({ min, max }, low).score, score({ min, max }, high).score];
				expect(nearer).toBeGreaterThanOrEqual(further - 1e-9);
				expect(further).toBeGreaterThanOrEqual(40);
			}),
		);
	});

	it('scores a budget by what it says, not by how it is written', () => {
		fc.assert(
			fc.property(money, money, (max, price) => {
				const expected = score({ max }, price, 'PHP');
				const typed = score({ max: max.toLocaleString('en') }, price.toLocaleString('de'), 'PHP');
				expect(typed).toEqual(expected);
			}),
		);
	});
});
