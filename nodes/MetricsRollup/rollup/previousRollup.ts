import { z } from 'zod';

const counted = z.number().finite();
const rate = z.number().finite().nullish();

/** The part of a kept rollup that the next one is compared with. */
const kept = z.object({
	takenAt: z.string().datetime({ offset: true }),
	figures: z.object({
		properties_total: counted,
		leads_total: counted,
		webhook_success_rate_24h: counted,
		narratives_stale_count: counted,
		campaign_performance: z.record(z.unknown()),
	}),
	rates: z.object({ open: rate, click: rate, clickToOpen: rate, delivery: rate }),
});

export type PreviousRollup = z.infer<typeof kept>;

/**
 * The rollup before, as it was kept; undefined where there is none, or where an earlier version of
 * this package kept it in a form that is not known any more.
 */
export function readPreviousRollup(stored: unknown): PreviousRollup | undefined {
	const parsed = kept.safeParse(stored);
	return parsed.success ? parsed.data : undefined;
}
