/** What a narrative may not claim, or only where a fact bears it out. Phrases as data. */
import { numberFact, type FactSheet } from './facts';
import type { Phrase } from './phrases';

export interface ClaimRule {
	id: 'superlative' | 'promise' | 'unsupported-value' | 'unsupported-comparison';
	phrases: readonly Phrase[];
	message: string;
	supportedBy?(sheet: FactSheet): boolean;
}

const ESTIMATE = 'estimate|estimated|valuation';
const AVERAGE = 'average|mean';
const BELOW = 'below|under|beneath|cheaper';
const ABOVE = 'above|over|exceeds|exceeding';
const PRICES = 'price|prices|value|values|market|trend|trends';
const GREAT =
	'excellent|great|good|exceptional|outstanding|fantastic|incredible|amazing|superb|terrific|' +
	'strong|unmatched|remarkable|real';

export const CLAIM_RULES: readonly ClaimRule[] = [
	{
		id: 'superlative',
		phrases: [
			'best|largest|biggest|finest|greatest|cheapest|lowest|highest|nicest|newest|closest|' +
				'quietest|brightest|smartest|hottest|grandest|tallest|ultimate',
			'unbeatable|unmatched|unparalleled|unrivaled|unrivalled|incomparable|matchless|flawless',
			'the most',
			'number one|1',
			'world class',
			'top rated|notch',
			'second to none',
			'once in a lifetime',
			'one of a kind',
			'mejor|mejores|inmejorable|insuperable',
			'pinaka*',
		],
		message: 'is a superlative; describe the feature instead',
	},
	{
		id: 'promise',
		phrases: [
			'guarantee*|garantiza*|garantisado*',
			'invest|invests|investing|investment|investments|investor|investors|inversion|pamumuhunan',
			'roi|appreciation',
			'appreciate|appreciates|appreciating ~2 value',
			'will|sure|certain|set|poised|expected|bound ~2 appreciate|rise|increase|grow|climb|double',
			'rental|passive income|yield|yields|return|returns',
			'high|strong|solid|great|good return|returns|yield|yields',
			'return|returns on',
			'double|triple your',
			'risk free',
			'can t lose',
			'future value',
		],
		message: 'promises a gain; a narrative makes no investment claims',
	},
	{
		id: 'unsupported-value',
		phrases: [
			`${GREAT} value|deal|price|buy`,
			'value for money',
			'bargain|bargains|steal|underpriced|undervalued|sulit|ganga',
			'competitively|attractively|fairly|reasonably|well priced',
			'excelente|gran|buen valor|precio',
		],
		message: 'praises the price, but no fact shows a price at or below the estimate',
		supportedBy: (sheet) => compares(sheet, 'price', 'estimate', (price, other) => price <= other),
	},
	{
		id: 'unsupported-comparison',
		phrases: [`${BELOW} ~3 ${ESTIMATE}`, `${BELOW} ~1 market`],
		message: 'says the price is below the estimate, which the facts do not show',
		supportedBy: (sheet) => compares(sheet, 'price', 'estimate', (price, other) => price < other),
	},
	{
		id: 'unsupported-comparison',
		phrases: [`${ABOVE} ~3 ${ESTIMATE}`, `${ABOVE} ~1 market`],
		message: 'says the price is above the estimate, which the facts do not show',
		supportedBy: (sheet) => compares(sheet, 'price', 'estimate', (price, other) => price > other),
	},
	{
		id: 'unsupported-comparison',
		phrases: [`${BELOW} ~3 ${AVERAGE}`],
		message: 'says the price is below the average, which the facts do not show',
		supportedBy: (sheet) =>
			compares(sheet, 'price', 'neighborhood_average', (price, other) => price < other),
	},
	{
		id: 'unsupported-comparison',
		phrases: [`${ABOVE} ~3 ${AVERAGE}`],
		message: 'says the price is above the average, which the facts do not show',
		supportedBy: (sheet) =>
			compares(sheet, 'price', 'neighborhood_average', (price, other) => price > other),
	},
	{
		id: 'unsupported-comparison',
		phrases: [
			`${PRICES} ~3 rising|rise|rises|rose|risen|increas*|grow*|grew|climb*|up|upward|upwards`,
			`rising|growing|increasing|climbing|upward ~2 ${PRICES}`,
		],
		message: 'says prices rise, which the facts do not show',
		supportedBy: (sheet) => (numberFact(sheet, 'neighborhood_trend') ?? 0) > 0,
	},
	{
		id: 'unsupported-comparison',
		phrases: [
			`${PRICES} ~3 falling|fall|falls|fell|fallen|declin*|drop*|decreas*|down|downward`,
			`falling|declining|dropping|decreasing|downward ~2 ${PRICES}`,
		],
		message: 'says prices fall, which the facts do not show',
		supportedBy: (sheet) => (numberFact(sheet, 'neighborhood_trend') ?? 0) < 0,
	},
	{
		id: 'unsupported-comparison',
		phrases: [`${PRICES} ~3 stable|steady|flat|unchanged`, `stable|steady|flat ~1 ${PRICES}`],
		message: 'says prices hold still, which the facts do not show',
		supportedBy: (sheet) => Math.abs(numberFact(sheet, 'neighborhood_trend') ?? 1) < 0.25,
	},
];

function compares(
	sheet: FactSheet,
	left: string,
	right: string,
	holds: (left: number, right: number) => boolean,
): boolean {
	const [a, b] = [numberFact(sheet, left), numberFact(sheet, right)];
	return a !== undefined && b !== undefined && holds(a, b);
}
