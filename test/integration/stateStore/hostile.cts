/** Texts that a careless statement would run, rewrite or lose. */
export const HOSTILE = [
	"O'Brien''s",
	"'; DROP SCHEMA property_platform CASCADE; --",
	'"double" and `back`',
	'$1 $2::text $1:raw $& $$ ${name}',
	'{{ $json.secret }}',
	'{{ $json.secret }} {% include "x" %}',
	'=1+1',
	'back\\slash, \\n, \\u0000 as six letters, \\',
	'a, list, "of", values',
	'line\nbreak\r\n\ttab',
	'Piñon ₱5,000,000 🏡 ‮ right to left',
	'null',
	'',
	'-- comment /* comment */',
];
