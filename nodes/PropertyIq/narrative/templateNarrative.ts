import type { NarrativeAnswer } from './answer';
import { checkNarrative } from './checkNarrative';
import type { ExtraRule } from './fairHousing';
import { factText, numberFact, type Fact, type FactSheet } from './facts';
import { toPlainText } from './plainText';

const FEATURES_SHOWN = 8;

/** What is left to say where nothing that is known may be said. */
const BARE: NarrativeAnswer = {
	headline: 'Property listing',
	description: 'See the listing for the details of this property.',
	highlights: [],
	facts_used: [],
	market_summary: '',
	caveats: [],
};

/**
 * A narrative in plain English made of the facts alone, the same for the same facts. Where the
 * listing's own names do not read as what they should be and so fail the checks, it is written
 * with fewer of them: without features, without names, at last without any fact.
 */
export function templateNarrative(sheet: FactSheet, extraRules: ExtraRule[] = []): NarrativeAnswer {
	const variants = [
		sheet,
		without(sheet, ({ id }) => id.startsWith('feature_')),
		without(sheet, ({ id, value }) => typeof value === 'string' && id !== 'confidence'),
	].map(write);
	return (
		variants.find((variant) => checkNarrative(variant, sheet, extraRules).problems.length === 0) ??
		BARE
	);
}

function write(sheet: FactSheet): NarrativeAnswer {
	const used = new Set<string>();
	const textOf = (id: string): string | undefined => {
		const text = factText(sheet, id);
		if (text !== undefined) used.add(id);
		return text;
	};
	const kind = kindOf(sheet, textOf);
	const sentences = [placeSentence(kind, textOf), ...bodySentences(textOf)];
	const features = sheet.facts
		.filter(({ id }) => id.startsWith('feature_'))
		.slice(0, FEATURES_SHOWN);
	features.forEach(({ id }) => used.add(id));
	if (features.length > 0) {
		sentences.push(`Listed features: ${features.map(({ text }) => text).join(', ')}.`);
	}
	return {
		headline: headline(sheet, kind, textOf),
		description: sentences.join(' '),
		highlights: ['bedrooms', 'bathrooms', 'floor_area', 'lot_area'].flatMap(
			(id) => textOf(id) ?? [],
		),
		market_summary: marketSentences(sheet, textOf).join(' '),
		facts_used: [...used],
		caveats: factText(sheet, 'estimate')
			? ['An estimate is computed from market data. It is not an appraisal.']
			: [],
	};
}

type TextOf = (id: string) => string | undefined;

/** What to call it: its own type in lower case, else a home where somebody can sleep in it. */
function kindOf(sheet: FactSheet, textOf: TextOf): string {
	const type = textOf('property_type')?.toLowerCase();
	if (type === undefined) return numberFact(sheet, 'bedrooms') === undefined ? 'property' : 'home';
	return /^(single|multi|two)[ -]?family$/.test(type) ? `${type.replace(' ', '-')} home` : type;
}

function headline(sheet: FactSheet, kind: string, textOf: TextOf): string {
	const bedrooms = numberFact(sheet, 'bedrooms');
	const size = bedrooms ? `${bedrooms}-bedroom ${kind}` : bedrooms === 0 ? `Studio ${kind}` : kind;
	const places = ['neighborhood', 'city'].flatMap((id) => textOf(id) ?? []);
	return capitalize([size, ...(places.length > 0 ? [`in ${places.join(', ')}`] : [])].join(' '));
}

function placeSentence(kind: string, textOf: TextOf): string {
	const rooms = ['bedrooms', 'bathrooms'].flatMap((id) => textOf(id) ?? []);
	const has = rooms.length > 0 ? ` has ${withArticle(rooms).join(' and ')}` : '';
	const address = textOf('address');
	const places = ['neighborhood', 'city']
		.flatMap((id) => textOf(id) ?? [])
		.filter((place) => !address?.toLowerCase().includes(place.toLowerCase()));
	const where = [
		...(address ? [`at ${address}`] : []),
		...(places.length > 0 ? [`in ${places.join(', ')}`] : []),
	].join(' ');
	if (has) return `This ${where ? `${kind} ${where}` : kind}${has}.`;
	return where ? `This ${kind} is ${where}.` : `See the listing for the details of this ${kind}.`;
}

function bodySentences(textOf: TextOf): string[] {
	const floor = textOf('floor_area');
	const lot = textOf('lot_area');
	const year = textOf('year_built');
	const sentences: string[] = [];
	if (floor && lot) sentences.push(`It offers ${floor} of floor area on a lot of ${lot}.`);
	else if (floor) sentences.push(`It offers ${floor} of floor area.`);
	else if (lot) sentences.push(`The lot measures ${lot}.`);
	if (year) sentences.push(`It was built in ${year}.`);
	return sentences;
}

function marketSentences(sheet: FactSheet, textOf: TextOf): string[] {
	const sentences: string[] = [];
	const price = textOf('price');
	if (price) sentences.push(`The asking price is ${price}.`);
	sentences.push(estimateSentence(sheet, textOf));
	const average = textOf('neighborhood_average');
	const median = textOf('neighborhood_median');
	const sample = textOf('neighborhood_sample') && numberFact(sheet, 'neighborhood_sample');
	if (average || median) {
		const figures = [
			...(average ? [`average price is ${average}`] : []),
			...(median ? [`median price is ${median}`] : []),
		];
		const over = sample ? `, across ${counted(sample, '')}` : '';
		sentences.push(`In this area the ${figures.join(' and the ')}${over}.`);
	}
	const trend = numberFact(sheet, 'neighborhood_trend');
	if (trend) {
		textOf('neighborhood_trend');
		const direction = trend > 0 ? 'rising' : 'falling';
		sentences.push(`Prices in this area are ${direction} by about ${Math.abs(trend)}% a month.`);
	}
	return sentences;
}

function estimateSentence(sheet: FactSheet, textOf: TextOf): string {
	const estimate = textOf('estimate');
	if (!estimate) return 'There is not enough market data yet for an estimate of its value.';
	const used = textOf('comparables_used') && numberFact(sheet, 'comparables_used');
	const basis = used ? `Based on ${counted(used, 'comparable ')}, its` : 'Its';
	const [low, high] = [textOf('estimate_low'), textOf('estimate_high')];
	const range = low && high ? `, in a range from ${low} to ${high}` : '';
	const confidence = textOf('confidence');
	const label = confidence ? ` (confidence: ${confidence.toLowerCase()})` : '';
	return `${basis} value is estimated at ${estimate}${range}${label}.`;
}

function counted(count: number | undefined, kind: string): string {
	return `${count} ${kind}${count === 1 ? 'property' : 'properties'}`;
}

function withArticle(rooms: string[]): string[] {
	return rooms.map((room) => (room === 'studio' ? 'a studio layout' : room));
}

function capitalize(text: string): string {
	return toPlainText(text.charAt(0).toUpperCase() + text.slice(1), 160);
}

function without(sheet: FactSheet, isLeftOut: (fact: Fact) => boolean): FactSheet {
	return { ...sheet, facts: sheet.facts.filter((fact) => !isLeftOut(fact)) };
}
