/** Pipedrive's answers. What is not named here is dropped on reading. */
import { z } from 'zod';

const listOf = <T extends z.ZodTypeAny>(item: T) =>
	z
		.array(item)
		.nullish()
		.transform((items) => items ?? []);

const texts = listOf(z.coerce.string());
const name = z
	.string()
	.nullish()
	.transform((value) => value ?? '');
const channels = listOf(z.object({ value: z.string() }).passthrough());

/** A person as a search or a listing shows it, for telling whether it is the one looked for. */
export interface KnownPerson {
	id: number;
	name: string;
	emails: string[];
	phones: string[];
	/** Values of the account's own fields, without their names. */
	own: string[];
	/** Notes in which the search found its term. */
	notes: string[];
}

/** @see https://developers.pipedrive.com/docs/api/v1/Persons#searchPersons */
export const foundPersons = z.object({
	data: z.object({
		items: z.array(
			z.object({
				item: z
					.object({
						id: z.number().int(),
						name,
						emails: texts,
						phones: texts,
						custom_fields: texts,
						notes: texts,
					})
					.transform(({ custom_fields: own, ...person }): KnownPerson => ({ ...person, own })),
			}),
		),
	}),
});

const person = z.object({
	id: z.number().int(),
	name,
	emails: channels,
	phones: channels,
	custom_fields: z.record(z.unknown()).nullish(),
});

/** A person as it stands, with the labels of its numbers. */
export const onePerson = z.object({ data: person });

export const listedPersons = z.object({
	data: listOf(
		person.transform(({ id, name, emails, phones, custom_fields: own }): KnownPerson => ({
			id,
			name,
			emails: emails.map(({ value }) => value),
			phones: phones.map(({ value }) => value),
			own: Object.values(own ?? {}).map(String),
			notes: [],
		})),
	),
});

export const createdPerson = z.object({ data: z.object({ id: z.number().int() }) });

/** A lead has a UUID, a note and an activity have a number. */
const id = z.union([z.string().min(1), z.number().int()]).transform(String);

export const created = z.object({ data: z.object({ id }) });

export const listedLead = z.object({ id, origin_id: z.string().nullish() });
export const listedNote = z.object({ id, content: z.string().nullish() });
export const listedActivity = z.object({ id, note: z.string().nullish() });

const position = z.object({
	start: z.number().nullish(),
	more_items_in_collection: z.boolean().nullish(),
	next_start: z.number().nullish(),
});

/** One page of a listing and where the next begins: a cursor in v2, a position in v1. */
export const pageOf = <T extends z.ZodTypeAny>(item: T) =>
	z
		.object({
			data: listOf(item),
			additional_data: position
				.extend({ next_cursor: z.string().nullish(), pagination: position.nullish() })
				.nullish(),
		})
		.transform(({ data, additional_data: more }) => ({ data, next: nextPage(data.length, more) }));

type More = Partial<z.infer<typeof position>> & {
	next_cursor?: string | null;
	pagination?: More | null;
};

function nextPage(
	size: number,
	more: More | null | undefined,
): { cursor: string } | { start: number } | undefined {
	if (size === 0 || !more) return undefined;
	if (more.next_cursor) return { cursor: more.next_cursor };
	// Notes have it under `pagination`; the official client's types of leads have it beside.
	const { start, next_start, more_items_in_collection: hasMore } = more.pagination ?? more;
	return hasMore ? { start: next_start ?? (start ?? 0) + size } : undefined;
}
