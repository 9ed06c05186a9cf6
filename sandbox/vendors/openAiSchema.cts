/** The rules that OpenAI has for a JSON Schema with `strict: true`. */

interface Schema {
	type?: unknown;
	properties?: Record<string, Schema>;
	required?: unknown;
	additionalProperties?: unknown;
	items?: Schema;
	anyOf?: Schema[];
}

/**
 * What OpenAI would refuse, in its words; undefined where the schema is fine.
 * @see https://platform.openai.com/docs/guides/structured-outputs
 */
export function strictSchemaProblem(schema: Schema, path: string[] = []): string | undefined {
	const context = `In context=(${path.map((step) => `'${step}'`).join(', ')}),`;
	const children: Array<[string[], Schema]> = [
		...(schema.items ? [[[...path, 'items'], schema.items] as [string[], Schema]] : []),
		...(schema.anyOf ?? []).map(
			(option, index) => [[...path, 'anyOf', String(index)], option] as [string[], Schema],
		),
	];
	if (schema.properties) {
		if (schema.additionalProperties !== false) {
			return `${context} 'additionalProperties' is required to be supplied and to be false.`;
		}
		const required = Array.isArray(schema.required) ? schema.required : [];
		const missing = Object.keys(schema.properties).find((name) => !required.includes(name));
		if (missing !== undefined) {
			return (
				`${context} 'required' is required to be supplied and to be an array including every ` +
				`key in properties. Missing '${missing}'.`
			);
		}
		for (const [name, property] of Object.entries(schema.properties)) {
			children.push([[...path, 'properties', name], property]);
		}
	}
	for (const [childPath, child] of children) {
		const problem = strictSchemaProblem(child, childPath);
		if (problem !== undefined) return problem;
	}
	return undefined;
}
