/** An error as Salesforce words it: a status and a list of `{message, errorCode, fields}`. */

export interface FaultEntry {
	message: string;
	errorCode: string;
	fields?: string[];
	/** What a duplicate rule found. */
	duplicateResult?: object;
}

export class Fault extends Error {
	readonly status: number;
	readonly entries: FaultEntry[];

	constructor(status: number, ...entries: FaultEntry[]) {
		super(entries[0]?.message);
		this.status = status;
		this.entries = entries;
	}
}

export const fault = (status: number, errorCode: string, message: string, fields?: string[]) =>
	new Fault(status, { message, errorCode, ...(fields && { fields }) });

export const notFound = () => fault(404, 'NOT_FOUND', 'The requested resource does not exist');

export const noColumn = (field: string, type: string) =>
	fault(400, 'INVALID_FIELD', `No such column '${field}' on sobject of type ${type}`);

export const malformedQuery = (message: string) => fault(400, 'MALFORMED_QUERY', message);

/** What composite answers for a sub-request that was undone, or never done, because of another. */
export const ROLLED_BACK: FaultEntry = {
	errorCode: 'PROCESSING_HALTED',
	message:
		'The transaction was rolled back since another operation in the same transaction failed.',
};
