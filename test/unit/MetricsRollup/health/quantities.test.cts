import { milliseconds, percent, seconds } from '../../../../nodes/MetricsRollup/health/quantities';

describe('quantities in words', () => {
	it.each([
		[0, '0 s'],
		[45.9, '45 s'],
		[119, '119 s'],
		[120, '2 min'],
		[754, '12 min'],
		[7199, '119 min'],
		[7200, '2 h'],
		[7500, '2 h 5 min'],
		[172_799, '47 h 59 min'],
		[172_800, '2 d'],
		[273_600, '3 d 4 h'],
	])('%d seconds are %s', (given, words) => {
		expect(seconds(given)).toBe(words);
	});

	it.each([
		[0, '0 ms'],
		[850.4, '850 ms'],
		[1000, '1 s'],
		[4204, '4.2 s'],
		[31_556, '31.56 s'],
	])('%d milliseconds are %s', (given, words) => {
		expect(milliseconds(given)).toBe(words);
	});

	it('a percentage has two decimals at most', () => {
		expect([5, 12.5, 33.333].map(percent)).toEqual(['5 %', '12.5 %', '33.33 %']);
	});
});
