import { z } from 'zod';

import { ESTIMATE_SOURCES } from '../../shared/contracts/enrichmentComplete';

const amount = z.number().nullable();

/** A listing has columns of the same names, which are text or numbers and are no findings. */
const finding = <S extends z.ZodTypeAny>(shape: S) =>
	z.preprocess(
		(given) => (typeof given === 'object' && given !== null ? given : undefined),
		shape.optional(),
	);

/** What earlier steps found out about a listing and later steps build upon. */
export const findings = z.object({
	estimate: finding(
		z.object({
			amount,
			rangeLow: amount,
			rangeHigh: amount,
			confidence: z.enum(['high', 'medium', 'low']).nullable(),
			source: z.enum(ESTIMATE_SOURCES),
			explanation: z.string(),
			comparablesUsed: z.number(),
		}),
	),
	neighborhood: finding(
		z
			.object({
				average: amount,
				median: amount,
				sampleSize: z.number(),
				medianPricePerSqm: amount,
				trend: z
					.object({
						percentPerMonth: z.number(),
						months: z.number(),
						sampleSize: z.number(),
						direction: z.enum(['rising', 'falling', 'stable']),
					})
					.nullable(),
				source: z.enum(['comparables', 'rentcast', 'none']),
				scope: z.string(),
			})
			.passthrough(),
	),
	narrative: finding(
		z.object({
			text: z.string(),
			source: z.enum(['ai', 'template']),
			fallbackReason: z.string().optional(),
			review: z.array(z.object({ quote: z.string(), reason: z.string() })),
		}),
	),
});

export type Findings = z.infer<typeof findings>;
