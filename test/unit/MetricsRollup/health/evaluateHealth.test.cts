import fc from 'fast-check';

import { evaluateHealth } from '../../../../nodes/MetricsRollup/health/evaluateHealth';
import type { HealthFigures } from '../../../../nodes/MetricsRollup/health/figures';
import type { PlatformView } from '../../../../nodes/MetricsRollup/health/platformChecks';
import { DEFAULT_THRESHOLDS } from '../../../../nodes/MetricsRollup/health/thresholds';
import { changeOf, checkOf, delivery, flow, opened, report } from './samples.cts';

describe('the errors of a vendor', () => {
	const key = 'vendor-errors:hubspot';

	it.each<[number, number, boolean, string, number | null, string]>([
		[20, 2, false, 'ok', 10, 'none'],
		[20, 3, false, 'critical', 10, 'breached critical'],
		[19, 19, false, 'unknown', null, 'none'],
		[100, 10, true, 'critical', 8, 'none'],
		[100, 9, true, 'critical', 8, 'none'],
		[100, 8, true, 'ok', 8, 'calm critical'],
		[19, 0, true, 'unknown', null, 'none'],
	])('%i calls, %i failed, alert %p', (attempts, errors, isOpen, state, limit, change) => {
		const found = report({
			vendors: [{ vendor: 'hubspot', attempts, errors }],
			openAlerts: isOpen ? [opened(key, 'critical')] : [],
		});
		expect(checkOf(found, key)).toMatchObject({ state, limit });
		expect(changeOf(found, key)).toBe(change);
	});
});

describe('the platform', () => {
	// What it showed, key, open alert; state, change
	it.each<[PlatformView, string, 'warning' | 'critical' | undefined, string, string]>([
		[{}, 'platform-reachable', undefined, 'unknown', 'none'],
		[{}, 'platform-reachable', 'critical', 'unknown', 'none'],
		[{ reachable: true }, 'platform-reachable', undefined, 'ok', 'none'],
		[{ reachable: true }, 'platform-reachable', 'critical', 'ok', 'calm critical'],
		[{ reachable: false }, 'platform-reachable', undefined, 'critical', 'breached critical'],
		[{}, 'outbox-depth', 'critical', 'unknown', 'none'],
		[{ outboxDepth: 100 }, 'outbox-depth', undefined, 'ok', 'none'],
		[{ outboxDepth: 101 }, 'outbox-depth', undefined, 'critical', 'breached critical'],
		[{ outboxDepth: 81 }, 'outbox-depth', 'critical', 'critical', 'none'],
		[{ outboxDepth: 80 }, 'outbox-depth', 'critical', 'ok', 'calm critical'],
		[{}, 'clock-skew', undefined, 'unknown', 'none'],
		[{ clockSkewSeconds: 60 }, 'clock-skew', undefined, 'ok', 'none'],
		[{ clockSkewSeconds: 61 }, 'clock-skew', undefined, 'warning', 'breached warning'],
		[{ clockSkewSeconds: -61 }, 'clock-skew', undefined, 'warning', 'breached warning'],
		[{ clockSkewSeconds: -240 }, 'clock-skew', undefined, 'warning', 'breached warning'],
		[{ clockSkewSeconds: -241 }, 'clock-skew', undefined, 'critical', 'breached critical'],
		[{ clockSkewSeconds: 49 }, 'clock-skew', 'warning', 'warning', 'none'],
		[{ clockSkewSeconds: 48 }, 'clock-skew', 'warning', 'ok', 'calm warning'],
	])('%j: %s, alert %s', (platform, key, open, state, change) => {
		const found = report({ openAlerts: open ? [opened(key, open)] : [] }, platform);
		expect(checkOf(found, key).state).toBe(state);
		expect(changeOf(found, key)).toBe(change);
	});

	it('is described in words', () => {
		const { checks } = report(
			{},
			{
				reachable: false,
				reason: 'The platform did not answer in time, says juan@example.com.',
				outboxDepth: 7,
				outboxOldestSeconds: 130,
				clockSkewSeconds: -61,
			},
		);
		expect(checks.slice(1).map(({ text }) => text)).toEqual([
			'The platform does not answer: The platform did not answer in time, says (e-mail).',
			'7 messages wait in the outbox, the first for 2 min: not more than 100.',
			"The platform's clock is 61 s behind: more than 60 s.",
		]);
	});
});

describe('what waits and what is dead', () => {
	it.each<[number, boolean, string, string]>([
		[0, false, 'ok', 'none'],
		[1, false, 'critical', 'breached critical'],
		[0, true, 'ok', 'calm critical'],
		// The alert that the letter itself raised gives the reason, and is left as it is.
		[3, true, 'critical', 'none'],
	])('%i dead letters, alert %p: %s', (dead, isOpen, state, change) => {
		const key = 'dead-letters:lead-score';
		const found = report({
			deliveries: [delivery({ dead })],
			openAlerts: isOpen ? [opened(key, 'critical', 90_000)] : [],
		});
		expect(checkOf(found, key).state).toBe(state);
		expect(changeOf(found, key)).toBe(change);
	});

	it.each<[number | null, boolean, string, string]>([
		[null, false, 'ok', 'none'],
		[1800, false, 'ok', 'none'],
		[1801, false, 'warning', 'breached warning'],
		[1441, true, 'warning', 'none'],
		[1440, true, 'ok', 'calm warning'],
		[null, true, 'ok', 'calm warning'],
	])('the first waits for %p s, alert %p: %s', (oldestWaitingSeconds, isOpen, state, change) => {
		const key = 'waiting:lead-score';
		const found = report({
			deliveries: [
				delivery({ waiting: oldestWaitingSeconds === null ? 0 : 2, oldestWaitingSeconds }),
			],
			openAlerts: isOpen ? [opened(key, 'warning')] : [],
		});
		expect(checkOf(found, key).state).toBe(state);
		expect(changeOf(found, key)).toBe(change);
	});

	it.each(['dead-letters:other', 'waiting:other'])(
		'is nothing where the database has no row for it: %s ends',
		(key) => {
			expect(changeOf(report({ openAlerts: [opened(key, 'critical')] }), key)).toBe(
				'calm critical',
			);
		},
	);
});

it('takes the platform for no vendor: whether it answers is a check of its own', () => {
	const failing = { attempts: 40, errors: 40 };
	const found = report({ vendors: [{ vendor: 'platform', ...failing }] });
	expect(found.checks.map(({ key }) => key)).not.toContain('vendor-errors:platform');
	const other = report({ vendors: [{ vendor: 'rentcast', ...failing }] });
	expect(changeOf(other, 'vendor-errors:rentcast')).toBe('breached critical');
});

describe('an open alert that nothing measures', () => {
	it.each([
		['workflow-error:abc', 3600, 'warning', 'none'],
		['workflow-error:abc', 3601, 'ok', 'calm warning'],
		['vendor-errors:gone', 3600, 'warning', 'none'],
		['vendor-errors:gone', 3601, 'ok', 'calm warning'],
		['of another version', 3601, 'ok', 'calm warning'],
		// A flow without a unit in the window has not become better; but not for ever.
		['success-rate:other', 21_600, 'unknown', 'none'],
		['success-rate:other', 21_601, 'unknown', 'calm warning'],
		['processing-time:other', 21_600, 'unknown', 'none'],
		['processing-time:other', 21_601, 'unknown', 'calm warning'],
		['processing-target:lead-score', 21_600, 'unknown', 'none'],
		['processing-target:lead-score', 21_601, 'unknown', 'calm warning'],
	])('%s, last seen %i s ago: %s', (key, seenAgo, state, change) => {
		const found = report({ openAlerts: [opened(key, 'warning', seenAgo)] });
		expect(checkOf(found, key).state).toBe(state);
		expect(changeOf(found, key)).toBe(change);
	});
});

describe('the state of the whole', () => {
	const well = { flows: [flow({ ok: 50, p50Ms: 1, p95Ms: 1 })] };

	it.each<[string, Partial<HealthFigures>, PlatformView, string]>([
		['nothing known', {}, {}, 'unknown'],
		['all well', well, { reachable: true }, 'healthy'],
		['a quiet night', { deliveries: [delivery()] }, { reachable: true }, 'healthy'],
		['a warning', well, { clockSkewSeconds: 100 }, 'degraded'],
		['the worst of two', well, { clockSkewSeconds: 100, reachable: false }, 'unhealthy'],
		[
			'a workflow failed',
			{ ...well, openAlerts: [opened('workflow-error:1', 'warning')] },
			{},
			'degraded',
		],
	])('%s', (_case, given, platform, state) => {
		expect(report(given, platform).state).toBe(state);
	});
});

const odd = fc.oneof(
	fc.integer({ min: -5, max: 5000 }),
	fc.constantFrom(0, -1, Number.NaN, Infinity, -Infinity, 1e308),
	fc.double(),
);
const name = fc.oneof(
	fc.constantFrom('lead-score', 'property-enrichment', '', ':', '__proto__', 'a:b'),
	fc.string({ maxLength: 12 }),
);
const anyKey = fc.oneof(
	name,
	fc
		.tuple(
			fc.constantFrom(
				'success-rate',
				'processing-time',
				'dead-letters',
				'waiting',
				'vendor-errors',
			),
			name,
		)
		.map(([kind, of]) => `${kind}:${of}`),
);
const openAlerts = fc.array(
	fc.record({
		alertKey: anyKey,
		severity: fc.constantFrom('warning' as const, 'critical' as const),
		lastSeenSecondsAgo: odd,
	}),
	{ maxLength: 5 },
);
const anyFlow = fc.record({
	flow: name,
	ok: odd,
	failed: odd,
	p50Ms: fc.option(odd),
	p95Ms: fc.option(odd),
	usualP50Ms: fc.option(odd),
	usualCount: odd,
});

describe('whatever was measured', () => {
	it('the evaluation throws nothing, and its changes fit its checks', () => {
		const anyFigures = fc.record({
			measuredAt: fc.string(),
			windowMinutes: odd,
			flows: fc.array(anyFlow, { maxLength: 4 }),
			vendors: fc.array(fc.record({ vendor: name, attempts: odd, errors: odd }), { maxLength: 4 }),
			deliveries: fc.array(
				fc.record({ flow: name, waiting: odd, dead: odd, oldestWaitingSeconds: fc.option(odd) }),
				{ maxLength: 4 },
			),
			openAlerts,
		});
		const platform = fc.record(
			{
				reachable: fc.boolean(),
				reason: fc.string(),
				outboxDepth: odd,
				outboxOldestSeconds: odd,
				clockSkewSeconds: odd,
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(anyFigures, platform, (given, view) => {
				const { checks, alerts } = evaluateHealth(given, DEFAULT_THRESHOLDS, view);
				const open = new Set(given.openAlerts.map(({ alertKey }) => alertKey));
				for (const { alertKey, condition, severity } of alerts) {
					const states = checks.filter(({ key }) => key === alertKey).map(({ state }) => state);
					const fitting = condition === 'calm' ? ['ok', 'unknown'] : [severity];
					expect(states.filter((state) => fitting.includes(state))).not.toEqual([]);
					if (condition === 'calm') expect(open).toContain(alertKey);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('too little never raises an alert', () => {
		const few = fc.nat({ max: 4 });
		const smallFlow = fc.record({
			flow: name,
			ok: few,
			failed: few,
			p50Ms: fc.option(odd),
			p95Ms: fc.option(odd),
			usualP50Ms: fc.option(odd),
			usualCount: odd,
		});
		const vendor = fc.record({ vendor: name, attempts: fc.nat({ max: 19 }), errors: odd });
		fc.assert(
			fc.property(smallFlow, fc.array(vendor), openAlerts, (one, vendors, alerts) => {
				const found = report({ flows: [one], vendors, openAlerts: alerts });
				expect(found.alerts.filter(({ condition }) => condition === 'breached')).toEqual([]);
			}),
		);
	});

	it('what is unknown changes nothing until it has been so for a long time', () => {
		fc.assert(
			fc.property(fc.array(anyFlow, { maxLength: 3 }), openAlerts, (flows, alerts) => {
				const distinct = flows.filter(
					(each, at) => flows.findIndex((other) => other.flow === each.flow) === at,
				);
				const found = report({ flows: distinct, openAlerts: alerts });
				for (const { key, state } of found.checks) {
					const seenAgo = alerts.findLast(({ alertKey }) => alertKey === key)?.lastSeenSecondsAgo;
					const isRested = seenAgo !== undefined && seenAgo > DEFAULT_THRESHOLDS.restSeconds;
					if (state !== 'unknown') continue;
					expect(changeOf(found, key)).toMatch(isRested ? /^calm / : /^none$/);
				}
			}),
		);
	});
});
