/** Listings and the search: filters, pages and who is found. */
import { badRequest, invalid, Refused } from './pipedriveAnswers.cts';
import type { PipedriveAccount } from './pipedriveAccount.cts';
import type { Person } from './pipedriveRecords.cts';
import { FIELD_TYPES } from './pipedriveSchemas.cts';

const LIMIT_MAX = 500;
const LIMIT = 100;
const SEARCH_FIELDS = ['custom_fields', 'email', 'notes', 'phone', 'name'];

type Query = Record<string, string>;

/** Items whose fields equal the query's, where the query names them. */
export function filtered<T extends object>(items: Iterable<T>, query: Query, names: string[]): T[] {
	return [...items].filter((item) =>
		names.every((name) => {
			const asked = query[name];
			return asked === undefined || String((item as Record<string, unknown>)[name]) === asked;
		}),
	);
}

export function sorted<T extends object>(items: T[], { sort_by, sort_direction }: Query): T[] {
	const by = sort_by ?? 'id';
	if (!['id', 'update_time', 'add_time'].includes(by)) throw new Refused(invalid(`sort_by: ${by}`));
	const order = [...items].sort((one, other) => {
		const [a, b] = [one, other].map((item) => (item as Record<string, string | number>)[by]!);
		return a! < b! ? -1 : a! > b! ? 1 : 0;
	});
	return sort_direction === 'desc' ? order.reverse() : order;
}

/** A page of v2, by an opaque cursor. */
export function cursorPage<T>(items: T[], query: Query) {
	const limit = limitOf(query);
	const start = query.cursor === undefined ? 0 : positionIn(query.cursor);
	const end = start + limit;
	const next = end < items.length ? Buffer.from(JSON.stringify({ end })).toString('base64') : null;
	return {
		success: true,
		data: items.slice(start, end),
		additional_data: { next_cursor: next },
	};
}

/** A page of v1, by position. */
export function startPage<T>(items: T[], query: Query) {
	const limit = limitOf(query);
	const start = Number(query.start ?? 0);
	if (!Number.isInteger(start) || start < 0)
		throw new Refused(badRequest('start must be a number'));
	const hasMore = start + limit < items.length;
	return {
		success: true,
		data: items.slice(start, start + limit),
		pagination: {
			start,
			limit,
			more_items_in_collection: hasMore,
			...(hasMore && { next_start: start + limit }),
		},
	};
}

/** Who is found; the index does not know the latest yet. */
export function foundPersons(account: PipedriveAccount, query: Query, now: number) {
	const { term = '', fields = SEARCH_FIELDS.join(',') } = query;
	const isExact = query.exact_match === 'true' || query.exact_match === '1';
	const asked = fields.split(',');
	if (term.length < (isExact ? 1 : 2)) throw new Refused(invalid('term: too short'));
	const unknown = asked.find((field) => !SEARCH_FIELDS.includes(field));
	if (unknown !== undefined) throw new Refused(invalid(`fields: ${unknown}`));
	const wanted = term.trim().toLowerCase();
	const isHit = (field: string) => (text: string) => {
		if (field === 'phone' && isExact) return digits(text) === digits(term);
		const known = text.toLowerCase();
		return isExact ? known === wanted : known.includes(wanted);
	};
	const items = [...account.persons.values()]
		.filter(({ id }) => (account.searchableFrom.get(id) ?? 0) <= now)
		.filter((person) => asked.some((field) => textsOf(person, field, account).some(isHit(field))));
	return cursorPage(
		items.map((person) => ({
			result_score: isExact ? 1 : 0.5,
			item: {
				id: person.id,
				type: 'person',
				name: person.name,
				phones: person.phones.map(({ value }) => value),
				emails: person.emails.map(({ value }) => value),
				primary_email: person.emails.find(({ primary }) => primary)?.value ?? null,
				visible_to: person.visible_to,
				owner: { id: person.owner_id },
				organization: null,
				custom_fields: textsOf(person, 'custom_fields', account),
				notes: textsOf(person, 'notes', account),
			},
		})),
		query,
	);
}

function textsOf(person: Person, field: string, { notes }: PipedriveAccount): string[] {
	if (field === 'email') return person.emails.map(({ value }) => value);
	if (field === 'phone') return person.phones.map(({ value }) => value);
	if (field === 'name') return [person.name];
	if (field === 'notes') {
		const theirs = [...notes.values()].filter(({ person_id: id }) => id === person.id);
		return theirs.map(({ content }) => content);
	}
	return Object.keys(FIELD_TYPES).flatMap((key) => {
		const value = person.custom_fields[key];
		return value === null || value === undefined ? [] : [String(value)];
	});
}

function digits(text: string): string {
	return text.replace(/\D/g, '');
}

function limitOf({ limit = String(LIMIT) }: Query): number {
	const asked = Number(limit);
	if (Number.isInteger(asked) && asked >= 1 && asked <= LIMIT_MAX) return asked;
	throw new Refused(invalid(`limit: ${limit} is not between 1 and ${LIMIT_MAX}`));
}

function positionIn(cursor: string): number {
	const position = /^\{"end":(\d+)\}$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
	if (position === undefined) throw new Refused(invalid('cursor: cannot be read'));
	return Number(position);
}
