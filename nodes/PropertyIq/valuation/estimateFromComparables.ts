import type { Comparable } from '../../shared/contracts/comparable';
import { type Candidate, findCandidates } from './candidates';
import { type Confidence, confidenceOf, rangeFactor } from './confidence';
import { exclude, type Exclusion } from './exclusion';
import { type InsufficientEvidence, noFloorArea, tooFewComparables } from './insufficient';
import { median, robustSigma, weightedMoments } from './robustStatistics';
import { extentOf, searchArea } from './searchArea';
import { similarity } from './similarity';
import type { Subject } from './subject';
import { timeIndex } from './timeIndex';

/** Fannie Mae Selling Guide B4-1.3-08: at least three comparables. */
const MIN_COMPARABLES = 3;
/** RentCast's own default number of comparables. */
const MAX_COMPARABLES = 15;
/** A comparable's floor area as a share of the subject's. */
const AREA_RATIO = { min: 0.6, max: 1.67 } as const;
/** A home twice the size sells for 2^0.65 as much: the last square metre is the cheapest. */
const SIZE_ELASTICITY = 0.65;
/** Prices further than this many robust deviations from the median are not of this market. */
const OUTLIER_SIGMAS = 2.5;
/** Prices are never called outliers for less spread (logarithm) than this between them. */
const MIN_OUTLIER_SIGMA = 0.05;
/** Distance at which a weight falls to 1/e, as a share of the search radius: 0.4 km of 1.6 km. */
const DISTANCE_SCALE = 0.25;
/** Age at which a weight falls to 1/e. */
const AGE_SCALE_DAYS = 365;
/** The age that an undated comparable is weighted with: half the year searched. */
const ASSUMED_AGE_DAYS = 182;
const SIMILARITY_POWER = 4;
/** So that comparables sharing nothing still weigh something where there are no others. */
const MIN_SIMILARITY = 0.05;

export interface UsedComparable {
	id: string;
	price: number;
	/** The price as if sold today and of the subject's size. */
	adjustedPrice: number;
	/** Share in the estimate; all shares sum to 1. */
	weight: number;
	distanceKm?: number;
	/** 0 to 1. */
	similarity: number;
	ageDays?: number;
	priceBasis: Comparable['priceBasis'];
}

export interface Estimated {
	status: 'estimated';
	estimate: number;
	rangeLow: number;
	rangeHigh: number;
	confidence: Confidence;
	/** Weighted standard deviation of the logarithms of the adjusted prices. */
	dispersion: number;
	/** Heaviest first. */
	comparablesUsed: UsedComparable[];
	/** Kilometres; absent where no distance could be measured. */
	searchRadiusKm?: number;
	/** Where the comparables are, in words. */
	scope: string;
	excluded: Exclusion[];
}

export type ComparablesEstimate = Estimated | InsufficientEvidence;

type Adjusted = Candidate & { similarity: number; weight: number; adjustedPrice: number };

/**
 * Estimates a price from comparable properties by the sales comparison approach: select, rank,
 * adjust for time and size, leave out what is out of line, reconcile by a weighted geometric
 * mean. Refuses where the evidence is too thin. Prices in, estimate out, in one currency.
 * @see Appraisal Foundation, APB Valuation Advisory 4, Identifying Comparable Properties
 */
export function estimateFromComparables(
	subject: Subject,
	comparables: readonly Comparable[],
	asOf: Date,
): ComparablesEstimate {
	const found = findCandidates(subject, comparables, asOf);
	const subjectArea = subject.areaSqm ?? 0;
	if (!(subjectArea > 0 && subjectArea < Infinity)) {
		return noFloorArea(found.candidates.filter(({ areaSqm }) => areaSqm).length, found.excluded);
	}

	const sized = exclude(found.candidates, ({ areaSqm }) => areaObjection(areaSqm, subjectArea));
	const near = searchArea(sized.kept);
	const { radiusKm } = extentOf(near.kept);
	const indexFactor = timeIndex(found.history.flatMap(datedPrice));
	const ranked = near.kept
		.map((candidate) => adjust(candidate, subject, subjectArea, radiusKm, indexFactor))
		.sort((a, b) => b.weight - a.weight);
	const best = new Set(ranked.slice(0, MAX_COMPARABLES));
	const top = exclude(ranked, (row) => !best.has(row) && 'less alike than the 15 used');
	const inLine = exclude(top.kept, outlierTest(top.kept));
	const excluded = [found, sized, near, top, inLine].flatMap((step) => step.excluded);
	const used = inLine.kept;
	return used.length < MIN_COMPARABLES
		? tooFewComparables(used.length, MIN_COMPARABLES, excluded)
		: { ...reconcile(used), excluded };
}

function areaObjection(areaSqm: number | undefined, subjectArea: number) {
	if (areaSqm === undefined) return 'no floor area';
	const ratio = areaSqm / subjectArea;
	return (ratio < AREA_RATIO.min || ratio > AREA_RATIO.max) && 'too small or too large';
}

function datedPrice({ areaSqm, ageDays, comparable }: Candidate) {
	if (areaSqm === undefined || ageDays === undefined) return [];
	return [{ pricePerSqm: comparable.price / areaSqm, ageDays }];
}

function adjust(
	candidate: Candidate,
	subject: Subject,
	subjectArea: number,
	radiusKm: number,
	indexFactor: (ageDays: number | undefined) => number,
): Adjusted {
	const { comparable, areaSqm = subjectArea, ageDays, proximity } = candidate;
	const alike = similarity(subject, comparable);
	return {
		...candidate,
		similarity: alike,
		weight:
			Math.exp(-proximity.km / (radiusKm * DISTANCE_SCALE)) *
			Math.exp(-(ageDays ?? ASSUMED_AGE_DAYS) / AGE_SCALE_DAYS) *
			Math.max(alike, MIN_SIMILARITY) ** SIMILARITY_POWER,
		adjustedPrice:
			comparable.price * indexFactor(ageDays) * (subjectArea / areaSqm) ** SIZE_ELASTICITY,
	};
}

function outlierTest(rows: readonly Adjusted[]) {
	const logs = rows.map(({ adjustedPrice }) => Math.log(adjustedPrice));
	const tolerance = OUTLIER_SIGMAS * Math.max(robustSigma(logs), MIN_OUTLIER_SIGMA);
	const middle = median(logs);
	return ({ adjustedPrice }: Adjusted) =>
		Math.abs(Math.log(adjustedPrice) - middle) > tolerance && 'price far out of line';
}

function reconcile(used: readonly Adjusted[]) {
	const total = used.reduce((sum, { weight }) => sum + weight, 0);
	const weights = used.map(({ weight }) => weight / total);
	const logs = used.map(({ adjustedPrice }) => Math.log(adjustedPrice));
	const { mean, sigma } = weightedMoments(logs, weights);
	const factor = rangeFactor(sigma);
	const price = Math.exp(mean);
	const { radiusKm, measured, scope } = extentOf(used);
	return {
		status: 'estimated' as const,
		estimate: Math.round(price),
		rangeLow: Math.round(price / factor),
		rangeHigh: Math.round(price * factor),
		dispersion: sigma,
		confidence: confidenceOf(sigma, {
			comparables: used.length,
			radiusKm,
			hasUnstatedPlace: used.some(({ proximity }) => proximity.kind === 'unstated'),
			dated: used.filter(({ ageDays }) => ageDays !== undefined).length,
		}),
		comparablesUsed: used.map((row, index) => describe(row, weights[index] ?? 0)),
		...(measured && { searchRadiusKm: radiusKm }),
		scope,
	};
}

function describe(row: Adjusted, weight: number): UsedComparable {
	const { comparable, proximity, ageDays } = row;
	return {
		id: comparable.id,
		price: comparable.price,
		adjustedPrice: Math.round(row.adjustedPrice),
		weight,
		...(proximity.kind === 'measured' && { distanceKm: proximity.km }),
		similarity: row.similarity,
		...(ageDays !== undefined && { ageDays }),
		priceBasis: comparable.priceBasis,
	};
}
