import { type EventLogRow, insertLogRows } from './eventLog';
import type { Statement } from './statement';
import { storableJson, storableText } from './storable';
import { storableAnswers, upsertAnswers, type VendorAnswer } from './vendorAnswers';

export interface ReleasedWork {
	eventKey: string;
	leaseToken: string;
	answers: readonly VendorAnswer[];
	log: readonly EventLogRow[];
}

/** The one row `releaseEvent` answers; false where the lease token does not hold the work. */
export interface ReleaseRow {
	released: boolean;
}

/**
 * Gives claimed work back, so that the next delivery can take it at once instead of waiting for
 * the lease to run out. Vendor answers are kept either way, for they are paid for, and so is the
 * log. Always answers one row, a `ReleaseRow`.
 */
export function releaseEvent(work: ReleasedWork): Statement {
	return {
		query: RELEASE,
		values: [
			storableText(work.eventKey),
			storableText(work.leaseToken),
			storableAnswers(work.answers),
			storableJson(work.log),
		],
	};
}

const RELEASE = `WITH released AS (
	UPDATE property_platform.processed_events SET
		state = 'released',
		lease_token = NULL,
		lease_until = NULL,
		updated_at = now()
	WHERE event_key = $1::text AND lease_token = $2::text AND state = 'claimed'
	RETURNING event_key
), answers AS (
	${upsertAnswers('$3')}
), logged AS (
	${insertLogRows('$4')}
)
SELECT released.event_key IS NOT NULL AS "released"
FROM (VALUES ($1::text)) AS asked (event_key)
	LEFT JOIN released USING (event_key)`;
