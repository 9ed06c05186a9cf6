import type { AlertChange } from './alertChange';

/** What follows from what: where the cause is breached, or not over yet, its consequences are no news. */
const CONSEQUENCES: ReadonlyArray<{ cause: RegExp; consequence: RegExp }> = [
	{
		cause: /^platform-reachable$/,
		consequence: /^(success-rate(:.*)?|waiting:.*)$/,
	},
	{ cause: /^success-rate:/, consequence: /^success-rate$/ },
];

/**
 * Leaves out alerts that would only say what another one says already, so that an outage is one mail
 * and not six. One that is open already goes on.
 * @see https://prometheus.io/docs/alerting/latest/alertmanager/#inhibition
 */
export function withoutConsequences(
	changes: readonly AlertChange[],
	open: ReadonlyMap<string, unknown>,
): AlertChange[] {
	const breached = changes.filter(({ condition }) => condition === 'breached');
	const causes = [...breached.map(({ alertKey }) => alertKey), ...open.keys()];
	return changes.filter(({ alertKey, condition }) => {
		if (condition === 'calm' || open.has(alertKey)) return true;
		return !CONSEQUENCES.some(
			({ cause, consequence }) =>
				consequence.test(alertKey) && causes.some((each) => cause.test(each)),
		);
	});
}
