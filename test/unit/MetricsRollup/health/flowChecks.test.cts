import { changeOf, checkOf, flow, opened, report } from './samples.cts';

describe('the success rate of a flow', () => {
	const key = 'success-rate:lead-score';
	const of = (ok: number, failed: number, open: 'warning' | 'critical' | undefined) =>
		report({ flows: [flow({ ok, failed })], openAlerts: open ? [opened(key, open)] : [] });

	// done, failed, open alert; state, rate, limit, change
	it.each<
		[
			number,
			number,
			'warning' | 'critical' | undefined,
			string,
			number | null,
			number | null,
			string,
		]
	>([
		[100, 0, undefined, 'ok', 100, 99, 'none'],
		[99, 1, undefined, 'ok', 99, 99, 'none'],
		[98, 1, undefined, 'warning', 98.99, 99, 'breached warning'],
		[95, 5, undefined, 'warning', 95, 99, 'breached warning'],
		[94, 5, undefined, 'critical', 94.95, 95, 'breached critical'],
		[0, 10, undefined, 'critical', 0, 95, 'breached critical'],
		[10, 0, undefined, 'ok', 100, 99, 'none'],
		[0, 0, undefined, 'unknown', null, null, 'none'],
		[0, 9, undefined, 'unknown', null, null, 'none'],
		[95, 5, 'critical', 'critical', 95, 96, 'none'],
		[96, 4, 'critical', 'warning', 96, 99, 'breached warning'],
		[99, 1, 'critical', 'warning', 99, 99.2, 'none'],
		[124, 1, 'critical', 'ok', 99.2, 99.2, 'calm critical'],
		[124, 1, 'warning', 'ok', 99.2, 99.2, 'calm warning'],
		[9, 0, 'critical', 'unknown', null, null, 'none'],
		[0, 0, 'critical', 'unknown', null, null, 'none'],
	])('%i done, %i failed, alert %s', (ok, failed, open, state, value, limit, change) => {
		const found = of(ok, failed, open);
		expect(checkOf(found, key)).toMatchObject({ state, value, limit });
		expect(changeOf(found, key)).toBe(change);
	});

	it('is said in numbers, with what to look at', () => {
		const { alerts } = of(34, 6, undefined);
		const [change] = alerts.filter(({ alertKey }) => alertKey === key);
		expect(change).toEqual({
			alertKey: key,
			condition: 'breached',
			severity: 'critical',
			title: 'Success rate: lead-score',
			detail:
				'6 of 40 units of work failed (15 %): more than 5 %. ' +
				'Look at the failed executions in n8n, and at the event log for the reasons.',
		});
	});

	it('is not known below ten units, and says why', () => {
		expect(checkOf(of(3, 4, undefined), key).text).toBe(
			'There are 7 units of work; it takes 10 to conclude anything.',
		);
	});

	it('counts all flows together as well', () => {
		const flows = [
			flow({ flow: 'lead-score', ok: 5, failed: 1 }),
			flow({ flow: 'meta-broker', ok: 8, failed: 1 }),
			flow({ flow: 'metrics-rollup', ok: 5, failed: 0 }),
		];
		const found = report({ flows });
		expect(checkOf(found, 'success-rate')).toMatchObject({
			state: 'critical',
			value: 90,
			limit: 95,
		});
		expect(checkOf(found, key).state).toBe('unknown');
		expect(changeOf(found, 'success-rate')).toBe('breached critical');
	});
});

describe('the processing time against its target', () => {
	it.each<[string, number, number | null, string, string]>([
		['property-enrichment', 10, 30_000, 'ok', 'none'],
		['property-enrichment', 10, 30_001, 'warning', 'breached warning'],
		['property-enrichment', 9, 90_000, 'unknown', 'none'],
		['property-enrichment', 10, null, 'unknown', 'none'],
		['lead-score', 10, 10_000, 'ok', 'none'],
		['lead-score', 10, 10_001, 'warning', 'breached warning'],
	])('%s, %i units, 95 of 100 within %p ms: %s', (name, ok, p95Ms, state, change) => {
		const key = `processing-target:${name}`;
		const found = report({ flows: [flow({ flow: name, ok, p50Ms: 5, p95Ms })] });
		expect(checkOf(found, key).state).toBe(state);
		expect(changeOf(found, key)).toBe(change);
	});

	it('ends its alert at 80 % of it', () => {
		const key = 'processing-target:lead-score';
		const at = (p95Ms: number) =>
			report({
				flows: [flow({ ok: 10, p95Ms })],
				openAlerts: [opened(key, 'warning')],
			});
		expect(checkOf(at(8001), key)).toMatchObject({ state: 'warning', limit: 8000 });
		expect(changeOf(at(8001), key)).toBe('none');
		expect(changeOf(at(8000), key)).toBe('calm warning');
		expect(checkOf(at(8001), key).text).toBe(
			'95 of 100 units of work take up to 8 s: the alert ends at 8 s.',
		);
	});

	it.each(['campaign-dispatch', 'meta-broker', '__proto__', 'constructor'])(
		'is not looked at where there is none: %s',
		(name) => {
			const { checks } = report({ flows: [flow({ flow: name, ok: 50, p50Ms: 1, p95Ms: 9e9 })] });
			expect(checks.filter(({ key }) => key.startsWith('processing-target'))).toEqual([]);
		},
	);
});

describe('the processing time against the usual', () => {
	const key = 'processing-time:lead-score';

	it.each<[string, number, number | null, number | null, number, string, string]>([
		['exactly twice', 10, 2000, 1000, 20, 'ok', 'none'],
		['more than twice', 10, 2001, 1000, 20, 'critical', 'breached critical'],
		['faster', 10, 100, 1000, 20, 'ok', 'none'],
		['too few now', 9, 9000, 1000, 20, 'unknown', 'none'],
		['too few before', 10, 9000, 1000, 19, 'unknown', 'none'],
		['never before', 10, 9000, null, 0, 'unknown', 'none'],
		['no time at all before', 10, 9000, 0, 20, 'unknown', 'none'],
		['no durations', 10, null, 1000, 20, 'unknown', 'none'],
	])('%s', (_case, ok, p50Ms, usualP50Ms, usualCount, state, change) => {
		const found = report({ flows: [flow({ ok, p50Ms, p95Ms: 1, usualP50Ms, usualCount })] });
		expect(checkOf(found, key).state).toBe(state);
		expect(changeOf(found, key)).toBe(change);
	});

	it.each([
		[1601, 'critical', 'none'],
		[1600, 'ok', 'calm critical'],
	])('ends its alert at 1.6 times: %i ms of usually 1000', (p50Ms, state, change) => {
		const found = report({
			flows: [flow({ ok: 10, p50Ms, p95Ms: 1, usualP50Ms: 1000, usualCount: 20 })],
			openAlerts: [opened(key, 'critical')],
		});
		expect(checkOf(found, key)).toMatchObject({ state, limit: 1.6 });
		expect(changeOf(found, key)).toBe(change);
	});
});
