/** The queries by which a lead is found. */
import type { CrmLead, CrmSettings } from '../port';
import type { SubRequest } from './composite';
import type { Match } from './failure';

/** What hangs on a lead or a contact; the newest of it, in case that it is much. */
const CHILDREN = [
	'(SELECT Id, Description FROM Tasks ORDER BY CreatedDate DESC LIMIT 200)',
	'(SELECT ContentDocumentId, ContentDocument.Title FROM ContentDocumentLinks ORDER BY SystemModstamp DESC LIMIT 200)',
	'(SELECT Id, Title FROM Notes ORDER BY CreatedDate DESC LIMIT 200)',
].join(', ');

export const LEADS_OF_ONE_PERSON = 20;

/**
 * Finds a lead of this person, if there is exactly one: made a moment ago in the same call, it is
 * the one. `MAX` stands for the id of the only one; grouping is there because HAVING insists on it.
 * @see https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-agg-functions-field-types.html
 */
export function onlyLeadQuery(person: string): string {
	return `SELECT MAX(Id) FROM Lead WHERE ${person} AND IsConverted = false GROUP BY IsConverted HAVING COUNT(Id) = 1`;
}

/** The leads that carry our id; two of them where the field is not unique. */
export function ownLeadQuery(own: string, settings: CrmSettings): string {
	return `SELECT ${leadFields(settings)} FROM Lead WHERE ${own} LIMIT 2`;
}

/** The leads of a person, those that are still leads first, the newest first. */
export function leadsOfPersonQuery(person: string, settings: CrmSettings): string {
	return `SELECT ${leadFields(settings)} FROM Lead WHERE ${person} ORDER BY IsConverted, CreatedDate DESC LIMIT ${LEADS_OF_ONE_PERSON}`;
}

/** What a duplicate rule matched. */
export function matchQuery({ type, id }: Match, settings: CrmSettings): string {
	const fields = type === 'Lead' ? leadFields(settings) : `Id, ${CHILDREN}`;
	return `SELECT ${fields} FROM ${type} WHERE Id = ${quoted(id)}`;
}

/** The contacts that became of the leads for which one of the conditions is true. */
export function contactsQuery(conditions: readonly string[]): string {
	const leads = `SELECT ConvertedContactId FROM Lead WHERE (${conditions.join(' OR ')}) AND IsConverted = true`;
	return `SELECT Id, ${CHILDREN} FROM Contact WHERE Id IN (${leads}) LIMIT ${LEADS_OF_ONE_PERSON}`;
}

/** True for the lead that carries our id. */
export function ownCondition(
	{ leadId }: CrmLead,
	{ leadIdField }: CrmSettings,
): string | undefined {
	return leadIdField === undefined ? undefined : `${leadIdField} = ${quoted(leadId)}`;
}

/** True for the leads of this person: by e-mail, or by phone where there is no e-mail. */
export function personCondition({ email, phone }: CrmLead): string | undefined {
	if (email) return `Email = ${quoted(email)}`;
	return phone ? `(Phone = ${quoted(phone)} OR MobilePhone = ${quoted(phone)})` : undefined;
}

export function queryRequest(referenceId: string, soql: string): SubRequest {
	return { referenceId, method: 'GET', path: `/query?q=${encodeURIComponent(soql)}` };
}

function leadFields({ leadIdField }: CrmSettings): string {
	const own = leadIdField === undefined ? '' : `${leadIdField}, `;
	return `Id, ${own}IsConverted, ConvertedContactId, ${CHILDREN}`;
}

/** @see https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-quotedstringescapes.html */
export function quoted(text: string): string {
	const escaped = text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
	return `'${escaped}'`;
}
