import fc from 'fast-check';

import { judge } from '../../../../nodes/MetricsRollup/health/judge';
import type { Severity } from '../../../../nodes/MetricsRollup/health/figures';
import type { Levels } from '../../../../nodes/MetricsRollup/health/thresholds';

const BOTH: Levels = { warning: 60, critical: 240 };
const CRITICAL: Levels = { critical: 10 };
const WARNING: Levels = { warning: 10 };

describe('a value and its levels', () => {
	// The levels, the value, the severity of an open alert; state, limit, what the alert hears
	it.each<[Levels, number, Severity | undefined, string, number, string | undefined]>([
		[BOTH, 0, undefined, 'ok', 60, 'calm'],
		[BOTH, 60, undefined, 'ok', 60, 'calm'],
		[BOTH, 60.01, undefined, 'warning', 60, 'breached'],
		[BOTH, 240, undefined, 'warning', 60, 'breached'],
		[BOTH, 240.01, undefined, 'critical', 240, 'breached'],
		[CRITICAL, 10, undefined, 'ok', 10, 'calm'],
		[CRITICAL, 10.01, undefined, 'critical', 10, 'breached'],
		[WARNING, 11, undefined, 'warning', 10, 'breached'],
		// An open alert ends at 80 %.
		[CRITICAL, 10, 'critical', 'critical', 8, undefined],
		[CRITICAL, 8.01, 'critical', 'critical', 8, undefined],
		[CRITICAL, 8, 'critical', 'ok', 8, 'calm'],
		[CRITICAL, 9, 'warning', 'critical', 8, undefined],
		[BOTH, 60, 'warning', 'warning', 48, undefined],
		[BOTH, 48, 'warning', 'ok', 48, 'calm'],
		[BOTH, 241, 'warning', 'critical', 240, 'breached'],
		// A critical one is held at its own level first, then as a warning.
		[BOTH, 193, 'critical', 'critical', 192, undefined],
		[BOTH, 192, 'critical', 'warning', 60, 'breached'],
		[BOTH, 60, 'critical', 'warning', 48, undefined],
		[BOTH, 48, 'critical', 'ok', 48, 'calm'],
		// A warning between the two levels is a warning, however close to critical.
		[BOTH, 239, 'warning', 'warning', 60, 'breached'],
	])('%j: %f, alert %s', (levels, value, open, state, limit, condition) => {
		expect(judge(value, levels, open && { severity: open }, 0.8)).toEqual({
			state,
			limit,
			...(condition && { condition }),
		});
	});

	const severities = fc.constantFrom<Severity>('warning', 'critical');
	const level = fc.double({ min: 1, max: 1000, noNaN: true });

	it('between the clearing and the raising limit nothing changes', () => {
		const share = fc.double({ min: 0.801, max: 1, noNaN: true });
		fc.assert(
			fc.property(level, share, severities, severities, (limit, at, kind, severity) => {
				const levels = kind === 'warning' ? { warning: limit } : { critical: limit };
				const verdict = judge(limit * at, levels, { severity }, 0.8);
				expect(verdict).toEqual({ state: kind, limit: limit * 0.8 });
			}),
		);
	});

	it('is never better for a higher value', () => {
		const rank = { ok: 0, warning: 1, critical: 2 };
		const value = fc.double({ min: 0, max: 2000, noNaN: true });
		fc.assert(
			fc.property(
				level,
				level,
				fc.option(severities, { nil: undefined }),
				value,
				value,
				(one, other, severity, a, b) => {
					const levels = { warning: Math.min(one, other), critical: Math.max(one, other) };
					const open = severity && { severity };
					const [low, high] = [a, b].sort((x, y) => x - y) as [number, number];
					const [better, worse] = [judge(low, levels, open, 0.8), judge(high, levels, open, 0.8)];
					expect(rank[worse.state]).toBeGreaterThanOrEqual(rank[better.state]);
				},
			),
		);
	});
});
