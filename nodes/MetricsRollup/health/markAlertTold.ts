import type { Statement } from '../../shared/stateStore/statement';
import { storableText } from '../../shared/stateStore/storable';
import type { TakenAlert } from './takeAlerts';

export interface ToldAlert extends Pick<TakenAlert, 'alertId' | 'leaseToken' | 'about'> {
	channel: 'mail' | 'platform';
}

/** The one row `markAlertTold` answers; false where the alert is not there any more. */
export interface AlertToldRow {
	told: boolean;
}

/**
 * Notes that a channel has heard of the beginning or the end of an alert. What was told is told,
 * whoever holds the lease by now; our lease ends once both channels have heard of it. Always
 * answers one row, an `AlertToldRow`.
 */
export function markAlertTold({ alertId, leaseToken, about, channel }: ToldAlert): Statement {
	const [told, other] =
		channel === 'mail' ? [MAILED[about], REPORTED[about]] : [REPORTED[about], MAILED[about]];
	return {
		query: mark(told, other),
		values: [storableText(alertId), storableText(leaseToken)],
	};
}

const MAILED = { raised: 'raise_mailed_at', resolved: 'end_mailed_at' };
const REPORTED = { raised: 'raise_reported_at', resolved: 'end_reported_at' };

const unlessDone = (column: string, other: string) =>
	`${column} = CASE WHEN lease_token <> $2::text OR ${other} IS NULL THEN ${column} END`;

const mark = (told: string, other: string) => `WITH marked AS (
	UPDATE property_platform.alerts SET
		${told} = COALESCE(${told}, now()),
		${unlessDone('lease_token', other)},
		${unlessDone('lease_until', other)}
	WHERE id = $1::bigint
	RETURNING id
)
SELECT EXISTS (SELECT FROM marked) AS "told"`;
