import { insertStep } from './insertStep';
import { type LookUp, selectLookUps } from './lookUp';
import type { Statement } from './statement';
import { storableJson, storableText } from './storable';
import { type CachedAnswer, selectAnswers } from './vendorAnswers';

export interface Claim {
	eventKey: string;
	flow: string;
	correlationId: string;
	/** Unique to this claim: whoever holds it may record the result. */
	leaseToken: string;
	/** How long the work may take; after that another execution may take it over. */
	leaseSeconds: number;
	/** How long a stored result answers repeated deliveries. */
	repeatWindowSeconds: number;
	/** Travels along into the answer. JSON. */
	event: unknown;
	/** Scopes whose cached vendor answers are wanted. */
	answerScopes: readonly string[];
	/** Rows of other tables of the same database that the claim brings along. */
	lookUps?: readonly LookUp[];
}

/** The one row a claim answers. */
export interface ClaimRow {
	/** `claimed`: do the work. `repeat`: the result is there. `in_progress`: another one is at it. */
	outcome: 'claimed' | 'repeat' | 'in_progress';
	event: unknown;
	correlationId: string;
	eventKey: string;
	leaseToken: string;
	/** Which attempt at this work is the latest, from 1. */
	attempt: number;
	/** Whether nobody ever claimed this work before. */
	isNew: boolean;
	/** The stored result of a repeat, else null. */
	result: unknown;
	cachedAnswers: CachedAnswer[];
}

/**
 * Takes the lease on a piece of work, or says why not. Of any number of concurrent claims of one
 * key exactly one answers `claimed`. The event log says which. Always answers one row, a `ClaimRow`.
 * @see https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT
 */
export function claimEvent(claim: Claim): Statement {
	const { lookUps = [] } = claim;
	return {
		query: claimQuery(selectLookUps(lookUps, FIXED_VALUES + 1)),
		values: [
			storableText(claim.eventKey),
			storableText(claim.flow),
			storableText(claim.correlationId),
			storableText(claim.leaseToken),
			claim.leaseSeconds,
			claim.repeatWindowSeconds,
			storableJson(claim.event),
			storableJson(claim.answerScopes),
			...lookUps.map(({ id }) => storableText(id)),
		],
	};
}

const STEP = {
	correlationId: '$3::text',
	flow: '$2::text',
	outcome: 'outcome',
	attempt: 'attempt',
};

/** How many values the statement has before those of the look-ups. */
const FIXED_VALUES = 8;

// The insert decides on the row as it is now, waiting for whoever holds it; `seen` shows it as it
// was when the statement began. A row that another execution claimed in between is therefore not
// seen, or seen with a result that has run out: both are in progress.
const claimQuery = (moreColumns: string) => `WITH claimed AS (
	INSERT INTO property_platform.processed_events AS held
		(event_key, flow, correlation_id, state, lease_token, lease_until, attempts)
	VALUES ($1::text, $2::text, $3::text, 'claimed', $4::text,
		now() + make_interval(secs => $5::double precision), 1)
	ON CONFLICT (event_key) DO UPDATE SET
		flow = excluded.flow,
		correlation_id = excluded.correlation_id,
		state = 'claimed',
		lease_token = excluded.lease_token,
		lease_until = excluded.lease_until,
		attempts = CASE WHEN held.recorded_at IS NULL THEN held.attempts + 1 ELSE 1 END,
		first_seen_at = CASE WHEN held.recorded_at IS NULL THEN held.first_seen_at ELSE now() END,
		result = NULL,
		recorded_at = NULL,
		completed_at = NULL,
		updated_at = now()
	WHERE held.state = 'released'
		OR (held.state = 'claimed' AND held.lease_until <= now())
		OR (held.state IN ('recorded', 'completed')
			AND held.recorded_at <= now() - make_interval(secs => $6::double precision))
	RETURNING event_key, attempts
), seen AS (
	SELECT event_key, attempts, result,
		state IN ('recorded', 'completed')
			AND recorded_at > now() - make_interval(secs => $6::double precision) AS repeatable
	FROM property_platform.processed_events
	WHERE event_key = $1::text
), decided AS (
	SELECT
		event_key,
		CASE
			WHEN claimed.attempts IS NOT NULL THEN 'claimed'
			WHEN seen.repeatable THEN 'repeat'
			ELSE 'in_progress'
		END AS outcome,
		COALESCE(claimed.attempts, seen.attempts, 1) AS attempt,
		seen.event_key IS NULL AND COALESCE(claimed.attempts, 0) = 1 AS is_new,
		CASE WHEN claimed.attempts IS NULL AND seen.repeatable THEN seen.result END AS result
	FROM (VALUES ($1::text)) AS asked (event_key)
		LEFT JOIN claimed USING (event_key)
		LEFT JOIN seen USING (event_key)
), logged AS (
	${insertStep('claim', STEP, 'decided')}
)
SELECT
	outcome AS "outcome",
	$7::jsonb AS "event",
	$3::text AS "correlationId",
	event_key AS "eventKey",
	$4::text AS "leaseToken",
	attempt AS "attempt",
	is_new AS "isNew",
	result AS "result",
	(${selectAnswers('$8')}) AS "cachedAnswers"${moreColumns}
FROM decided`;
