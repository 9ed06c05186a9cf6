import fc from 'fast-check';

import {
	parseRetryMinutes,
	planWait,
	RETRY_WAITS_SECONDS,
	SHORTEST_DURABLE_WAIT_SECONDS,
} from '../../../../nodes/shared/delivery/retryPlan';

describe('waits as a person writes them', () => {
	it.each([
		['1, 5, 15', [60, 300, 900]],
		['1,5,15', [60, 300, 900]],
		[' 2 ', [120]],
		['0.5, 1440', [30, 86_400]],
		['1,1,1,1,1,1,1,1,1,1', Array<number>(10).fill(60)],
	])('"%s" are seconds', (text, seconds) => {
		expect(parseRetryMinutes(text)).toEqual(seconds);
	});

	it('are those of the guide by default', () => {
		expect(parseRetryMinutes('1, 5, 15')).toEqual(RETRY_WAITS_SECONDS);
	});

	it.each([
		'',
		' ',
		'0',
		'-1',
		'1441',
		'1, , 5',
		'1,',
		'1; 5',
		'one',
		'1e2',
		'0x10',
		'Infinity',
		'NaN',
		'1,5,15 minutes',
	])('"%s" are none', (text) => {
		expect(() => parseRetryMinutes(text)).toThrow(RangeError);
		expect(() => parseRetryMinutes(text)).toThrow(/minutes above 0 and up to 1440/);
	});

	it('are ten at most', () => {
		expect(() => parseRetryMinutes('1,1,1,1,1,1,1,1,1,1,1')).toThrow('11 waits are too many');
	});
});

describe('the wait until the next try', () => {
	const waiting = (attempts: number, isNew?: boolean) => ({
		state: 'waiting' as const,
		attempts,
		...(isNew !== undefined && { isNew }),
	});
	const least = () => 0;
	const most = () => 1;

	it.each([
		// n8n keeps no wait under 65 s; a fifth more than 60 is 72.
		[1, 65, 72],
		[2, 300, 360],
		[3, 900, 1080],
		// More failures than waits, where the waits have become fewer.
		[4, 900, 1080],
		[0, 0, 0],
	])('after %i failures is %i to %i s', (attempts, shortest, longest) => {
		expect(planWait([waiting(attempts)], RETRY_WAITS_SECONDS, least)).toBe(shortest);
		expect(planWait([waiting(attempts)], RETRY_WAITS_SECONDS, most)).toBeCloseTo(longest);
	});

	it.each([
		[0.5, 0.5, 0.6],
		[59, 59, 70.8],
		[60, 65, 72],
		[64, 65, 76.8],
		[65, 65, 78],
		[66, 66, 79.2],
	])('of %d s is %d to %d s', (seconds, shortest, longest) => {
		expect(planWait([waiting(1)], [seconds], least)).toBe(shortest);
		expect(planWait([waiting(1)], [seconds], most)).toBeCloseTo(longest);
	});

	it('is that of the earliest', () => {
		expect(planWait([waiting(3), waiting(2), waiting(3)], RETRY_WAITS_SECONDS, least)).toBe(300);
	});

	it.each([
		['nothing failed', []],
		['what failed is a dead letter', [{ state: 'dead' as const, attempts: 1 }]],
		['it arrived', [{ state: 'delivered' as const, attempts: 1 }]],
		['somebody else waits for it', [waiting(1, false)]],
	])('is none where %s', (_name, rows) => {
		expect(planWait(rows, RETRY_WAITS_SECONDS, least)).toBeUndefined();
	});

	it('does not look at what was parked before', () => {
		expect(planWait([waiting(1, false), waiting(2, true)], RETRY_WAITS_SECONDS, least)).toBe(300);
	});

	it('never ends before the delivery is due, nor is one of a minute too short to be kept', () => {
		const seconds = fc.double({ min: 0.01, max: 86_400, noNaN: true });
		const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
		fc.assert(
			fc.property(
				fc.array(seconds, { minLength: 1, maxLength: 10 }),
				fc.nat({ max: 12 }),
				random,
				(waits, attempts, share) => {
					const plain = attempts === 0 ? 0 : waits[Math.min(attempts, waits.length) - 1]!;
					const wait = planWait([waiting(attempts)], waits, () => share)!;
					expect(wait).toBeGreaterThanOrEqual(plain);
					expect(wait).toBeLessThanOrEqual(plain * 1.2 + 1e-9);
					if (plain >= 60) expect(wait).toBeGreaterThanOrEqual(SHORTEST_DURABLE_WAIT_SECONDS);
				},
			),
		);
	});
});
