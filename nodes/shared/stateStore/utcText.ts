/** A moment of the database as UTC ISO 8601 with milliseconds and a `Z`; takes a SQL expression. */
export function utcText(moment: string): string {
	return `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
