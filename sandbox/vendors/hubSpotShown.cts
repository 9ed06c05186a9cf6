/** Records, associations and properties as HubSpot shows them. */
import type { Context } from 'hono';

import type { Property } from './hubSpotProperties.cts';
import type { StoredRecord } from './hubSpotRecords.cts';

/** All values of a record, those that HubSpot sets included. */
export function valuesOf({ id, type, createdAt, updatedAt, properties }: StoredRecord) {
	const [created, updated] =
		type === 'contacts'
			? ['createdate', 'lastmodifieddate']
			: ['hs_createdate', 'hs_lastmodifieddate'];
	return {
		...properties,
		hs_object_id: id,
		[created!]: createdAt.toISOString(),
		[updated!]: updatedAt.toISOString(),
	} as Record<string, string>;
}

/** A record with the properties that were asked for. */
export function shown(record: StoredRecord, asked: string[]) {
	const values = valuesOf(record);
	const always = ['hs_object_id', ...Object.keys(values).filter((name) => /date$/.test(name))];
	const names = asked.length > 0 ? asked : ['email', 'firstname', 'lastname'];
	return {
		id: record.id,
		properties: Object.fromEntries(
			[...new Set([...names, ...always])].map((name) => [name, values[name] ?? null]),
		),
		createdAt: record.createdAt.toISOString(),
		updatedAt: record.updatedAt.toISOString(),
		archived: false,
	};
}

export function batch<T>(results: T[]) {
	const now = new Date().toISOString();
	return { status: 'COMPLETE', results, startedAt: now, completedAt: now };
}

export function definition({
	readOnly = false,
	longest: _longest,
	required: _,
	...property
}: Property) {
	return {
		description: '',
		options: [],
		hasUniqueValue: false,
		...property,
		archived: false,
		modificationMetadata: { readOnlyValue: readOnly, readOnlyDefinition: property.hubspotDefined },
	};
}

/** In v3 and within a record associations are `{id, type}`; in lists of dated versions they are not. */
export function associationPage(
	context: Context,
	all: StoredRecord[],
	after: number,
	limit: number,
	within?: string,
): object {
	const next = after + limit;
	const { origin, pathname } = new URL(context.req.url);
	const list = within === undefined ? pathname : `${pathname}/associations/${within}`;
	const isDated = context.req.param('version') !== undefined && within === undefined;
	return {
		results: all.slice(after, next).map(({ id, type }) => {
			if (!isDated) return { id, type: `contact_to_${type.slice(0, -1)}` };
			const typeId = type === 'notes' ? 201 : 203;
			return {
				toObjectId: Number(id),
				associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId, label: null }],
			};
		}),
		...(next < all.length && {
			paging: { next: { after: String(next), link: `${origin}${list}?after=${next}` } },
		}),
	};
}
