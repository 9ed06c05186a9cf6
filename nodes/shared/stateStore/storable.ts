const REPLACEMENT_CHARACTER = '\ufffd';

/** An escape in JSON text; pairing each backslash with what follows tells `\u0000` from `\\u0000`. */
const JSON_ESCAPE = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g;

/**
 * Text that PostgreSQL can hold: without the NUL character, and with lone surrogates, which are
 * not Unicode text, replaced by U+FFFD.
 * @see https://www.postgresql.org/docs/current/datatype-character.html
 */
export function storableText(text: string): string {
	return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, REPLACEMENT_CHARACTER);
}

/**
 * A value as JSON text that PostgreSQL's `jsonb` accepts: `storableText`'s rules in every string
 * and every key. `undefined` becomes `null`.
 * @see https://www.postgresql.org/docs/current/datatype-json.html
 */
export function storableJson(value: unknown): string {
	const json = JSON.stringify(value ?? null);
	return json.replace(JSON_ESCAPE, (escape) => {
		if (escape === '\\u0000') return '';
		// JSON.stringify escapes a surrogate only where it stands alone.
		return escape.startsWith('\\ud') ? REPLACEMENT_CHARACTER : escape;
	});
}
