import { sameType } from '../../shared/places/propertyType';
import { clearerStatistic, type Neighborhood, noNeighborhood } from './neighborhoodFigures';
import { priceTrend } from './priceTrend';

/** A group with fewer listings than this gives way to a wider one. */
const MIN_GROUP = 5;
const SQUARE_FEET_PER_SQUARE_METRE = 10.7639;

type Maybe<T> = T | null | undefined;

interface Figures {
	averagePrice?: Maybe<number>;
	medianPrice?: Maybe<number>;
	medianPricePerSquareFoot?: Maybe<number>;
	totalListings?: Maybe<number>;
}

type TypeFigures = Figures & { propertyType?: Maybe<string> };
type BedroomFigures = Figures & { bedrooms?: Maybe<number> };

interface GroupedFigures extends Figures {
	dataByPropertyType?: Maybe<ReadonlyArray<Maybe<TypeFigures>>>;
	dataByBedrooms?: Maybe<ReadonlyArray<Maybe<BedroomFigures>>>;
}

/** What is read of RentCast's answer to `GET /markets`; `history` is keyed by `YYYY-MM`. */
export interface MarketStatistics {
	zipCode: string;
	saleData?: Maybe<
		GroupedFigures & { history?: Maybe<Readonly<Record<string, Maybe<GroupedFigures>>>> }
	>;
}

/**
 * The neighbourhood as RentCast's statistics of a ZIP code have it: of the same property type
 * where five or more are listed, else of the same number of bedrooms, else of everything, whose
 * average land and mansions skew, so that its median is the one to go by.
 * @see https://developers.rentcast.io/reference/market-data
 */
export function neighborhoodFromMarket(
	{ zipCode, saleData }: MarketStatistics,
	wanted: Wanted = {},
): Neighborhood {
	const zip = `ZIP ${zipCode}`;
	if (!saleData) return noNeighborhood(zip, 0);
	const alike = groupsFor(wanted).find(({ pick }) => hasPrices(pick(saleData), MIN_GROUP));
	const group = alike ?? EVERYTHING;
	const figures = group.pick(saleData);
	if (!hasPrices(figures, 1)) return noNeighborhood(zip, saleData.totalListings ?? 0);

	const { averagePrice, medianPrice, medianPricePerSquareFoot, totalListings } = figures;
	const history = historyOf(saleData.history ?? {}, group.pick);
	return {
		average: rounded(averagePrice),
		median: rounded(medianPrice),
		statistic: statisticOf(figures, group === EVERYTHING),
		sampleSize: totalListings ?? 0,
		medianPricePerSqm: rounded(
			medianPricePerSquareFoot && medianPricePerSquareFoot * SQUARE_FEET_PER_SQUARE_METRE,
		),
		trend: priceTrend(history),
		period: periodOf(history.map(({ name }) => name)),
		source: 'rentcast',
		scope: group.label ? `${zip}, ${group.label}` : zip,
	};
}

interface Wanted {
	propertyType?: string;
	beds?: number;
}

interface Group {
	/** Empty for everything in the ZIP code. */
	label: string;
	pick(figures: GroupedFigures): Maybe<Figures>;
}

const EVERYTHING: Group = { label: '', pick: (figures) => figures };

function groupsFor({ propertyType, beds }: Wanted): Group[] {
	return [
		{
			label: propertyType ?? '',
			pick: ({ dataByPropertyType: rows }) =>
				rows?.find((row) => row?.propertyType && row.propertyType === propertyType) ??
				rows?.find((row) => sameType(row?.propertyType ?? undefined, propertyType)),
		},
		{
			label: beds === 1 ? '1 bedroom' : `${beds} bedrooms`,
			pick: ({ dataByBedrooms: rows }) => rows?.find((row) => row && row.bedrooms === beds),
		},
	];
}

function hasPrices(figures: Maybe<Figures>, least: number): figures is Figures {
	return (
		(figures?.totalListings ?? 0) >= least &&
		[figures?.averagePrice, figures?.medianPrice].some((price) => rounded(price) !== null)
	);
}

function statisticOf({ averagePrice, medianPrice }: Figures, isEverything: boolean) {
	if (!averagePrice) return 'median';
	if (!medianPrice) return 'average';
	return isEverything ? 'median' : clearerStatistic(averagePrice, medianPrice);
}

/** The same group month by month; months without it, or with a thin one, are gaps. */
function historyOf(history: Readonly<Record<string, Maybe<GroupedFigures>>>, pick: Group['pick']) {
	return Object.entries(history)
		.flatMap(([name, month]) => {
			const number = monthNumber(name);
			const { medianPrice, totalListings } = (month && pick(month)) ?? {};
			const isThin = (totalListings ?? 0) < MIN_GROUP;
			if (number === undefined || isThin || !medianPrice || !(medianPrice > 0)) return [];
			return [{ name, month: number, median: medianPrice, sampleSize: totalListings ?? 0 }];
		})
		.sort((a, b) => a.month - b.month);
}

function monthNumber(name: string): number | undefined {
	const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name) ?? [];
	return year && month ? Number(year) * 12 + Number(month) : undefined;
}

function periodOf(months: readonly string[]) {
	const [from, to] = [months[0], months.at(-1)];
	return from && to ? { from, to } : null;
}

function rounded(amount: Maybe<number>): number | null {
	return amount && Number.isFinite(amount) && amount > 0 ? Math.round(amount) : null;
}
