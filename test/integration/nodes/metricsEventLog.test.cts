/** The event log: one correlation id followed, and old rows deleted. */
import { purgeHistory } from '../../../nodes/MetricsRollup/eventLog/purge';
import { traceCorrelation } from '../../../nodes/MetricsRollup/eventLog/trace';
import {
	metricsRollup,
	type MetricsSurroundings,
	startMetricsSurroundings,
	statementIn,
} from './metricsSurroundings.cts';

let around: MetricsSurroundings;
beforeAll(async () => {
	around = await startMetricsSurroundings();
});
afterAll(async () => await around.close());

const trace = (parameters = {}) => metricsRollup('eventLog', 'trace', parameters);

describe('a correlation id', () => {
	it('is taken from the item, and each has its statement', async () => {
		const traced = await around.runAll(trace(), [
			{ correlationId: 'corr-1' },
			{ correlationId: ' corr-2 ' },
		]);
		expect(traced.map(({ correlationId }) => correlationId)).toEqual(['corr-1', 'corr-2']);
		expect(traced.map((json) => statementIn(json, 'trace'))).toEqual([
			traceCorrelation('corr-1'),
			traceCorrelation('corr-2'),
		]);
	});

	it("is followed through the platform's log where a person names the table", async () => {
		const json = await around.runOne(trace({ platformEventLog: ' public.event_log ' }), [
			{ correlationId: 'corr-1' },
		]);
		expect(statementIn(json, 'trace')).toEqual(
			traceCorrelation('corr-1', { platformEventLog: 'public.event_log' }),
		);
		expect(statementIn(json, 'trace').query).toContain('"public"."event_log"');
	});

	it.each(['event_log; DROP TABLE lead', 'a.b.c', '"event_log"'])(
		'is not looked for in a table called %s',
		async (platformEventLog) => {
			const failed = await around.failOne(trace({ platformEventLog }), [
				{ correlationId: 'corr-1' },
			]);
			expect(failed.details).toMatchObject({ itemIndex: 0 });
			expect(failed.details.stateStore).toBeUndefined();
		},
	);

	it('that is missing is asked for', async () => {
		expect(await around.failOne(trace(), [{}])).toMatchObject({
			error: 'Correlation ID is empty',
			details: { advice: 'Copy it from an output, a log line or a callback.' },
		});
	});
});

describe('old rows', () => {
	it.each([
		[{}, { eventLogDays: 30, settledDays: 90, rollupDays: 730 }],
		[
			{ eventLogDays: 7, settledDays: 14, rollupDays: 365 },
			{ eventLogDays: 7, settledDays: 14, rollupDays: 365 },
		],
	])('are deleted with %j after %j, in batches', async (parameters, days) => {
		const json = await around.runOne(metricsRollup('eventLog', 'purge', parameters), [{}]);
		expect(statementIn(json, 'purge')).toEqual(purgeHistory({ ...days, batch: 10_000 }));
	});
});
