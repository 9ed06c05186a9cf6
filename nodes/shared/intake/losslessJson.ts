/**
 * Where a number of 16 digits may stand; 2^53 has 16. That it may also stand in a string costs time
 * and changes nothing.
 */
const LONG_NUMBER = /(?:^|[:,[])\s*-?\d{16}/;
const INTEGER = /^-?\d+$/;

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
/** As ECMAScript has it since `JSON.parse` tells the reviver the text of a number. */
const parse = JSON.parse as (text: string, reviver?: Reviver) => unknown;

/**
 * JSON in which an integer that a number cannot hold, beyond 2^53 - 1 either way, is text with the
 * digits that were sent: ids of Meta's are that long. Undefined where the bytes are no JSON.
 * @see https://tc39.es/proposal-json-parse-with-source/
 */
export function parseLosslessJson(rawBody: Buffer): unknown {
	const text = rawBody.toString('utf8');
	try {
		// A reviver is called for every value: it is asked for only where it may have work.
		return LONG_NUMBER.test(text) ? parse(text, keepDigits) : parse(text);
	} catch {
		return undefined;
	}
}

function keepDigits(_key: string, value: unknown, { source }: { source?: string }): unknown {
	const isLost = typeof value === 'number' && !Number.isSafeInteger(value);
	return isLost && source !== undefined && INTEGER.test(source) ? source : value;
}
