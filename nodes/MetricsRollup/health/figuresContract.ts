import { z } from 'zod';

import type { HealthFigures } from './figures';

const counted = z.number().int().nonnegative();
const milliseconds = z.number().nonnegative().nullable();

/** What the statement of Measure answers, as it comes back from a Postgres node. */
export const healthFigures: z.ZodType<HealthFigures> = z.object({
	measuredAt: z.string(),
	windowMinutes: z.number().positive(),
	flows: z.array(
		z.object({
			flow: z.string(),
			ok: counted,
			failed: counted,
			p50Ms: milliseconds,
			p95Ms: milliseconds,
			usualP50Ms: milliseconds,
			usualCount: counted,
		}),
	),
	vendors: z.array(z.object({ vendor: z.string(), attempts: counted, errors: counted })),
	deliveries: z.array(
		z.object({
			flow: z.string(),
			waiting: counted,
			dead: counted,
			oldestWaitingSeconds: z.number().nullable(),
		}),
	),
	openAlerts: z.array(
		z.object({
			alertKey: z.string(),
			severity: z.enum(['warning', 'critical']),
			lastSeenSecondsAgo: z.number(),
		}),
	),
});
