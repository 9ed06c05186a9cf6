import { type Finding, finding, type Standing, unknown } from './check';
import type { FlowFigures } from './figures';
import { milliseconds, percent, rounded, times } from './quantities';
import type { Thresholds } from './thresholds';

type Units = Pick<FlowFigures, 'ok' | 'failed'>;

/** The success rate of all flows together: the guide's webhook success rate. */
export function overallSuccess(
	flows: readonly Units[],
	thresholds: Thresholds,
	standing: Standing,
): Finding {
	const units = {
		ok: flows.reduce((sum, { ok }) => sum + ok, 0),
		failed: flows.reduce((sum, { failed }) => sum + failed, 0),
	};
	return successRate('success-rate', 'Success rate of all flows', units, thresholds, standing);
}

/** How many units of one flow succeed, and how long they take. */
export function flowChecks(
	figures: FlowFigures,
	thresholds: Thresholds,
	standing: Standing,
): Finding[] {
	const { flow } = figures;
	return [
		successRate(`success-rate:${flow}`, `Success rate: ${flow}`, figures, thresholds, standing),
		...targetTime(figures, thresholds, standing),
		usualTime(figures, thresholds, standing),
	];
}

/** The rate that succeeds is shown; what is judged, and named in words, is the rate that fails. */
function successRate(
	key: string,
	name: string,
	{ ok, failed }: Units,
	{ failuresPercent, leastUnits }: Thresholds,
	standing: Standing,
): Finding {
	const units = ok + failed;
	if (!(units >= leastUnits)) return unknown(key, name, tooFew(units, leastUnits, 'units of work'));
	const failures = (failed * 100) / units;
	const found = finding(
		{
			key,
			name,
			value: failures,
			levels: failuresPercent,
			words: `${failed} of ${units} units of work failed (${percent(failures)})`,
			inWords: percent,
			advice: 'Look at the failed executions in n8n, and at the event log for the reasons.',
		},
		standing,
	);
	const { value, limit } = found.check;
	const check = { ...found.check, value: rest(value), limit: rest(limit) };
	return { ...found, check };
}

function rest(share: number | null): number | null {
	return share === null ? null : rounded(100 - share);
}

/** The guide's processing time, for the flows that have a target. */
function targetTime(
	{ flow, ok, p95Ms }: FlowFigures,
	{ targetMs, leastUnits }: Thresholds,
	standing: Standing,
): Finding[] {
	const target = Object.hasOwn(targetMs, flow) ? targetMs[flow] : undefined;
	if (target === undefined) return [];
	const [key, name] = [`processing-target:${flow}`, `Processing time against its target: ${flow}`];
	if (!(ok >= leastUnits) || p95Ms === null) {
		return [unknown(key, name, tooFew(ok, leastUnits, 'finished units of work'))];
	}
	const measured = {
		key,
		name,
		value: p95Ms,
		levels: { warning: target },
		words: `95 of 100 units of work take up to ${milliseconds(p95Ms)}`,
		inWords: milliseconds,
		advice: 'The durations of the calls in the event log show which vendor is slow.',
	};
	return [finding(measured, standing)];
}

function usualTime(
	{ flow, ok, p50Ms, usualP50Ms, usualCount }: FlowFigures,
	{ slowdown, leastUnits, leastUsual }: Thresholds,
	standing: Standing,
): Finding {
	const [key, name] = [`processing-time:${flow}`, `Processing time against the usual: ${flow}`];
	if (!(ok >= leastUnits) || p50Ms === null) {
		return unknown(key, name, tooFew(ok, leastUnits, 'finished units of work'));
	}
	if (!(usualCount >= leastUsual) || usualP50Ms === null) {
		return unknown(key, name, tooFew(usualCount, leastUsual, 'earlier units of work'));
	}
	if (usualP50Ms === 0) return unknown(key, name, 'It usually takes no time that can be measured.');
	const ratio = p50Ms / usualP50Ms;
	return finding(
		{
			key,
			name,
			value: ratio,
			levels: { critical: slowdown },
			words: `A unit of work takes ${milliseconds(p50Ms)}, usually ${milliseconds(usualP50Ms)} (${times(ratio)} as long)`,
			inWords: times,
			advice: 'The durations of the calls in the event log show which vendor is slow.',
		},
		standing,
	);
}

function tooFew(count: number, least: number, what: string): string {
	return `There are ${count} ${what}; it takes ${least} to conclude anything.`;
}
