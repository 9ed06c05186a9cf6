import { z } from 'zod';

const matchedRecord = z.object({
	record: z.object({ Id: z.string(), attributes: z.object({ type: z.string() }) }),
});

const duplicateResult = z.object({
	matchResults: z.array(z.object({ matchRecords: z.array(matchedRecord) })),
});

const entry = z.object({
	errorCode: z.string(),
	message: z.string().catch(''),
	fields: z.array(z.string()).nullish().catch(undefined),
	duplicateResult: duplicateResult.nullish().catch(undefined),
});

/** A record that a duplicate rule takes for the same person. */
export interface Match {
	type: 'Lead' | 'Contact';
	id: string;
}

export interface Failure {
	code: string;
	/** For decisions only: Salesforce repeats values in it, even whole queries. */
	message: string;
	/** API names of the fields at fault. */
	fields: string[];
	match?: Match;
}

/**
 * The first error in a body, which is a list, or in some answers a bare object. A lead that a
 * duplicate rule found comes before a contact.
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html
 */
export function failureOf(body: unknown): Failure | undefined {
	const parsed = entry.safeParse(Array.isArray(body) ? body[0] : body);
	if (!parsed.success) return undefined;
	const { errorCode, message, fields, duplicateResult: duplicates } = parsed.data;
	const matches = (duplicates?.matchResults ?? [])
		.flatMap(({ matchRecords }) => matchRecords)
		.map(({ record }) => ({ id: record.Id, type: record.attributes.type }));
	const match = ofType('Lead', matches) ?? ofType('Contact', matches);
	return {
		code: errorCode,
		message,
		fields: fields?.length ? fields : fieldsIn(message),
		...(match && { match }),
	};
}

/** The field that only the text names, as it does for unknown columns and for values that exist. */
function fieldsIn(message: string): string[] {
	const [, column, unique] =
		/No such column '(\w+)'|duplicate value found: (\w+) duplicates/.exec(message) ?? [];
	const field = column ?? unique;
	return field === undefined ? [] : [field];
}

function ofType(
	type: Match['type'],
	matches: ReadonlyArray<{ id: string; type: string }>,
): Match | undefined {
	const match = matches.find((one) => one.type === type);
	return match && { type, id: match.id };
}
