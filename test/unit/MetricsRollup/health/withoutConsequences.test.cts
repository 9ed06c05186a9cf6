import type { AlertChange } from '../../../../nodes/MetricsRollup/health/alertChange';
import { withoutConsequences } from '../../../../nodes/MetricsRollup/health/withoutConsequences';

const change = (
	alertKey: string,
	condition: AlertChange['condition'] = 'breached',
): AlertChange => ({
	alertKey,
	condition,
	severity: 'critical',
	title: alertKey,
	detail: alertKey,
});

const kept = (keys: string[], open: string[] = []) =>
	withoutConsequences(
		keys.map((key) => change(key)),
		new Map(open.map((key) => [key, true])),
	).map(({ alertKey }) => alertKey);

describe('alerts that only follow from another', () => {
	it.each([['success-rate'], ['success-rate:lead-score'], ['waiting:lead-score']])(
		'%s is no news while the platform cannot be reached',
		(consequence) => {
			expect(kept([consequence, 'platform-reachable'])).toEqual(['platform-reachable']);
			expect(kept([consequence])).toEqual([consequence]);
		},
	);

	it.each([
		['dead-letters:lead-score'],
		['outbox-depth'],
		['vendor-errors:hubspot'],
		['processing-time:lead-score'],
		['workflow-error:abc'],
	])('%s is, whether the platform can be reached or not', (key) => {
		expect(kept(['platform-reachable', key])).toEqual(['platform-reachable', key]);
	});

	it('nor while that is not over yet', () => {
		expect(kept(['success-rate'], ['platform-reachable'])).toEqual([]);
	});

	it('the rate of all flows is no news where that of one of them is', () => {
		expect(kept(['success-rate', 'success-rate:lead-score'])).toEqual(['success-rate:lead-score']);
	});

	it('one that is open already goes on', () => {
		expect(kept(['success-rate', 'platform-reachable'], ['success-rate'])).toEqual([
			'success-rate',
			'platform-reachable',
		]);
	});

	it('ends are always told, also while their cause stands', () => {
		const changes = [change('success-rate', 'calm'), change('platform-reachable')];
		expect(withoutConsequences(changes, new Map())).toEqual(changes);
	});
});
