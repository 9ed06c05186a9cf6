/** The words of the language, which name no field. */
export const KEYWORDS: ReadonlySet<string> = new Set([
	'AND',
	'BETWEEN',
	'ESCAPE',
	'FALSE',
	'ILIKE',
	'IN',
	'IS',
	'LIKE',
	'NOT',
	'NULL',
	'OR',
	'TRUE',
]);

/** Words of SQL that a person may try and the language leaves out. */
export const LEFT_OUT_WORDS: ReadonlySet<string> = new Set([
	...['ALL', 'ANY', 'ARRAY', 'CASE', 'CAST', 'COLLATE', 'DELETE', 'DISTINCT', 'DROP', 'EXISTS'],
	...['FROM', 'GROUP', 'HAVING', 'INSERT', 'INTERVAL', 'JOIN', 'LIMIT', 'ORDER', 'REGEXP'],
	...['RLIKE', 'SELECT', 'SIMILAR', 'SOME', 'TIMESTAMP', 'UNION', 'UPDATE', 'WHERE', 'XOR'],
]);
