import fc from 'fast-check';

import {
	campaignRates,
	staleNarratives,
	type Warning,
} from '../../../../nodes/MetricsRollup/rollup/rates';
import { GUIDE_SNAPSHOT, type Performance } from './samples.cts';

function ratesOf(performance: Performance) {
	const warnings: Warning[] = [];
	const rates = campaignRates(performance, warnings);
	return { rates, fields: warnings.map(({ field }) => field.replace('campaign_performance.', '')) };
}

describe('the rates of campaigns', () => {
	// open, click, clickToOpen, delivery; worked out by hand
	it.each<[string, Performance, Array<number | null>]>([
		["the guide's own", { sent: 5000, opened: 1250, clicked: 312 }, [25, 6.24, 24.96, null]],
		['nothing sent', { sent: 0, opened: 0, clicked: 0 }, [null, null, null, null]],
		['nobody opened', { sent: 10, opened: 0, clicked: 0 }, [0, 0, null, null]],
		['everybody clicked', { sent: 7, opened: 7, clicked: 7 }, [100, 100, 100, null]],
		['thirds are rounded', { sent: 3, opened: 2, clicked: 1 }, [66.67, 33.33, 50, null]],
		[
			'delivered is what is divided by',
			{ sent: 1000, delivered: 800, opened: 200, clicked: 50 },
			[25, 6.25, 25, 80],
		],
		['nothing delivered', { sent: 10, delivered: 0, opened: 0, clicked: 0 }, [null, null, null, 0]],
		[
			'failed and bounced say what arrived, not what opens are divided by',
			{ sent: 1000, failed: 40, bounced: 60, opened: 250, clicked: 100 },
			[25, 10, 40, 90],
		],
		[
			"the guide's campaign: 1250 sent, 12 failed",
			{ sent: 1250, failed: 12, opened: 0, clicked: 0 },
			[0, 0, null, 99.04],
		],
		['bounced alone', { sent: 200, bounced: 1, opened: 0, clicked: 0 }, [0, 0, null, 99.5]],
		[
			'the platform offers the fields and knows nothing',
			{ sent: 4, opened: 1, clicked: 1, delivered: null, failed: null, bounced: null },
			[25, 25, 100, null],
		],
	])('%s', (_case, performance, [open, click, clickToOpen, delivery]) => {
		expect(ratesOf(performance)).toEqual({
			rates: { open, click, clickToOpen, delivery },
			fields: [],
		});
	});

	it.each<[string, Performance, Array<number | null>, string[]]>([
		[
			'more opened than sent',
			{ sent: 10, opened: 11, clicked: 5 },
			[null, 50, null, null],
			['opened'],
		],
		[
			'more clicked than opened',
			{ sent: 10, opened: 4, clicked: 5 },
			[40, 50, null, null],
			['clicked'],
		],
		[
			'more clicked than sent',
			{ sent: 10, opened: 4, clicked: 12 },
			[40, null, null, null],
			['clicked', 'clicked'],
		],
		[
			'more delivered than sent',
			{ sent: 10, delivered: 11, opened: 4, clicked: 1 },
			[null, null, 25, null],
			['delivered'],
		],
		[
			'more opened than delivered, though not than sent',
			{ sent: 10, delivered: 5, opened: 6, clicked: 1 },
			[null, 20, null, 50],
			['opened'],
		],
		[
			'more failed and bounced than sent',
			{ sent: 10, failed: 6, bounced: 5, opened: 1, clicked: 1 },
			[10, 10, 100, null],
			['failed and bounced'],
		],
		[
			'opened without anything sent',
			{ sent: 0, opened: 1, clicked: 0 },
			[null, null, null, null],
			['opened'],
		],
	])('%s: no rate, and a warning', (_case, performance, rates, fields) => {
		const [open, click, clickToOpen, delivery] = rates;
		expect(ratesOf(performance)).toEqual({
			rates: { open, click, clickToOpen, delivery },
			fields,
		});
	});

	it('a warning says which two figures contradict', () => {
		const warnings: Warning[] = [];
		campaignRates({ sent: 10, opened: 11, clicked: 5 }, warnings);
		expect(warnings).toEqual([
			{
				field: 'campaign_performance.opened',
				message: 'campaign_performance.opened is 11, more than campaign_performance.sent (10)',
			},
		]);
	});

	it('are null or between 0 and 100 with two decimals, whatever was counted', () => {
		const count = fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 2_147_483_647 }));
		const maybe = fc.option(count);
		const performance = fc.record({
			sent: count,
			opened: count,
			clicked: count,
			delivered: maybe,
			failed: maybe,
			bounced: maybe,
		});
		fc.assert(
			fc.property(performance, (counted) => {
				const { rates } = ratesOf(counted);
				for (const rate of Object.values(rates)) {
					if (rate === null) continue;
					expect(rate).toBeGreaterThanOrEqual(0);
					expect(rate).toBeLessThanOrEqual(100);
					expect(Number(rate.toFixed(2))).toBe(rate);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('a rate is missing only where its whole is nothing or a warning says why', () => {
		const count = fc.nat({ max: 6 });
		fc.assert(
			fc.property(fc.record({ sent: count, opened: count, clicked: count }), (counted) => {
				const { rates, fields } = ratesOf(counted);
				if (fields.length > 0) return;
				expect(rates.open === null).toBe(counted.sent === 0);
				expect(rates.click === null).toBe(counted.sent === 0);
				expect(rates.clickToOpen === null).toBe(counted.opened === 0);
			}),
		);
	});
});

describe('stale narratives', () => {
	it.each([
		[12, 245, 4.9, 0],
		[0, 245, 0, 0],
		[245, 245, 100, 0],
		[0, 0, null, 0],
		[3, 2, null, 1],
		[1, 0, null, 1],
	])('%i of %i properties are %p %%', (stale, properties, share, warned) => {
		const warnings: Warning[] = [];
		const snapshot = {
			...GUIDE_SNAPSHOT,
			narratives_stale_count: stale,
			properties_total: properties,
		};
		expect(staleNarratives(snapshot, warnings)).toEqual({ count: stale, share });
		expect(warnings).toHaveLength(warned);
	});
});
