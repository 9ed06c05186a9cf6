import type { JsonSchema } from './packed.cts';

/** The schema with every object closed that does not say it is open: no field goes undocumented. */
export function strict(schema: JsonSchema): JsonSchema {
	const { properties, items, additionalProperties } = schema;
	return {
		...schema,
		...(properties && {
			properties: Object.fromEntries(
				Object.entries(properties).map(([name, each]) => [name, closed(each)]),
			),
		}),
		...(items && { items: closed(items) }),
		...(typeof additionalProperties === 'object' && {
			additionalProperties: closed(additionalProperties),
		}),
	};
}

/** Fields of an item that its schema does not name and that did not come in with the item. */
export function undocumented(schema: JsonSchema, item: unknown, passedOn: string[]): string[] {
	return Object.keys(item as object).filter(
		(field) => !(field in (schema.properties ?? {})) && !passedOn.includes(field),
	);
}

function closed(schema: JsonSchema): JsonSchema {
	return { ...(schema.properties && { additionalProperties: false }), ...strict(schema) };
}
