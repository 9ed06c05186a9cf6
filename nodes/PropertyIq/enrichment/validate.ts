import type { EnrichProperty } from '../../shared/contracts/enrichProperty';
import { otherCurrency } from './currency';
import type { Findings } from './findings';

export type Severity = 'error' | 'warning' | 'info';

export interface QualityIssue {
	severity: Severity;
	field: string;
	code: string;
	message: string;
}

export interface QualityReport {
	/** 100 less 30 an error, 10 a warning and 2 a remark, never below 0. */
	score: number;
	level: 'good' | 'fair' | 'poor';
	issues: QualityIssue[];
}

type KnownEstimate = NonNullable<Findings['estimate']>;
type KnownNeighborhood = NonNullable<Findings['neighborhood']>;

/** What is known about the narrative that bears on quality. */
export interface NarrativeQuality {
	source: 'ai' | 'template';
	fallbackReason?: string;
	review: readonly { quote: string; reason: string }[];
}

const COST: Record<Severity, number> = { error: 30, warning: 10, info: 2 };

/** An estimate further from the asking price than this deserves a look, and then a stop. */
const SUSPICIOUS_RATIO = 1.5;
const ABSURD_RATIO = 3;
const SMALL_SAMPLE = 5;
const SMALLEST_ROOM_SQM = 5;

/** Holds an enrichment against its listing: what is missing, thin or contradictory, in words. */
export function validateEnrichment(
	listing: EnrichProperty,
	estimate: KnownEstimate,
	neighborhood: KnownNeighborhood,
	narrative: NarrativeQuality,
): QualityReport {
	const issues = [
		...listingIssues(listing),
		...estimateIssues(listing, estimate),
		...neighborhoodIssues(neighborhood),
		...currencyIssues(listing, 'estimate', estimate),
		...currencyIssues(listing, 'neighborhood_avg', neighborhood),
		...narrativeIssues(narrative),
	];
	const cost = issues.reduce((sum, { severity }) => sum + COST[severity], 0);
	const score = Math.max(0, 100 - cost);
	const failed = issues.some(({ severity }) => severity === 'error');
	return {
		score,
		level: failed || score < 50 ? 'poor' : score < 80 ? 'fair' : 'good',
		issues,
	};
}

function listingIssues(listing: EnrichProperty): QualityIssue[] {
	const issues: QualityIssue[] = [];
	const { price_amount: price, floor_area_sqm: area, beds, latitude, longitude } = listing;
	if (price === 0) {
		issues.push(warning('price_amount', 'no-price', 'The listing has no asking price.'));
	}
	if (!area) {
		issues.push(
			warning(
				'floor_area_sqm',
				'no-floor-area',
				'Without a floor area there is no estimate from comparables.',
			),
		);
	}
	if (area && beds && area / beds < SMALLEST_ROOM_SQM) {
		issues.push(
			warning('floor_area_sqm', 'area-too-small', `${area} m² is little for ${beds} bedrooms.`),
		);
	}
	if (latitude === 0 && longitude === 0) {
		issues.push(warning('latitude', 'null-island', 'The coordinates 0, 0 lie in the ocean.'));
	}
	if (!listing.currency) {
		issues.push(info('currency', 'no-currency', 'The listing names no currency.'));
	}
	return issues;
}

function estimateIssues(listing: EnrichProperty, estimate: KnownEstimate): QualityIssue[] {
	const { price_amount: price } = listing;
	if (estimate.amount === null) return [warning('estimate', 'no-estimate', estimate.explanation)];
	const issues: QualityIssue[] = [];
	if (estimate.confidence === 'low') {
		issues.push(
			warning('estimate', 'low-confidence', 'The comparables disagree: the range is wide.'),
		);
	}
	if (price > 0 && !otherCurrency(listing, estimate)) {
		const ratio = Math.max(estimate.amount / price, price / Math.max(estimate.amount, 1));
		const side = estimate.amount > price ? 'above' : 'below';
		const message = `The estimate lies ${ratio.toFixed(1)} times ${side} the asking price.`;
		if (ratio >= ABSURD_RATIO) issues.push(error('estimate', 'contradicts-price', message));
		else if (ratio >= SUSPICIOUS_RATIO) issues.push(warning('estimate', 'far-from-price', message));
	}
	return issues;
}

function neighborhoodIssues({ average, sampleSize }: KnownNeighborhood): QualityIssue[] {
	if (average === null) {
		return [warning('neighborhood_avg', 'no-neighborhood', 'There are no prices of the area.')];
	}
	if (sampleSize < SMALL_SAMPLE) {
		return [
			info('neighborhood_avg', 'small-sample', `The area's average rests on ${sampleSize} prices.`),
		];
	}
	return [];
}

function currencyIssues(
	listing: EnrichProperty,
	field: string,
	figures: { source: string },
): QualityIssue[] {
	const currency = otherCurrency(listing, figures);
	if (currency === undefined) return [];
	const message = `The figures are in ${currency}, but the listing is priced in ${listing.currency}.`;
	return [error(field, 'currency-mismatch', message)];
}

function narrativeIssues({ source, fallbackReason, review }: NarrativeQuality): QualityIssue[] {
	const issues = review.map(({ quote, reason }) =>
		warning('narrative', 'review', `A person should look at "${quote}": ${reason}.`),
	);
	if (source === 'template' && fallbackReason)
		issues.push(info('narrative', 'template', fallbackReason));
	return issues;
}

function issue(severity: Severity) {
	return (field: string, code: string, message: string): QualityIssue => ({
		severity,
		field,
		code,
		message,
	});
}

const error = issue('error');
const warning = issue('warning');
const info = issue('info');
