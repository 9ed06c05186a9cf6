/** Where in HTML a reader stands. `edge`: only a space, `/` or `>` may follow. */
export type Place =
	| 'text'
	| 'tagOpen'
	| 'markup'
	| 'tagName'
	| 'between'
	| 'edge'
	| 'attributeName'
	| 'afterName'
	| 'beforeValue'
	| 'unquoted'
	| 'quoted'
	| 'comment'
	| 'declaration'
	| 'raw'
	| 'broken';

export interface HtmlState {
	readonly place: Place;
	/** In lower case; of the element whose tag or raw text this is. */
	readonly tag: string;
	readonly isClosing: boolean;
	readonly attribute: string;
	/** Of the attribute so far; elsewhere what was read last. */
	readonly value: string;
	readonly quote: string;
	/** Those of the tag that have a value, at most `MAX_ATTRIBUTES`. */
	readonly attributes: ReadonlyArray<readonly [name: string, value: string]>;
}

export interface HtmlEvents {
	/** A character of text, as written in the source. */
	text(character: string): void;
	/** The end of a tag. */
	tag(state: HtmlState): void;
}

const MAX_ATTRIBUTES = 50;

export const START: HtmlState = {
	place: 'text',
	tag: '',
	isClosing: false,
	attribute: '',
	value: '',
	quote: '',
	attributes: [],
};

/** Elements whose content is no HTML. */
export const RAW_TEXT = new Set([
	'script',
	'style',
	'title',
	'textarea',
	'xmp',
	'iframe',
	'noembed',
	'noframes',
	'plaintext',
]);

const SPACE = /[\t\n\f\r ]/;
const LETTER = /[A-Za-z]/;

const NO_EVENTS: HtmlEvents = { text: () => {}, tag: () => {} };

/**
 * Reads on from where a reader stands: the tokens of HTML, as browsers cut them, without the tree.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
export function readHtml(from: HtmlState, html: string, events = NO_EVENTS): HtmlState {
	let state = from;
	for (const character of html) state = step(state, character, events);
	return state;
}

function step(state: HtmlState, character: string, events: HtmlEvents): HtmlState {
	switch (state.place) {
		case 'text':
			if (character === '<') return { ...START, place: 'tagOpen' };
			events.text(character);
			return state;
		case 'tagOpen':
			return openTag(state, character, events);
		case 'markup':
			return openMarkup(state, character);
		case 'comment': {
			const value = (state.value + character).slice(-4);
			return /--!?>$/.test(value) ? START : { ...state, value };
		}
		case 'declaration':
			return character === '>' ? START : state;
		case 'raw':
			return readRawText(state, character, events);
		case 'quoted':
			if (character === state.quote) return endValue(state);
			return { ...state, value: state.value + character };
		case 'broken':
			return state;
		default:
			return readTag(state, character, events);
	}
}

function openTag(state: HtmlState, character: string, events: HtmlEvents): HtmlState {
	if (LETTER.test(character)) return { ...state, place: 'tagName', tag: character.toLowerCase() };
	if (state.isClosing) return character === '>' ? START : { ...state, place: 'declaration' };
	if (character === '/') return { ...state, isClosing: true };
	if (character === '!') return { ...state, place: 'markup' };
	if (character === '?') return { ...state, place: 'declaration' };
	events.text('<');
	return step(START, character, events);
}

function openMarkup(state: HtmlState, character: string): HtmlState {
	const value = state.value + character;
	// What is read counts as the beginning of an end, because `<!-->` is a whole comment.
	if (value === '--') return { ...state, place: 'comment', value };
	if (value === '-') return { ...state, value };
	return value.includes('>') ? START : { ...state, place: 'declaration' };
}

function readRawText(state: HtmlState, character: string, events: HtmlEvents): HtmlState {
	const value = (state.value + character).slice(-state.tag.length - 3);
	const ends = value.slice(0, -1).toLowerCase() === `</${state.tag}`;
	if (!ends || !/[\s/>]/.test(character)) return { ...state, value };
	return readTag(
		{ ...START, place: 'tagName', tag: state.tag, isClosing: true },
		character,
		events,
	);
}

/** Between the name of a tag and its end, outside quotes. */
function readTag(state: HtmlState, character: string, events: HtmlEvents): HtmlState {
	if (state.place === 'beforeValue') return openValue(state, character, events);
	if (state.place === 'unquoted') {
		if (character === '>') return endTag(endValue(state), events);
		if (SPACE.test(character)) return endValue(state);
		return { ...state, value: state.value + character };
	}
	if (character === '>') return endTag(state, events);
	if (character === '/') return { ...state, place: 'between' };
	if (SPACE.test(character)) {
		return { ...state, place: state.place === 'attributeName' ? 'afterName' : leave(state.place) };
	}
	if (state.place === 'tagName') return { ...state, tag: state.tag + character.toLowerCase() };
	if (state.place === 'edge') return { ...state, place: 'broken' };
	if (character === '=' && state.attribute !== '' && state.place !== 'between') {
		return { ...state, place: 'beforeValue', value: '' };
	}
	const name = state.place === 'attributeName' ? state.attribute : '';
	return { ...state, place: 'attributeName', attribute: name + character.toLowerCase() };
}

function leave(place: Place): Place {
	return place === 'afterName' ? 'afterName' : 'between';
}

function openValue(state: HtmlState, character: string, events: HtmlEvents): HtmlState {
	if (SPACE.test(character)) return state;
	if (character === '"' || character === "'") {
		return { ...state, place: 'quoted', quote: character, value: '' };
	}
	if (character === '>') return endTag(endValue(state), events);
	return { ...state, place: 'unquoted', value: character };
}

function endValue(state: HtmlState): HtmlState {
	const { attribute, value, attributes } = state;
	const kept: HtmlState['attributes'] =
		attributes.length < MAX_ATTRIBUTES ? [...attributes, [attribute, value]] : attributes;
	return { ...state, place: 'between', value: '', attributes: kept };
}

function endTag(state: HtmlState, events: HtmlEvents): HtmlState {
	events.tag(state);
	const isRaw = !state.isClosing && RAW_TEXT.has(state.tag);
	return isRaw ? { ...START, place: 'raw', tag: state.tag } : START;
}
