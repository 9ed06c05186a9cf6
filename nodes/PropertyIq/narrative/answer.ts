import { z } from 'zod';

import type { FactSheet } from './facts';

const ENTRIES_MAX = 12;

/** What a model answers. The lengths together stay below the platform's 10,000 characters. */
export const narrativeAnswer = z.object({
	headline: z.string().trim().min(1).max(160),
	description: z.string().trim().min(1).max(6000),
	highlights: z.array(z.string().trim().max(200)).max(ENTRIES_MAX).default([]),
	facts_used: z.array(z.string().max(200)).max(200).default([]),
	market_summary: z.string().trim().max(2000).default(''),
	caveats: z.array(z.string().trim().max(400)).max(ENTRIES_MAX).default([]),
});

export type NarrativeAnswer = z.infer<typeof narrativeAnswer>;

/**
 * The answer as a JSON Schema in the strict subset: all required, nothing additional, no lengths.
 * `facts_used` may hold the ids of the given facts only.
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
export function answerJsonSchema(sheet: FactSheet) {
	const text = { type: 'string' };
	const texts = { type: 'array', items: text };
	const ids = sheet.facts.map(({ id }) => id);
	const properties = {
		headline: text,
		description: text,
		highlights: texts,
		facts_used: { type: 'array', items: { type: 'string', enum: ids } },
		market_summary: text,
		caveats: texts,
	};
	return {
		type: 'object',
		properties,
		required: Object.keys(properties),
		additionalProperties: false,
	};
}
