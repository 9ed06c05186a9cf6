/** The "model" behind the OpenAI stand-in: it writes from the facts it is given, or misbehaves on order. */

/**
 * How the model answers: from the facts; as plain prose; not at all on principle; with wrong numbers
 * and invented names; as a listing's description tells it to; cut off in the middle; with nothing.
 */
export type Behaviour =
	'honest' | 'prose' | 'refuses' | 'lies' | 'obeys-injection' | 'truncated' | 'empty';

export interface ModelAnswer {
	text: string;
	refusal: string | null;
	isCutShort: boolean;
}

interface Fact {
	id: string;
	label: string;
	text: string;
}

const MARKET_FACT = /^(estimate|neighborhood|comparables|confidence|price_vs)/;
const CHARACTERS_PER_TOKEN = 4;

/** What the model says to a prompt, in at most `maxTokens`. */
export function answerTo(prompt: string, behaviour: Behaviour, maxTokens: number): ModelAnswer {
	if (behaviour === 'refuses') {
		return {
			text: '',
			refusal: "I'm sorry, but I can't help with that request.",
			isCutShort: false,
		};
	}
	const text = wordsFor(prompt, behaviour);
	const length = Math.min(
		maxTokens * CHARACTERS_PER_TOKEN,
		behaviour === 'truncated' ? Math.floor(text.length / 2) : text.length,
	);
	return { text: text.slice(0, length), refusal: null, isCutShort: length < text.length };
}

export function countTokens(text: string): number {
	return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

function wordsFor(prompt: string, behaviour: Behaviour): string {
	if (behaviour === 'empty') return '';
	const values = jsonValuesIn(prompt);
	const facts = values.map(factsOf).find((found) => found !== undefined);
	if (!facts) return 'This is a stand-in for a language model. It writes about facts it is given.';
	const narrative = narrativeOf(facts);
	if (behaviour === 'prose') return `Here is the text.\n\n${narrative.description}`;
	if (behaviour === 'lies') return JSON.stringify(falsified(narrative));
	if (behaviour === 'obeys-injection') {
		const said = orderIn(descriptionIn(prompt, values) ?? prompt);
		return JSON.stringify({ ...narrative, headline: said.slice(0, 80), description: said });
	}
	return JSON.stringify(narrative);
}

/** A narrative that says each fact in the fact's own words, and nothing else. */
function narrativeOf(facts: Fact[]) {
	const ofMarket = facts.filter(({ id }) => MARKET_FACT.test(id));
	const ofHome = facts.filter((fact) => !ofMarket.includes(fact));
	const named = (...ids: string[]) =>
		ids.flatMap((id) => ofHome.filter((fact) => fact.id === id).map(({ text }) => text));
	const headline = named('bedrooms', 'property_type', 'city');
	return {
		headline: capitalized((headline.length ? headline : ofHome.map(({ text }) => text)).join(', ')),
		description: ofHome.map(sentence).join(' '),
		highlights: named('bedrooms', 'bathrooms', 'floor_area', 'feature_1', 'feature_2'),
		facts_used: facts.map(({ id }) => id),
		market_summary: ofMarket.map(sentence).join(' '),
		caveats: ofMarket.length ? ['An estimate is not an appraisal.'] : [],
	};
}

/** `City: Manila.`; a rate stays with its number: `Asking price: ₱60,976 per square meter.` */
function sentence({ label, text }: Fact): string {
	const [, name = label, rate = ''] = /^(.*?)( per .*)?$/.exec(label) ?? [];
	return `${capitalized(name)}: ${text}${rate}.`;
}

function falsified(narrative: ReturnType<typeof narrativeOf>) {
	const wrong = (text: string) =>
		text.replace(/[1-9]/g, (digit) => String((Number(digit) % 9) + 1));
	return {
		...narrative,
		headline: wrong(narrative.headline),
		description:
			`${wrong(narrative.description)} Designed by Ramon Velasco, ` +
			'it stands beside Greenfield Mall and has 17 swimming pools.',
		market_summary: `${wrong(narrative.market_summary)} Prices double every year.`,
	};
}

/** What a text orders to be said: the quoted words after the order, or else all of the text. */
function orderIn(text: string): string {
	const order =
		/\b(?:say|write|answer|reply|respond|output|print|state|mention)\b[^"'“]{0,60}["'“]([^"”]+?)["'”]/i;
	return order.exec(text)?.[1] ?? text;
}

/** The listing's own text: between the tags of our prompt, or the `description` of a JSON object. */
function descriptionIn(prompt: string, values: unknown[]): string | undefined {
	const fenced = /<untrusted_listing_text>\s*("[^]*")\s*<\/untrusted_listing_text>/.exec(prompt);
	if (fenced) return JSON.parse(fenced[1]!);
	return values
		.map((value) => (value as { description?: unknown }).description)
		.find((description) => typeof description === 'string');
}

/** The facts where a value is a list of them, or holds one under `facts`. */
function factsOf(value: unknown): Fact[] | undefined {
	const list = Array.isArray(value) ? value : (value as { facts?: unknown }).facts;
	return Array.isArray(list) && list.length > 0 && list.every(isFact) ? list : undefined;
}

function isFact(value: unknown): value is Fact {
	const { id, label, text } = (value ?? {}) as Record<string, unknown>;
	return [id, label, text].every((field) => typeof field === 'string');
}

/** Every JSON object and array that stands in a text, outer ones before those inside them. */
function jsonValuesIn(text: string): unknown[] {
	return [...text.matchAll(/[{[]/g)].flatMap(({ index: start }) => {
		const end = endOfValue(text, start);
		if (end === undefined) return [];
		try {
			return [JSON.parse(text.slice(start, end))];
		} catch {
			return []; // Brackets in prose are no JSON.
		}
	});
}

function endOfValue(text: string, start: number): number | undefined {
	let depth = 0;
	let inString = false;
	for (let position = start; position < text.length; position++) {
		const character = text.charAt(position);
		if (inString) {
			if (character === '\\') position++;
			else if (character === '"') inString = false;
		} else if (character === '"') inString = true;
		else if ('{['.includes(character)) depth++;
		else if ('}]'.includes(character) && --depth === 0) return position + 1;
	}
	return undefined;
}

function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
