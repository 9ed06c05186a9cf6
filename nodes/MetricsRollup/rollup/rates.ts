import type { MetricsSnapshot } from '../../shared/contracts/metrics';

/** Something in a snapshot that cannot be true, in words. */
export interface Warning {
	field: string;
	message: string;
}

/** In percent with two decimals; null where nothing was counted or the counts contradict. */
export interface Rates {
	open: number | null;
	click: number | null;
	clickToOpen: number | null;
	delivery: number | null;
}

/** Narratives that no longer fit their listing: how many, and their share of all in percent. */
export interface StaleNarratives {
	count: number;
	share: number | null;
}

interface Count {
	/** As the snapshot names it. */
	field: string;
	value: number;
}

/** A count that the platform offers, and that is no more than the whole it is a part of. */
type Trusted = Count | undefined;

/**
 * The rates of a company's campaigns. What is delivered is what the platform says, else all that was
 * sent. A count that is more than its whole is named in `warnings` and divides nothing.
 *
 * - open rate = opened / delivered
 * - click rate = clicked / delivered
 * - click-to-open rate = clicked / opened
 * - delivery rate = delivered / sent, else (sent - failed - bounced) / sent
 * @see https://help.memberclicks.com/hc/en-us/articles/36103297812493 open, click, click-to-open
 * @see The platform's integration guide, "Email Campaign Dispatch", for the delivery rate.
 */
export function campaignRates(
	performance: MetricsSnapshot['campaign_performance'],
	warnings: Warning[],
): Rates {
	const counted = (field: 'sent' | 'opened' | 'clicked'): Count => ({
		field: `campaign_performance.${field}`,
		value: performance[field],
	});
	const [sent, opened, clicked] = [counted('sent'), counted('opened'), counted('clicked')];
	const delivered = deliveredCount(performance, warnings);
	const base = delivered.isOffered ? delivered.count : sent;
	const trustedOpened = within(opened, base, warnings);
	return {
		open: percentOf(trustedOpened, base),
		click: percentOf(within(clicked, base, warnings), base),
		clickToOpen: percentOf(within(clicked, trustedOpened, warnings), trustedOpened),
		delivery: percentOf(delivered.count, sent),
	};
}

/** How many narratives are stale, and their share of all properties. */
export function staleNarratives(
	{ properties_total, narratives_stale_count }: MetricsSnapshot,
	warnings: Warning[],
): StaleNarratives {
	const properties = { field: 'properties_total', value: properties_total };
	const stale = { field: 'narratives_stale_count', value: narratives_stale_count };
	return {
		count: stale.value,
		share: percentOf(within(stale, properties, warnings), properties),
	};
}

/** What arrived: as the platform counted it, or what is left of the sent without those that did not. */
function deliveredCount(
	{ sent, delivered, failed, bounced }: MetricsSnapshot['campaign_performance'],
	warnings: Warning[],
): { isOffered: boolean; count: Trusted } {
	const all = { field: 'campaign_performance.sent', value: sent };
	if (typeof delivered === 'number') {
		const count = { field: 'campaign_performance.delivered', value: delivered };
		return { isOffered: true, count: within(count, all, warnings) };
	}
	if (typeof failed !== 'number' && typeof bounced !== 'number') {
		return { isOffered: false, count: undefined };
	}
	const lost = {
		field: 'campaign_performance.failed and bounced',
		value: (failed ?? 0) + (bounced ?? 0),
	};
	const isPossible = within(lost, all, warnings) !== undefined;
	return {
		isOffered: false,
		count: isPossible ? { field: 'delivered', value: sent - lost.value } : undefined,
	};
}

/** The part, where it is no more than the whole; a warning and undefined otherwise. */
function within(part: Count, whole: Trusted, warnings: Warning[]): Trusted {
	if (whole === undefined || part.value <= whole.value) return part;
	warnings.push({
		field: part.field,
		message: `${part.field} is ${part.value}, more than ${whole.field} (${whole.value})`,
	});
	return undefined;
}

function percentOf(part: Trusted, whole: Trusted): number | null {
	if (part === undefined || whole === undefined || whole.value === 0) return null;
	return Math.round((part.value * 10_000) / whole.value) / 100;
}
