import type { Statement } from '../../shared/stateStore/statement';
import { storableJson } from '../../shared/stateStore/storable';
import { utcText } from '../../shared/stateStore/utcText';

/** Of which company the last rollup is wanted, and for what. */
export interface AskedCompany {
	companyId: string;
	correlationId: string;
	/** What was taken to be tried again, where it was; it travels along into the answer. JSON. */
	delivery?: unknown;
}

/** A row `previousRollups` answers: what was asked, and the company's latest rollup. */
export interface PreviousRollupRow {
	companyId: string;
	correlationId: string;
	delivery: unknown;
	/** `figures` as they were kept; null for the first. */
	previous: { takenAt: string; figures: unknown } | null;
}

/** Reads the latest rollup of each company. Answers one row a company, in the order given. */
export function previousRollups(companies: readonly AskedCompany[]): Statement {
	return { query: PREVIOUS, values: [storableJson(companies)] };
}

const PREVIOUS = `SELECT
	asked.company ->> 'companyId' AS "companyId",
	asked.company ->> 'correlationId' AS "correlationId",
	asked.company -> 'delivery' AS "delivery",
	CASE WHEN latest.taken_at IS NOT NULL THEN jsonb_build_object(
		'takenAt', ${utcText('latest.taken_at')},
		'figures', latest.figures
	) END AS "previous"
FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS asked (company, position)
	LEFT JOIN LATERAL (
		SELECT taken_at, figures
		FROM property_platform.rollups AS kept
		WHERE kept.company_id = asked.company ->> 'companyId'
		ORDER BY taken_at DESC
		LIMIT 1
	) AS latest ON true
ORDER BY position`;
