/** Invented market statistics of the RentCast stand-in: thin groups, nulls and a gap included. */
import { drawsFrom, pricePerSquareFoot } from './rentCastHomes.cts';

/** Groups and their share of the listings; the last ones are too thin to mean anything. */
const PROPERTY_TYPES = { 'Single Family': 0.62, Condo: 0.2, Townhouse: 0.15, Manufactured: 0.01 };
const BEDROOMS = { 0: 0.01, 1: 0.09, 2: 0.25, 3: 0.4, 4: 0.2, 5: 0.05 };

/** History begins here, and one month is missing, as it happens in real answers. */
const FIRST_MONTH = { Price: '2024-01', Rent: '2020-04' };
const MISSING_MONTHS_AGO = 4;

/** RentCast's own published sample. */
const SAMPLE_ZIP = '29611';
const SAMPLE_SALE = {
	averagePrice: 291_933,
	medianPrice: 276_990,
	medianPricePerSquareFoot: 178,
	medianDaysOnMarket: 45,
	newListings: 21,
	totalListings: 265,
};

type Kind = keyof typeof FIRST_MONTH;

/** One of the two halves of `/markets`: `Price` for sales, `Rent` for rentals. */
export function marketOf(zipCode: string, kind: Kind, months: number, now: Date) {
	const history = Object.fromEntries(
		Array.from({ length: months }, (_, index) => months - 1 - index)
			.filter((monthsAgo) => monthsAgo !== MISSING_MONTHS_AGO)
			.map((monthsAgo) => [monthBefore(now, monthsAgo), monthsAgo] as const)
			.filter(([month]) => month >= FIRST_MONTH[kind])
			.map(([month, monthsAgo]) => [
				month,
				{ date: `${month}-01T00:00:00.000Z`, ...monthFigures(zipCode, kind, monthsAgo) },
			]),
	);
	return {
		lastUpdatedDate: `${now.toISOString().slice(0, 10)}T00:00:00.000Z`,
		...monthFigures(zipCode, kind, 0),
		...(zipCode === SAMPLE_ZIP && kind === 'Price' && SAMPLE_SALE),
		history,
	};
}

function monthFigures(zipCode: string, kind: Kind, monthsAgo: number) {
	const listings = 60 + Math.floor(drawsFrom(`listings ${zipCode} ${kind}`)() * 240);
	const group = (name: string, share: number) =>
		figures(`${zipCode} ${kind} ${name}`, zipCode, kind, monthsAgo, Math.round(listings * share));
	return {
		...group('all', 1),
		dataByPropertyType: [
			...Object.entries(PROPERTY_TYPES).map(([propertyType, share]) => ({
				propertyType,
				...group(propertyType, share),
			})),
			...(kind === 'Price' ? [{ propertyType: 'Land', ...land(zipCode) }] : []),
		],
		dataByBedrooms: Object.entries(BEDROOMS).map(([bedrooms, share]) => ({
			bedrooms: Number(bedrooms),
			...group(`${bedrooms} bedrooms`, share),
		})),
	};
}

function figures(seed: string, zipCode: string, kind: Kind, monthsAgo: number, listings: number) {
	const draw = drawsFrom(seed);
	const trend = 1 - monthsAgo * 0.003;
	const unit = pricePerSquareFoot(zipCode) * (kind === 'Rent' ? 0.007 : 1) * trend;
	const squareFootage = Math.round(1200 + draw() * 900);
	const median = unit * squareFootage;
	const isThin = listings < 5;
	return {
		...spread(kind, median, 0),
		...(isThin
			? noSpread(`${kind}PerSquareFoot`)
			: spread(`${kind}PerSquareFoot`, unit, kind === 'Rent' ? 2 : 0)),
		...(isThin ? noSpread('SquareFootage') : spread('SquareFootage', squareFootage, 0)),
		...spread('DaysOnMarket', 25 + draw() * 40, 0),
		newListings: Math.floor(listings * 0.1),
		totalListings: Math.max(1, listings),
	};
}

/** A few large tracts: their average says nothing about a home, and nothing has a floor. */
function land(zipCode: string) {
	const median = 60_000 + drawsFrom(`land ${zipCode}`)() * 60_000;
	return {
		...spread('Price', median, 0),
		averagePrice: Math.round(median * 2.6),
		...noSpread('PricePerSquareFoot'),
		...noSpread('SquareFootage'),
		...spread('DaysOnMarket', 120, 0),
		newListings: 0,
		totalListings: 3,
	};
}

/** `averageX`, `medianX`, `minX` and `maxX`; the average above the median, as prices are skewed. */
function spread(name: string, median: number, decimals: number): Record<string, number> {
	const rounded = (value: number) => Number(value.toFixed(decimals));
	return {
		[`average${name}`]: rounded(median * 1.07),
		[`median${name}`]: rounded(median),
		[`min${name}`]: rounded(median * 0.35),
		[`max${name}`]: rounded(median * 3.2),
	};
}

function noSpread(name: string): Record<string, null> {
	return {
		[`average${name}`]: null,
		[`median${name}`]: null,
		[`min${name}`]: null,
		[`max${name}`]: null,
	};
}

function monthBefore(now: Date, monthsAgo: number): string {
	const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, 1));
	return month.toISOString().slice(0, 7);
}
