import { storableJson } from './storable';

/** A vendor's answer worth keeping, because asking again costs money. */
export interface VendorAnswer {
	/** The question, normalised, so that the same question finds the same answer. */
	questionKey: string;
	vendor: string;
	/** What the answer is about, such as one property; a claim brings the answers of its scopes. */
	scope: string;
	/** JSON. */
	answer: unknown;
	lifetimeSeconds: number;
}

/** An answer as a claim brings it; `fetchedAt` is UTC ISO 8601 with milliseconds and a `Z`. */
export interface CachedAnswer {
	questionKey: string;
	answer: unknown;
	fetchedAt: string;
}

/** The answers as JSON for `upsertAnswers`; of two answers to one question the later one counts. */
export function storableAnswers(answers: readonly VendorAnswer[]): string {
	return storableJson([...new Map(answers.map((answer) => [answer.questionKey, answer])).values()]);
}

/** Stores answers as part of a larger statement; the value is made by `storableAnswers`. */
export function upsertAnswers(placeholder: string): string {
	// Everybody locks the rows in the same order, so that two executions cannot block each other.
	return `INSERT INTO property_platform.vendor_answers AS stored
		(question_key, vendor, scope, answer, fetched_at, expires_at)
	SELECT "questionKey", vendor, scope, answer, now(),
		now() + make_interval(secs => "lifetimeSeconds")
	FROM jsonb_to_recordset(${placeholder}::jsonb) AS fetched (
		"questionKey" text, vendor text, scope text, answer jsonb, "lifetimeSeconds" double precision
	)
	ORDER BY "questionKey"
	ON CONFLICT (question_key) DO UPDATE SET
		vendor = excluded.vendor,
		scope = excluded.scope,
		answer = excluded.answer,
		fetched_at = excluded.fetched_at,
		expires_at = excluded.expires_at`;
}

/** Reads the unexpired answers of the scopes as one JSON array; the value is the scopes as JSON. */
export function selectAnswers(placeholder: string): string {
	return `SELECT COALESCE(jsonb_agg(jsonb_build_object(
		'questionKey', question_key,
		'answer', answer,
		'fetchedAt', to_char(fetched_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
	) ORDER BY question_key), '[]'::jsonb)
	FROM property_platform.vendor_answers
	WHERE scope IN (SELECT jsonb_array_elements_text(${placeholder}::jsonb)) AND expires_at > now()`;
}
