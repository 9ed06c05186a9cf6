import fc from 'fast-check';

import { readAmount } from '../../../../nodes/shared/money/amount';
import { formatAmount } from '../../../../nodes/shared/money/currency';
import { cpuMs, MOMENT_MS } from '../../LeadScore/scoring/samples.cts';

describe('amounts as people write them', () => {
	it.each<[string, number]>([
		['5000000', 5_000_000],
		['5000000.00', 5_000_000],
		['5M', 5_000_000],
		['5m', 5_000_000],
		['2.5m', 2_500_000],
		['2,5 M', 2_500_000],
		['5.5 million', 5_500_000],
		['4.35M', 4_350_000],
		['0.5M', 500_000],
		['0.750 M', 750_000],
		['12 milyon', 12_000_000],
		['500k', 500_000],
		['500 thousand', 500_000],
		['1.2B', 1_200_000_000],
		['5,000,000', 5_000_000],
		['5,000,000.00', 5_000_000],
		['5.000.000', 5_000_000],
		['5.000.000,50', 5_000_000.5],
		['5 000 000', 5_000_000],
		["5'000'000", 5_000_000],
		['25.000', 25_000],
		['25,000', 25_000],
		['1.500M', 1_500_000],
		['about 5M', 5_000_000],
		['approx. 5M', 5_000_000],
		['  5M  ', 5_000_000],
	])('%s', (text, value) => {
		expect(readAmount(text)).toEqual({ low: value, high: value });
	});

	it.each<[string, number, string]>([
		['₱5,000,000', 5_000_000, 'PHP'],
		['PHP 5M', 5_000_000, 'PHP'],
		['Php5M', 5_000_000, 'PHP'],
		['P5M', 5_000_000, 'PHP'],
		['5M pesos', 5_000_000, 'PHP'],
		['Php. 5,000,000', 5_000_000, 'PHP'],
		['$500k', 500_000, '$'],
		['US$ 500k', 500_000, 'USD'],
		['S$1.2M', 1_200_000, 'SGD'],
		['500 000 €', 500_000, 'EUR'],
		['£750k', 750_000, 'GBP'],
		['CHF 900k', 900_000, 'CHF'],
	])('%s says its currency', (text, value, currency) => {
		expect(readAmount(text)).toEqual({ low: value, high: value, currency });
	});

	it.each<[string, object]>([
		['3M-5M', { low: 3_000_000, high: 5_000_000 }],
		['3M – 5M', { low: 3_000_000, high: 5_000_000 }],
		['3 to 5 million', { low: 3_000_000, high: 5_000_000 }],
		['3-5M', { low: 3_000_000, high: 5_000_000 }],
		['800k-1.2M', { low: 800_000, high: 1_200_000 }],
		['3,000,000 - 5,000,000', { low: 3_000_000, high: 5_000_000 }],
		['₱3M to ₱5M', { low: 3_000_000, high: 5_000_000, currency: 'PHP' }],
		['up to 5M', { high: 5_000_000 }],
		['5M max', { high: 5_000_000 }],
		['under 5M', { high: 5_000_000 }],
		['from 3M', { low: 3_000_000 }],
		['at least 3M', { low: 3_000_000 }],
		['3M+', { low: 3_000_000 }],
	])('%s is a range or one end of it', (text, amount) => {
		expect(readAmount(text)).toEqual(amount);
	});

	it.each<[string, number | string]>([
		['nothing', ''],
		['blanks', '   '],
		['zero', '0'],
		['a negative amount', '-5M'],
		['a negative number', -5],
		['the number zero', 0],
		['NaN', NaN],
		['Infinity', Infinity],
		['an absurd number', 1e14],
		['an absurd text', '90000000000000000000'],
		['words', 'five million'],
		['a word among digits', '5M or so'],
		['two amounts', '5M 6M'],
		['three amounts', '1M-2M-3M'],
		['a range upside down', '5M-3M'],
		['two currencies', '$5M PHP'],
		['groups that are not of three', '50,00,000'],
		['a lost group', '5,000,00'],
		['an unknown unit', '5 sqm'],
		['a bare point', '.5M'],
		['a rent by month', '25k/month'],
		['an exponent', '5e6'],
		['a hexadecimal number', '0x500000'],
		['a text too long', '5'.repeat(61)],
		['markup', '<b>5M</b>'],
		['digits of another script', '٥٠٠٠٠٠٠'],
		['a second unit', '5M k'],
		['a plus before', '+5M'],
		['only a sign', '₱'],
		['only a unit', 'M'],
		['an open range', '5M -'],
	])('does not read %s', (_name, amount) => {
		expect(readAmount(amount)).toBeUndefined();
	});

	it('reads every amount that it formats, and every number grouped as English and German do', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (value) => {
				const amount = { low: value, high: value };
				expect(readAmount(value)).toEqual(amount);
				expect(readAmount(String(value))).toEqual(amount);
				expect(readAmount(value.toLocaleString('en'))).toEqual(amount);
				expect(readAmount(value.toLocaleString('de'))).toEqual(amount);
				const said = readAmount(formatAmount(value, 'PHP'));
				expect(said?.currency).toBe('PHP');
				// Two decimals of a unit: half a hundredth of it may be lost, 0.5 % at the most.
				expect(Math.abs(said!.low! / value - 1)).toBeLessThanOrEqual(0.0051);
			}),
		);
	});

	it('answers within a moment to hostile text', () => {
		const started = cpuMs();
		for (const piece of [
			'5',
			'5 ',
			'5,',
			'5.0',
			' ',
			'M',
			'₱',
			'-',
			"5'",
			'up to ',
			'至',
			'\u202e',
		]) {
			for (const length of [30, 60, 10_000, 1_000_000]) {
				readAmount(piece.repeat(length));
				readAmount('5' + piece.repeat(Math.min(28, length)) + 'x');
			}
		}
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
				const amount = readAmount(text);
				const ends = [amount?.low, amount?.high].filter((end) => end !== undefined);
				return ends.every((end) => end >= 1 && end <= 1e13);
			}),
		);
		expect(cpuMs() - started).toBeLessThan(MOMENT_MS);
	});
});

describe('amounts as we say them', () => {
	it.each<[number, string | undefined, string]>([
		[18_500_000, 'PHP', '₱18.5M'],
		[18_250_000, 'PHP', '₱18.25M'],
		[18_050_000, 'PHP', '₱18.05M'],
		[5_000_000, undefined, '5M'],
		[850_000, 'USD', '$850,000'],
		[999_999, 'PHP', '₱999,999'],
		[999_999.7, 'PHP', '₱1M'],
		[999_999_999, 'PHP', '₱1B'],
		[1_250_000_000, 'PHP', '₱1.25B'],
		[25_000, 'AED', 'AED 25,000'],
		[25_007, 'PHP', '₱25,007'],
		[999.6, 'PHP', '₱1,000'],
		[950, 'EUR', '€950'],
	])('%d %s is %s', (amount, currency, text) => {
		expect(formatAmount(amount, currency)).toBe(text);
	});
});
