import { arrivedDeliveries } from '../../shared/delivery/arrived';
import { type EventLogRow, insertLogRows } from '../../shared/stateStore/eventLog';
import { durationMs, insertStep } from '../../shared/stateStore/insertStep';
import type { Statement } from '../../shared/stateStore/statement';
import { storableJson } from '../../shared/stateStore/storable';

export interface KeptRollup {
	companyId: string;
	/** UTC ISO 8601. */
	takenAt: string;
	correlationId: string;
	/** What the next rollup is compared with. JSON. */
	figures: unknown;
	/** From asking for the figures to the platform's confirmation. */
	durationMs: number;
}

/** The one row `keepRollups` answers; those that were there before are not counted. */
export interface KeepRollupsRow {
	kept: number;
}

/**
 * Keeps rollups that the platform has confirmed, each once, and notes each in the event log as one
 * unit of work that is complete; what was parked of these companies has arrived. Further rows of the
 * log, about the calls, come along. Always answers one row, a `KeepRollupsRow`.
 */
export function keepRollups(
	rollups: readonly KeptRollup[],
	log: readonly EventLogRow[],
): Statement {
	const deliveryKeys = rollups.map(({ companyId }) => `rollup:${companyId}`);
	return {
		query: KEEP,
		values: [storableJson(rollups), storableJson(deliveryKeys), storableJson(log)],
	};
}

const COMPLETE = {
	correlationId: 'kept.correlation_id',
	flow: "'metrics-rollup'",
	outcome: "'ok'",
	durationMs: durationMs('told."durationMs"'),
};

// Everybody writes them in the same order, so that two executions cannot block each other.
const KEEP = `WITH told AS (
	SELECT DISTINCT ON ("companyId", "takenAt") *
	FROM jsonb_to_recordset($1::jsonb) AS told (
		"companyId" text, "takenAt" timestamptz, "correlationId" text, figures jsonb,
		"durationMs" double precision
	)
	ORDER BY "companyId", "takenAt"
), kept AS (
	INSERT INTO property_platform.rollups (company_id, taken_at, correlation_id, figures)
	SELECT "companyId", "takenAt", "correlationId", figures
	FROM told
	ORDER BY "companyId", "takenAt"
	ON CONFLICT (company_id, taken_at) DO NOTHING
	RETURNING company_id, taken_at, correlation_id
), arrived AS (
	${arrivedDeliveries('$2')}
), logged AS (
	${insertLogRows('$3')}
	RETURNING id
), completed AS (
	${insertStep(
		'complete',
		COMPLETE,
		'kept JOIN told ON "companyId" = company_id AND "takenAt" = taken_at',
		'logged',
	)}
)
SELECT count(*)::int AS "kept" FROM kept`;
