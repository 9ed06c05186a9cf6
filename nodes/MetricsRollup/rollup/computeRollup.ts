import { toUtcTimestamp } from '../../shared/contracts/fields';
import type { MetricsSnapshot, MetricsUpsert } from '../../shared/contracts/metrics';
import { changesSince, type Deltas } from './deltas';
import { figuresOf, type RollupFigures } from './figures';
import type { PreviousRollup } from './previousRollup';
import {
	campaignRates,
	type Rates,
	type StaleNarratives,
	staleNarratives,
	type Warning,
} from './rates';

/** A company's figures at one moment, what follows from them, and the callback that reports them. */
export interface Rollup {
	companyId: string;
	/** ISO 8601, UTC, whole seconds; also the callback's `last_updated`. */
	takenAt: string;
	figures: RollupFigures;
	rates: Rates;
	staleNarratives: StaleNarratives;
	/** Null for the first rollup of a company, and where the clocks disagree. */
	deltas: Deltas | null;
	warnings: Warning[];
	callback: MetricsUpsert;
}

/** The rollup of a snapshot, compared with the rollup before. */
export function computeRollup(
	snapshot: MetricsSnapshot,
	previous: PreviousRollup | undefined,
	takenAt: Date,
): Rollup {
	const warnings: Warning[] = [];
	const moment = toUtcTimestamp(takenAt);
	const figures = figuresOf(snapshot);
	const rates = campaignRates(snapshot.campaign_performance, warnings);
	return {
		companyId: snapshot.company_id,
		takenAt: moment,
		figures,
		rates,
		staleNarratives: staleNarratives(snapshot, warnings),
		deltas: previous ? deltasTo(previous, moment, { figures, rates }, warnings) : null,
		warnings,
		callback: {
			company_id: snapshot.company_id,
			properties_total: figures.properties_total,
			leads_total: figures.leads_total,
			webhook_success_rate_24h: figures.webhook_success_rate_24h,
			narratives_stale_count: figures.narratives_stale_count,
			last_updated: moment,
		},
	};
}

function deltasTo(
	previous: PreviousRollup,
	moment: string,
	now: { figures: RollupFigures; rates: Rates },
	warnings: Warning[],
): Deltas | null {
	const sinceMs = Date.parse(moment) - Date.parse(previous.takenAt);
	if (sinceMs >= 0) return changesSince(previous, sinceMs, now);
	warnings.push({
		field: 'takenAt',
		message:
			`The rollup before is of ${previous.takenAt}, which is later than this one (${moment}): ` +
			'nothing is compared. Check the clock of this machine (NTP).',
	});
	return null;
}
