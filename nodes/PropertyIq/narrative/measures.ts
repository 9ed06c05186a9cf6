/** The words that say what a number in a text counts or measures. Folded; English, Spanish, Tagalog. */
export type Quantity =
	| 'money'
	| 'money-per-sqm'
	| 'bedrooms'
	| 'bathrooms'
	| 'area'
	| 'lot-area'
	| 'year'
	| 'percent'
	| 'sample'
	/** Minutes, floors, cars: only where the listing's own words hold the number. */
	| 'other';

export interface Measure {
	quantity: Quantity;
	/** What one of it is in the fact's unit: a square foot in square metres. */
	factor?: number;
}

const SQUARE_FOOT = { quantity: 'area', factor: 0.09290304 } as const;

const MEASURES: ReadonlyArray<[words: string, measure: Measure]> = [
	[
		'bedroom bedrooms bed beds br brs bdr bdrm bdrms bd bds habitacion habitaciones dormitorio ' +
			'dormitorios recamara recamaras cuarto cuartos alcoba alcobas kuwarto kwarto silid',
		{ quantity: 'bedrooms' },
	],
	[
		'bathroom bathrooms bath baths ba toilet toilets bano banos banyo palikuran',
		{ quantity: 'bathrooms' },
	],
	['sqm sqms m² metros metro', { quantity: 'area' }],
	['sqft sqf', SQUARE_FOOT],
	['hectare hectares ha', { quantity: 'area', factor: 10_000 }],
	['acre acres', { quantity: 'area', factor: 4046.8564224 }],
	[
		'comparable comparables comps sale sales listing listings properties homes transactions',
		{ quantity: 'sample' },
	],
	[
		'minute minutes min mins hour hours minuto minutos oras km kms kilometer kilometers kilometre ' +
			'kilometres mile miles meter meters metre metres m ft feet foot block blocks floor floors ' +
			'storey storeys story stories level levels car cars parking space spaces slot slots balcony ' +
			'balconies unit units school schools garage garages year years month months week weeks day ' +
			'days people persons guests tower towers building buildings room rooms th st nd rd piso pisos',
		{ quantity: 'other' },
	],
];

const MEASURE_BY_WORD = new Map(
	MEASURES.flatMap(([words, measure]) =>
		words.split(' ').map((word): [string, Measure] => [word, measure]),
	),
);

/** After `square` or `sq`, and after a bare `m` or `ft` that carries a `2`. */
const SQUARE_UNITS = new Map<string, Measure>([
	...['m', 'meter', 'meters', 'metre', 'metres', 'mts'].map((word): [string, Measure] => [
		word,
		{ quantity: 'area' },
	]),
	...['ft', 'foot', 'feet'].map((word): [string, Measure] => [word, SQUARE_FOOT]),
]);

const NUMBER_WORDS: ReadonlyArray<[value: number, words: string]> = [
	[1, 'one isa isang'],
	[2, 'two dos dalawa dalawang'],
	[3, 'three tres tatlo tatlong'],
	[4, 'four cuatro apat'],
	[5, 'five cinco lima limang'],
	[6, 'six seis anim'],
	[7, 'seven siete pito pitong'],
	[8, 'eight ocho walo walong'],
	[9, 'nine nueve siyam'],
	[10, 'ten diez sampu sampung'],
	[11, 'eleven'],
	[12, 'twelve doce'],
	[15, 'fifteen quince'],
	[20, 'twenty veinte'],
	[30, 'thirty treinta'],
	[40, 'forty cuarenta'],
	[50, 'fifty'],
];

const VALUE_BY_WORD = new Map(
	NUMBER_WORDS.flatMap(([value, words]) =>
		words.split(' ').map((word): [string, number] => [word, value]),
	),
);

/** `mil` is a thousand in Spanish and a million in English listings. */
const SCALES = new Map<string, readonly number[]>([
	['hundred', [100]],
	['k', [1e3]],
	['thousand', [1e3]],
	['libo', [1e3]],
	['libong', [1e3]],
	['mil', [1e3, 1e6]],
	['m', [1e6]],
	['mm', [1e6]],
	['mn', [1e6]],
	['million', [1e6]],
	['millions', [1e6]],
	['millon', [1e6]],
	['millones', [1e6]],
	['milyon', [1e6]],
	['milyong', [1e6]],
	['b', [1e9]],
	['bn', [1e9]],
	['billion', [1e9]],
]);

export function measureOf(word: string): Measure | undefined {
	return MEASURE_BY_WORD.get(word);
}

export function squareMeasureOf(word: string): Measure | undefined {
	return SQUARE_UNITS.get(word);
}

export function valueOfNumberWord(word: string): number | undefined {
	return VALUE_BY_WORD.get(word);
}

export function scalesOf(word: string): readonly number[] | undefined {
	return SCALES.get(word);
}
