import type { RollupFigures } from './figures';
import type { PreviousRollup } from './previousRollup';
import type { Rates } from './rates';

/** How a figure has moved; rates move by percentage points. */
export interface Delta {
	before: number;
	now: number;
	change: number;
	/** The change in percent of what it was before; null where that was 0. */
	changePercent: number | null;
}

/** Null where a figure is not known on both sides. */
export interface Deltas {
	sinceHours: number;
	properties_total: Delta | null;
	leads_total: Delta | null;
	webhook_success_rate_24h: Delta | null;
	narratives_stale_count: Delta | null;
	campaign_performance: Record<keyof RollupFigures['campaign_performance'], Delta | null>;
	rates: Record<keyof Rates, Delta | null>;
}

const HOUR_MS = 60 * 60 * 1000;

/** What has changed since the rollup before, which was taken `sinceMs` ago. */
export function changesSince(
	previous: PreviousRollup,
	sinceMs: number,
	now: { figures: RollupFigures; rates: Rates },
): Deltas {
	const figure = (name: keyof typeof previous.figures & keyof RollupFigures) =>
		deltaOf(previous.figures[name], now.figures[name]);
	const campaign = (name: keyof RollupFigures['campaign_performance']) =>
		deltaOf(previous.figures.campaign_performance[name], now.figures.campaign_performance[name]);
	const rate = (name: keyof Rates) => deltaOf(previous.rates[name], now.rates[name]);
	return {
		sinceHours: twoDecimals(sinceMs / HOUR_MS),
		properties_total: figure('properties_total'),
		leads_total: figure('leads_total'),
		webhook_success_rate_24h: figure('webhook_success_rate_24h'),
		narratives_stale_count: figure('narratives_stale_count'),
		campaign_performance: {
			sent: campaign('sent'),
			opened: campaign('opened'),
			clicked: campaign('clicked'),
			delivered: campaign('delivered'),
			failed: campaign('failed'),
			bounced: campaign('bounced'),
			unsubscribed: campaign('unsubscribed'),
		},
		rates: {
			open: rate('open'),
			click: rate('click'),
			clickToOpen: rate('clickToOpen'),
			delivery: rate('delivery'),
		},
	};
}

/** The change from one value to another, all with two decimals; null where one is not a number. */
export function deltaOf(before: unknown, now: unknown): Delta | null {
	if (typeof before !== 'number' || typeof now !== 'number') return null;
	const [from, to] = [twoDecimals(before), twoDecimals(now)];
	const change = twoDecimals(to - from);
	return {
		before: from,
		now: to,
		change,
		changePercent: from === 0 ? null : twoDecimals((change * 100) / from),
	};
}

/** As `toFixed` rounds, the same for both signs; adding 0 turns -0 into 0. */
function twoDecimals(value: number): number {
	return Number(value.toFixed(2)) + 0;
}
