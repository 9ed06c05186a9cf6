import fc from 'fast-check';

import { computeRollup } from '../../../../nodes/MetricsRollup/rollup/computeRollup';
import { deltaOf } from '../../../../nodes/MetricsRollup/rollup/deltas';
import { metricsUpsertRequest } from '../../../../nodes/MetricsRollup/rollup/metricsUpsertRequest';
import { readPreviousRollup } from '../../../../nodes/MetricsRollup/rollup/previousRollup';
import { metricsUpsert } from '../../../../nodes/shared/contracts/metrics';
import { GUIDE_SNAPSHOT, snapshotWith } from './samples.cts';

const NOON = new Date('2024-01-15T12:00:00.789Z');
const MORNING = new Date('2024-01-15T06:00:00.000Z');

describe('a rollup', () => {
	it("of the guide's snapshot is the guide's callback, and what follows from the figures", () => {
		expect(computeRollup(GUIDE_SNAPSHOT, undefined, NOON)).toEqual({
			companyId: 'uuid',
			takenAt: '2024-01-15T12:00:00Z',
			figures: {
				properties_total: 245,
				leads_total: 1234,
				webhook_success_rate_24h: 98.5,
				narratives_stale_count: 12,
				campaign_performance: {
					sent: 5000,
					opened: 1250,
					clicked: 312,
					delivered: null,
					failed: null,
					bounced: null,
					unsubscribed: null,
				},
				outbox_depth: null,
				outbox_oldest_seconds: null,
			},
			rates: { open: 25, click: 6.24, clickToOpen: 24.96, delivery: null },
			staleNarratives: { count: 12, share: 4.9 },
			deltas: null,
			warnings: [],
			callback: {
				company_id: 'uuid',
				properties_total: 245,
				leads_total: 1234,
				webhook_success_rate_24h: 98.5,
				narratives_stale_count: 12,
				last_updated: '2024-01-15T12:00:00Z',
			},
		});
	});

	it('keeps and reports nothing else that the snapshot carries', () => {
		const { figures, callback } = computeRollup(
			{ ...GUIDE_SNAPSHOT, outbox_depth: 7, owner_email: 'juan@example.com' },
			undefined,
			NOON,
		);
		expect(JSON.stringify([figures, callback])).not.toContain('juan');
		expect(figures.outbox_depth).toBe(7);
		expect(Object.keys(callback)).toEqual(Object.keys(metricsUpsert.shape));
	});

	it('collects the warnings of all its parts', () => {
		const impossible = { ...snapshotWith({ sent: 1, opened: 2, clicked: 0 }), properties_total: 3 };
		const { warnings } = computeRollup(impossible, undefined, NOON);
		expect(warnings.map(({ field }) => field)).toEqual([
			'campaign_performance.opened',
			'narratives_stale_count',
		]);
	});
});

describe('what has changed since the rollup before', () => {
	const before = computeRollup(
		{
			...snapshotWith({ sent: 4000, opened: 1500, clicked: 0 }),
			properties_total: 250,
			leads_total: 0,
			webhook_success_rate_24h: 99.25,
		},
		undefined,
		MORNING,
	);
	/** As the database hands it back. */
	const previous = readPreviousRollup(JSON.parse(JSON.stringify(before)));

	it('is worked out figure by figure', () => {
		const now = {
			...GUIDE_SNAPSHOT,
			campaign_performance: { ...GUIDE_SNAPSHOT.campaign_performance, delivered: 5000 },
		};
		const { deltas, warnings } = computeRollup(now, previous, NOON);
		expect(warnings).toEqual([]);
		expect(deltas).toEqual({
			sinceHours: 6,
			properties_total: { before: 250, now: 245, change: -5, changePercent: -2 },
			leads_total: { before: 0, now: 1234, change: 1234, changePercent: null },
			webhook_success_rate_24h: { before: 99.25, now: 98.5, change: -0.75, changePercent: -0.76 },
			narratives_stale_count: { before: 12, now: 12, change: 0, changePercent: 0 },
			campaign_performance: {
				sent: { before: 4000, now: 5000, change: 1000, changePercent: 25 },
				opened: { before: 1500, now: 1250, change: -250, changePercent: -16.67 },
				clicked: { before: 0, now: 312, change: 312, changePercent: null },
				delivered: null,
				failed: null,
				bounced: null,
				unsubscribed: null,
			},
			rates: {
				open: { before: 37.5, now: 25, change: -12.5, changePercent: -33.33 },
				click: { before: 0, now: 6.24, change: 6.24, changePercent: null },
				clickToOpen: { before: 0, now: 24.96, change: 24.96, changePercent: null },
				delivery: null,
			},
		});
	});

	it('is nothing at the same moment', () => {
		const again = computeRollup(GUIDE_SNAPSHOT, undefined, NOON);
		const { deltas } = computeRollup(GUIDE_SNAPSHOT, again, NOON);
		expect(deltas).toMatchObject({ sinceHours: 0, leads_total: { change: 0 } });
	});

	it('is not worked out where the rollup before is of the future, and a warning says so', () => {
		const { deltas, warnings } = computeRollup(
			GUIDE_SNAPSHOT,
			{ ...before, takenAt: '2024-01-15T12:00:01.000Z' },
			NOON,
		);
		expect(deltas).toBeNull();
		expect(warnings).toEqual([
			{ field: 'takenAt', message: expect.stringMatching(/12:00:01.*nothing is compared.*NTP/) },
		]);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['text', 'figures'],
		['no moment', { ...before, takenAt: undefined }],
		['a moment that is none', { ...before, takenAt: 'yesterday' }],
		['figures as text', { ...before, figures: { ...before.figures, leads_total: '5' } }],
		['no rates', { ...before, rates: undefined }],
	])('is not worked out where what was kept cannot be read: %s', (_case, stored) => {
		expect(readPreviousRollup(stored)).toBeUndefined();
	});

	it('is the opposite the other way round', () => {
		const figure = fc.oneof(
			fc.nat({ max: 2_147_483_647 }),
			fc.double({ min: 0, max: 100, noNaN: true }),
		);
		fc.assert(
			fc.property(figure, figure, (one, other) => {
				const [there, back] = [deltaOf(one, other), deltaOf(other, one)];
				expect(there?.change).toBe((back?.change ?? Number.NaN) * -1 + 0);
				expect(there?.before).toBe(back?.now);
				expect(deltaOf(one, one)).toMatchObject({ change: 0 });
				const shares = [there?.changePercent, back?.changePercent];
				for (const share of shares) expect(share === null || Number.isFinite(share)).toBe(true);
			}),
		);
	});
});

describe('the report of a rollup', () => {
	const { callback } = computeRollup(GUIDE_SNAPSHOT, undefined, NOON);

	it('is the same request, under the same key, however often it is made', () => {
		const request = metricsUpsertRequest(callback, 'corr-1', false);
		expect(request).toMatchObject({
			method: 'POST',
			path: '/internal/n8n/metrics-upsert',
			headers: { 'X-Correlation-Id': 'corr-1' },
			body: callback,
		});
		expect(request.idempotencyKey).toMatch(/^metrics-upsert:uuid:[0-9a-f]{32}$/);
		expect(metricsUpsertRequest(callback, 'corr-1', false)).toEqual(request);
	});

	it('carries other fields only where they are asked for', () => {
		const more = { ...callback, open_rate: 25 };
		expect(metricsUpsertRequest(more, 'c', false).body).toEqual(callback);
		expect(metricsUpsertRequest(more, 'c', true).body).toEqual(more);
	});
});
