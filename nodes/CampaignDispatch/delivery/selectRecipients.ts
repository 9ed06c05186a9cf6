import { isConsent, isUnsubscribed } from './consent';
import { normaliseAddress, recipientKey } from './recipient';

/** A row of the audience, as n8n's database nodes hand it over. */
export type AudienceRow = Readonly<Record<string, unknown>>;

/** The columns that say who a row is and whether it may be written to. */
export interface PersonFields {
	emailField: string;
	idField: string;
	consentField: string;
	/** Empty where the audience has none. */
	unsubscribedField: string;
	/** The column of the company, where every row has to be of `companyId`. */
	companyField?: string;
	companyId?: string;
}

export interface Recipient {
	recipient: string;
	email: string;
	personId: string | null;
	/** What the templates may show. */
	data: AudienceRow;
}

export type LeftOutReason =
	| 'other_company'
	| 'no_consent'
	| 'unsubscribed'
	| 'broken_address'
	| 'duplicate'
	| 'missing_variables';

export interface LeftOut {
	/** Null where there is no address to know a person by. */
	recipient: string | null;
	personId: string | null;
	reason: LeftOutReason;
	/** Names of columns or variables; never what stands in them. */
	detail?: string;
	/** The variables of the template for which there is nothing. */
	missing?: readonly string[];
}

/**
 * Who of a page of the audience is written to, in its order, and why the others are not. It fails
 * closed: without a clear yes there is no consent, and one row that says so unsubscribes an address in
 * all of them. `missing` names the variables of the template for which a row has nothing. `known`
 * are recipients of earlier pages.
 */
export function selectRecipients(
	rows: readonly AudienceRow[],
	fields: PersonFields,
	missing: (data: AudienceRow) => readonly string[],
	known: ReadonlySet<string> = new Set(),
): { recipients: Recipient[]; leftOut: LeftOut[] } {
	const people = rows.map((row) => {
		const email = normaliseAddress(textOf(row[fields.emailField]));
		return { row, email, recipient: email === undefined ? null : recipientKey(email) };
	});
	const unsubscribed = new Set(
		people
			.filter(({ row }) => hasLeft(row, fields.unsubscribedField))
			.map(({ recipient }) => recipient),
	);

	const seen = new Set(known);
	const recipients: Recipient[] = [];
	const leftOut: LeftOut[] = [];
	for (const { row, email, recipient } of people) {
		const personId = textOf(row[fields.idField]) || null;
		const why = whyNot(row, fields, recipient, unsubscribed, seen) ?? lacking(missing(row));
		if (why || email === undefined || recipient === null) {
			leftOut.push({ recipient, personId, ...(why ?? { reason: 'broken_address' }) });
		} else {
			seen.add(recipient);
			recipients.push({ recipient, email, personId, data: row });
		}
	}
	return { recipients, leftOut };
}

type Why = Omit<LeftOut, 'recipient' | 'personId'>;

function whyNot(
	row: AudienceRow,
	fields: PersonFields,
	recipient: string | null,
	unsubscribed: ReadonlySet<string | null>,
	seen: ReadonlySet<string>,
): Why | undefined {
	if (isOfAnother(row, fields)) return { reason: 'other_company' };
	if (!isConsent(row[fields.consentField])) {
		return { reason: 'no_consent', ...absence(row, fields.consentField) };
	}
	if (recipient === null) return { reason: 'broken_address', ...absence(row, fields.emailField) };
	if (unsubscribed.has(recipient)) {
		return { reason: 'unsubscribed', ...absence(row, fields.unsubscribedField) };
	}
	return seen.has(recipient) ? { reason: 'duplicate' } : undefined;
}

function lacking(variables: readonly string[]): Why | undefined {
	if (variables.length === 0) return undefined;
	return { reason: 'missing_variables', detail: variables.join(', '), missing: variables };
}

function hasLeft(row: AudienceRow, field: string): boolean {
	return field !== '' && isUnsubscribed(row, field);
}

function isOfAnother(row: AudienceRow, { companyField, companyId }: PersonFields): boolean {
	return companyField ? textOf(row[companyField]) !== companyId : false;
}

function absence(row: AudienceRow, field: string): { detail?: string } {
	return field === '' || Object.hasOwn(row, field) ? {} : { detail: `no field "${field}"` };
}

function textOf(value: unknown): string {
	return ['string', 'number', 'bigint'].includes(typeof value) ? String(value).trim() : '';
}
