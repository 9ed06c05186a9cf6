import type { HttpRequest } from '../../../http/send';
import { leadMarker } from '../marker';
import type { CrmLead, CrmSettings } from '../port';
import type { KnownPerson } from './answers';
import { isSamePhone } from './phone';
import { TIMEOUT_MS } from './wire';

const NEWEST = 100;

/** One way to know a person again. */
export interface Identity {
	field: 'email' | 'phone' | 'custom_fields' | 'notes';
	term: string;
	isOf(person: KnownPerson): boolean;
}

/**
 * How the person of a lead is known again, the surest first. Our own marks are looked for only where
 * an earlier attempt may have left them: the id in a field of the account's, or the marker in a note
 * where there is nothing else.
 */
export function identitiesOf(
	{ leadId, email, phone }: CrmLead,
	{ leadIdField }: CrmSettings,
	mayBeOurs: boolean,
): Identity[] {
	const marker = leadMarker(leadId);
	const isAnonymous = !email && !phone && !leadIdField;
	return [
		...(email
			? [identity('email', email, ({ emails }) => emails.some((known) => isSame(known, email)))]
			: []),
		...(leadIdField && mayBeOurs
			? [identity('custom_fields', leadId, ({ own }) => own.some((known) => isSame(known, leadId)))]
			: []),
		...(!email && phone
			? [identity('phone', phone, ({ phones }) => phones.some((it) => isSamePhone(it, phone)))]
			: []),
		...(isAnonymous && mayBeOurs
			? [identity('notes', marker, ({ notes }) => notes.some((note) => note.includes(marker)))]
			: []),
	];
}

/**
 * Asks for the people of an e-mail, a phone or a text. The term stands in the URL because Pipedrive
 * has no other way: its only filter by content is this GET.
 * @see https://developers.pipedrive.com/docs/api/v1/Persons#searchPersons
 */
export function searchPersons({ field, term }: Identity): HttpRequest {
	return {
		method: 'GET',
		path: '/api/v2/persons/search',
		query: { term, fields: field, exact_match: field !== 'notes', limit: NEWEST },
		timeoutMs: TIMEOUT_MS,
	};
}

/** Asks for the latest people, whom the search may not know yet. */
export function newestPersons(): HttpRequest {
	return {
		method: 'GET',
		path: '/api/v2/persons',
		query: { sort_by: 'id', sort_direction: 'desc', limit: NEWEST },
		timeoutMs: TIMEOUT_MS,
	};
}

function identity(field: Identity['field'], term: string, isOf: Identity['isOf']): Identity {
	return { field, term, isOf };
}

function isSame(one: string, other: string): boolean {
	return one.trim().toLowerCase() === other.trim().toLowerCase();
}
