import { z } from 'zod';

import type { Contact, Slots } from './understanding';

const kept = <T extends object>() =>
	z
		.record(z.unknown())
		.default({})
		.transform((value) => value as T);

/** An `Understanding` as another node hands it over. */
export const understandingContract = z.object({
	intents: z.array(z.object({ name: z.string().min(1).max(60), confidence: z.number() })).min(1),
	slots: kept<Slots>(),
	contact: kept<Contact>(),
	language: z
		.object({ code: z.enum(['en', 'tl', 'taglish', 'unknown']), confidence: z.number() })
		.default({ code: 'unknown', confidence: 0 }),
});
