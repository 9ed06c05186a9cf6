/** The two ways in which Resend writes a moment. */

/** As in webhooks: `2026-11-22T10:00:00.123Z`. */
export function isoDate(at: number): string {
	return new Date(at).toISOString();
}

/** As in answers of the API: `2026-11-22 10:00:00.123000+00`. */
export function sqlDate(at: number): string {
	return isoDate(at).replace('T', ' ').replace('Z', '000+00');
}
