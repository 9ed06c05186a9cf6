/** The routes of HubSpot's objects and properties, below whichever path their version has. */
import type { Context } from 'hono';
import { z } from 'zod';

import { Refusal } from './hubSpotAnswers.cts';
import { newProperty, type ObjectType } from './hubSpotProperties.cts';
import { type HubSpotRecords, recordInput, type StoredRecord } from './hubSpotRecords.cts';
import { searchInput, searchRecords } from './hubSpotSearch.cts';
import { associationPage, batch, definition, shown, valuesOf } from './hubSpotShown.cts';
import type { VendorApp } from './standIn.cts';

const ASSOCIATIONS_IN_RECORD = 100;

const recordId = z.object({ id: z.coerce.string() });
const batchReadInput = z.object({
	inputs: z.array(recordId).min(1).max(100),
	properties: z.array(z.string()).default([]),
	idProperty: z.string().optional(),
});
const batchUpsertInput = z.object({
	inputs: z
		.array(recordInput.merge(recordId).extend({ idProperty: z.string() }))
		.min(1)
		.max(100),
});

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide */
export function objectRoutes(
	app: VendorApp,
	base: string,
	records: HubSpotRecords,
	searchLagMs: number,
): void {
	app.post(`${base}/:type`, async (context) => {
		const record = records.create(typeOf(context), await bodyOf(context, recordInput));
		return context.json(shown(record, Object.keys(record.properties)), 201);
	});
	app.post(`${base}/:type/search`, async (context) => {
		const type = typeOf(context);
		const asked = await bodyOf(context, searchInput);
		const seen = records
			.all(type)
			.filter(({ createdAt }) => Date.now() - createdAt.getTime() >= searchLagMs);
		const isKnown = (name: string) => records.properties[type].some((one) => one.name === name);
		const { total, page } = searchRecords(seen, asked, isKnown, valuesOf);
		const next = asked.after + page.length;
		return context.json({
			total,
			results: page.map((record) => shown(record, asked.properties)),
			...(next < total && { paging: { next: { after: String(next) } } }),
		});
	});
	app.post(`${base}/:type/batch/read`, async (context) => {
		const type = typeOf(context);
		const { inputs, properties, idProperty } = await bodyOf(context, batchReadInput);
		const found = inputs.map(({ id }) => [id, records.find(type, id, idProperty)] as const);
		const missing = found.filter(([, record]) => record === undefined).map(([id]) => id);
		return context.json(
			{
				...batch(found.flatMap(([, record]) => (record ? [shown(record, properties)] : []))),
				...(missing.length > 0 && {
					numErrors: missing.length,
					errors: [
						{
							status: 'error',
							category: 'OBJECT_NOT_FOUND',
							message: `Could not get some ${type} objects, they may be deleted or not exist.`,
							context: { ids: missing },
						},
					],
				}),
			},
			missing.length > 0 ? 207 : 200,
		);
	});
	app.post(`${base}/:type/batch/upsert`, async (context) => {
		const type = typeOf(context);
		const { inputs } = await bodyOf(context, batchUpsertInput);
		const results = inputs.map(({ id, idProperty, properties }) => {
			const known = records.find(type, id, idProperty);
			const record = known
				? records.update(known, properties)
				: records.create(type, { properties: { ...properties, [idProperty]: id } });
			return { ...shown(record, Object.keys(record.properties)), new: known === undefined };
		});
		return context.json(batch(results));
	});
	app.get(`${base}/:type/:id`, (context) => {
		const record = records.get(
			typeOf(context),
			context.req.param('id')!,
			context.req.query('idProperty'),
		);
		const kinds = listIn(context, 'associations');
		return context.json({
			...shown(record, listIn(context, 'properties')),
			...(kinds.length > 0 && { associations: associationsOf(context, record, kinds, records) }),
		});
	});
	app.patch(`${base}/:type/:id`, async (context) => {
		const { properties } = await bodyOf(context, recordInput);
		const record = records.get(
			typeOf(context),
			context.req.param('id')!,
			context.req.query('idProperty'),
		);
		records.update(record, properties);
		return context.json(shown(record, Object.keys(properties)));
	});
	app.get(`${base}/:type/:id/associations/:to`, (context) => {
		const { id } = records.get(typeOf(context), context.req.param('id')!);
		const { after = '0', limit = '500' } = context.req.query();
		const all = records.activitiesOf(id, activityOf(context.req.param('to')!));
		return context.json(associationPage(context, all, Number(after), Number(limit)));
	});
}

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export function propertyRoutes(app: VendorApp, base: string, records: HubSpotRecords): void {
	app.get(`${base}/:type`, (context) =>
		context.json({ results: records.properties[typeOf(context)].map(definition) }),
	);
	app.get(`${base}/:type/:name`, (context) => {
		const name = context.req.param('name')!;
		const property = records.properties[typeOf(context)].find((one) => one.name === name);
		if (!property) throw new Refusal(404, 'OBJECT_NOT_FOUND', `Property ${name} does not exist`);
		return context.json(definition(property));
	});
	app.post(`${base}/:type`, async (context) => {
		const property = { ...(await bodyOf(context, newProperty)), hubspotDefined: false };
		const properties = records.properties[typeOf(context)];
		if (properties.some(({ name }) => name === property.name)) {
			throw new Refusal(409, 'CONFLICT', `Property named ${property.name} already exists.`);
		}
		properties.push(property);
		return context.json(definition(property), 201);
	});
}

function associationsOf(
	context: Context,
	contact: StoredRecord,
	kinds: string[],
	records: HubSpotRecords,
): object {
	return Object.fromEntries(
		kinds.flatMap((kind) => {
			const all = records.activitiesOf(contact.id, activityOf(kind));
			const page = associationPage(context, all, 0, ASSOCIATIONS_IN_RECORD, kind);
			return all.length > 0 ? [[kind, page]] : [];
		}),
	);
}

/** HubSpot takes lists with commas, and its client names the parameter several times. */
function listIn(context: Context, parameter: string): string[] {
	return (context.req.queries(parameter) ?? []).flatMap((value) => value.split(','));
}

function typeOf(context: Context): ObjectType {
	const type = context.req.param('type') ?? '';
	if (type === 'contacts' || type === 'notes' || type === 'tasks') return type;
	throw new Refusal(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${type}`);
}

function activityOf(type: string): 'notes' | 'tasks' {
	if (type === 'notes' || type === 'tasks') return type;
	throw new Refusal(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${type}`);
}

async function bodyOf<S extends z.ZodTypeAny>(context: Context, shape: S): Promise<z.infer<S>> {
	const parsed = shape.safeParse(await context.req.json().catch(() => undefined));
	if (parsed.success) return parsed.data as z.infer<S>;
	const [issue] = parsed.error.issues;
	const message = `Invalid input JSON: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
	throw new Refusal(400, 'VALIDATION_ERROR', message);
}
