/** Snapshots that cannot be right: what Roll Up makes of them, and what the platform never hears. */
import type { Respond } from '../platform/receiver.cts';
import {
	company,
	except,
	jsonValue,
	type MetricsSurroundings,
	rollUp,
	snapshotOf,
	startMetricsSurroundings,
	UPSERT_PATH,
} from './metricsSurroundings.cts';

let around: MetricsSurroundings;
beforeAll(async () => {
	around = await startMetricsSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const asText = (body: string) => new Response(body);

describe('a snapshot', () => {
	it.each<[string, Respond, string, boolean]>([
		[
			'of a company that the platform does not know',
			() => new Response(null, { status: 404 }),
			'not-found',
			false,
		],
		['that is empty', () => asText(''), 'unreadable', true],
		['that is a web page', () => asText('<html>Maintenance</html>'), 'unreadable', true],
		[
			'that is an error with status 200',
			() => Response.json({ status: 'error', message: 'database is locked' }),
			'unreadable',
			true,
		],
		['of another company', () => Response.json(snapshotOf('c-2')), 'rejected', false],
		[
			'without a figure',
			() => Response.json(snapshotOf('c-1', { leads_total: undefined })),
			'rejected',
			false,
		],
		[
			'with a negative figure',
			() => Response.json(snapshotOf('c-1', { leads_total: -1 })),
			'rejected',
			false,
		],
		[
			'with a text for a figure',
			() => Response.json(snapshotOf('c-1', { leads_total: 'many' })),
			'rejected',
			false,
		],
		[
			'with a rate above 100',
			() => Response.json(snapshotOf('c-1', { webhook_success_rate_24h: 100.5 })),
			'rejected',
			false,
		],
	])('%s is reported to nobody', async (_what, answer, kind, passing) => {
		around.platform.answer(answer);
		const failed = await around.failOne(rollUp(), [company('c-1')]);
		expect(failed.details).toMatchObject({ kind, passing, itemIndex: 0 });
		expect(jsonValue(failed, 'failed')).toMatchObject([
			{ deliveryKey: 'rollup:c-1', isPassing: passing },
		]);
		expect(around.sentTo(UPSERT_PATH)).toEqual([]);
	});

	it('whose counts contradict is reported with a warning, and without the rates', async () => {
		around.platform.answer(
			except('c-1', () =>
				Response.json(
					snapshotOf('c-1', { campaign_performance: { sent: 10, opened: 11, clicked: 1 } }),
				),
			),
		);
		const { rates, warnings } = await around.runOne(rollUp(), [company('c-1')]);
		expect(rates).toMatchObject({ open: null, click: 10, clickToOpen: null });
		expect(warnings).toMatchObject([{ field: 'campaign_performance.opened' }]);
		expect(around.sentTo(UPSERT_PATH)).toHaveLength(1);
	});

	it('refused for its signature names the clock that is wrong', async () => {
		around.platform.answer(
			() =>
				new Response(null, {
					status: 401,
					headers: { date: new Date(Date.now() - 600_000).toUTCString() },
				}),
		);
		const failed = await around.failOne(rollUp(), [company('c-1')]);
		expect(failed.error).toMatch(
			/^The platform refused the signature \(401\): its clock is (599|60[01]) s behind/,
		);
	});
});
