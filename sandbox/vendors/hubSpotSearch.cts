/** HubSpot's search, over an index that lags behind. */
import { z } from 'zod';

import { Refusal } from './hubSpotAnswers.cts';
import type { StoredRecord } from './hubSpotRecords.cts';

const filter = z.object({
	propertyName: z.string(),
	operator: z.enum(['EQ', 'NEQ', 'IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY', 'CONTAINS_TOKEN']),
	value: z.string().optional(),
	values: z.array(z.string()).optional(),
});

const sort = z.union([
	z
		.string()
		.transform((name) => ({ propertyName: name.replace(/^-/, ''), isDown: name[0] === '-' })),
	z
		.object({ propertyName: z.string(), direction: z.string().default('ASCENDING') })
		.transform(({ propertyName, direction }) => ({
			propertyName,
			isDown: direction === 'DESCENDING',
		})),
]);

export const searchInput = z.object({
	filterGroups: z
		.array(z.object({ filters: z.array(filter).max(6) }))
		.max(5)
		.default([]),
	sorts: z.array(sort).max(1).default([]),
	properties: z.array(z.string()).default([]),
	limit: z.number().int().min(1).max(200).default(10),
	after: z.coerce.number().int().min(0).default(0),
});

/** The matches of one page, and how many there are in all. */
export function searchRecords(
	records: StoredRecord[],
	{ filterGroups, sorts, limit, after }: z.infer<typeof searchInput>,
	isKnown: (property: string) => boolean,
	valuesOf: (record: StoredRecord) => Record<string, string>,
): { total: number; page: StoredRecord[] } {
	const unknown = filterGroups
		.flatMap(({ filters }) => filters)
		.find(({ propertyName }) => !isKnown(propertyName));
	if (unknown) {
		const message = `There was a problem with the request: property ${unknown.propertyName} does not exist`;
		throw new Refusal(400, 'VALIDATION_ERROR', message);
	}
	const matches = records.filter(
		(record) =>
			filterGroups.length === 0 ||
			filterGroups.some(({ filters }) => filters.every((one) => fits(valuesOf(record), one))),
	);
	const [by] = sorts;
	if (by) {
		const value = (record: StoredRecord) => valuesOf(record)[by.propertyName] ?? '';
		matches.sort((one, other) => value(one).localeCompare(value(other)) * (by.isDown ? -1 : 1));
	}
	return { total: matches.length, page: matches.slice(after, after + limit) };
}

function fits(values: Record<string, string>, wanted: z.infer<typeof filter>): boolean {
	const value = values[wanted.propertyName]?.toLowerCase() ?? '';
	const asked = wanted.value?.toLowerCase() ?? '';
	switch (wanted.operator) {
		case 'EQ':
			return value !== '' && value === asked;
		case 'NEQ':
			return value !== asked;
		case 'IN':
			return (wanted.values ?? []).some((one) => one.toLowerCase() === value);
		case 'HAS_PROPERTY':
			return value !== '';
		case 'NOT_HAS_PROPERTY':
			return value === '';
		case 'CONTAINS_TOKEN':
			return value.split(/[^\p{L}\p{N}]+/u).includes(asked);
	}
}
