import type { EnrichProperty } from '../../shared/contracts/enrichProperty';
import { readCurrency, writeMoney } from './currencies';
import type { FactSheet } from './facts';
import { toPlainText } from './plainText';
import { findUnwritable } from './unwritable';

const NAME_MAX = 120;
const FEATURES_MAX = 30;

export interface ValuationSummary {
	estimate: number;
	rangeLow: number;
	rangeHigh: number;
	source: string;
	comparablesUsed?: number | null;
	/** `high`, `medium` or `low`. */
	confidenceLabel?: string | null;
}

export interface NeighborhoodSummary {
	average?: number | null;
	median?: number | null;
	sampleSize?: number | null;
	percentPerMonth?: number | null;
	/** What the figures are of, such as `Malate` or `within 2 km`. */
	scope?: string | null;
}

export interface FactSheetInput {
	listing: EnrichProperty;
	valuation?: ValuationSummary | null;
	neighborhood?: NeighborhoodSummary | null;
}

/**
 * The closed list of facts a narrative is written from and checked against. Only the fields named
 * here get in: never people, contact details, other addresses or the listing's free description.
 */
export function buildFactSheet({ listing, valuation, neighborhood }: FactSheetInput): FactSheet {
	const currency = readCurrency(listing.currency);
	const sheet: FactSheet = { facts: [], ...(currency && { currency }), omitted: [] };
	const add = adderTo(sheet);

	add.name('address', 'address', listing.address);
	add.name('neighborhood', 'neighborhood', listing.neighborhood);
	add.name('city', 'city', listing.city);
	add.name('state', 'state', listing.state);
	add.name('zip_code', 'postal code', listing.zip_code);
	add.name('country', 'country', listing.country);
	add.name('property_type', 'property type', listing.property_type);
	add.money('price', 'asking price', listing.price_amount, 'listing');
	add.number('bedrooms', 'bedrooms', listing.beds, 'bedrooms', writeBedrooms, 'listing');
	add.number(
		'bathrooms',
		'bathrooms',
		positive(listing.baths),
		'bathrooms',
		(count) => counted(count, 'bathroom'),
		'listing',
	);
	add.area('floor_area', 'floor area', listing.floor_area_sqm);
	add.area('lot_area', 'lot area', listing.lot_area_sqm);
	add.number('year_built', 'year built', listing.year_built, undefined, String, 'listing');
	if (listing.price_amount > 0 && listing.floor_area_sqm) {
		const perSqm = listing.price_amount / listing.floor_area_sqm;
		add.money('price_per_sqm', 'asking price per square meter', perSqm, 'computed');
	}
	for (const [index, feature] of (listing.features ?? []).slice(0, FEATURES_MAX).entries()) {
		add.name(`feature_${index + 1}`, 'feature', feature);
	}
	if (valuation) addValuation(add, valuation, listing.price_amount);
	if (neighborhood) addNeighborhood(add, neighborhood);
	return sheet;
}

type Adder = ReturnType<typeof adderTo>;

function addValuation(add: Adder, valuation: ValuationSummary, price: number): void {
	const { estimate, rangeLow, rangeHigh, source } = valuation;
	add.money('estimate', 'estimated value', estimate, source);
	add.money('estimate_low', 'low end of the estimate', rangeLow, source);
	add.money('estimate_high', 'high end of the estimate', rangeHigh, source);
	add.count('comparables_used', 'comparables used', valuation.comparablesUsed, source);
	add.name('confidence', 'confidence of the estimate', valuation.confidenceLabel, source);
	if (price > 0 && estimate > 0) {
		const percent = Math.round((price / estimate - 1) * 1000) / 10;
		add.number(
			'price_vs_estimate',
			'asking price against the estimate',
			percent,
			'percent',
			writeDifference,
			'computed',
		);
	}
}

function addNeighborhood(add: Adder, neighborhood: NeighborhoodSummary): void {
	const source = 'market data';
	add.money('neighborhood_average', 'average price in the area', neighborhood.average, source);
	add.money('neighborhood_median', 'median price in the area', neighborhood.median, source);
	add.count('neighborhood_sample', 'properties in the area', neighborhood.sampleSize, source);
	add.name('neighborhood_scope', 'what the area figures cover', neighborhood.scope, source);
	add.number(
		'neighborhood_trend',
		'price trend in the area',
		roundTo(neighborhood.percentPerMonth, 10),
		'percent per month',
		writeTrend,
		source,
	);
}

/** Adds what is known and may be written; leaves out the rest, and says why where it was there. */
function adderTo(sheet: FactSheet) {
	const number = (
		id: string,
		label: string,
		value: number | null | undefined,
		unit: string | undefined,
		write: (value: number) => string,
		source: string,
	): void => {
		if (typeof value !== 'number' || !Number.isFinite(value)) return;
		sheet.facts.push({ id, label, value, ...(unit && { unit }), text: write(value), source });
	};
	const { currency } = sheet;
	return {
		number,
		money(id: string, label: string, value: number | null | undefined, source: string): void {
			const rounded = roundTo(positive(value), (value ?? 0) < 1000 ? 100 : 1);
			number(id, label, rounded, currency, (amount) => writeMoney(amount, currency), source);
		},
		area(id: string, label: string, value: number | null | undefined): void {
			const write = (area: number) => `${writeNumber(area)} sq m`;
			number(id, label, roundTo(positive(value), 100), 'sqm', write, 'listing');
		},
		count(id: string, label: string, value: number | null | undefined, source: string): void {
			number(id, label, positive(value), undefined, writeNumber, source);
		},
		name(
			id: string,
			label: string,
			value: string | null | undefined,
			source: string = 'listing',
		): void {
			const text = toPlainText(value ?? '', NAME_MAX);
			if (text === '') return;
			const rule = findUnwritable(text);
			if (rule === undefined) sheet.facts.push({ id, label, value: text, text, source });
			else sheet.omitted.push({ label, rule });
		},
	};
}

function writeBedrooms(count: number): string {
	return count === 0 ? 'studio' : counted(count, 'bedroom');
}

function writeDifference(percent: number): string {
	if (percent === 0) return 'equal to the estimate';
	return `${Math.abs(percent)}% ${percent < 0 ? 'below' : 'above'} the estimate`;
}

function writeTrend(percent: number): string {
	if (percent === 0) return 'no change';
	return `${percent > 0 ? 'rising' : 'falling'} about ${Math.abs(percent)}% a month`;
}

function counted(count: number, noun: string): string {
	return `${writeNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function writeNumber(value: number): string {
	return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

function positive(value: number | null | undefined): number | undefined {
	return typeof value === 'number' && value > 0 ? value : undefined;
}

function roundTo(value: number | null | undefined, parts: number): number | undefined {
	return typeof value === 'number' ? Math.round(value * parts) / parts : undefined;
}
