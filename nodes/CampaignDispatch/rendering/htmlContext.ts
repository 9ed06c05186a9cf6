import { Filter, type Output, type Token, Tokenizer } from 'liquidjs';

import { HTML_ENGINE } from './engine';
import { type HtmlState, type Place, readHtml, START } from './htmlLexer';
import type { Piece } from './pieces';
import { asAddress } from './shownValue';
import { errorAt, type TemplateError } from './templateError';
import { ADDRESS_ATTRIBUTES, isTextAttribute, REFUSALS } from './htmlPlaces';

/** Stands for something printed, in what is known of an attribute's value. */
const PRINTED = '\0';
const [CHECK] = new Tokenizer('| web_address').readFilters();

/**
 * Follows the HTML around everything that a template prints, through every way that its tags can
 * take. Refuses (by throwing) what escaping does not make safe, and has addresses checked that begin
 * with data: once, here, so that rendering costs no look at the HTML.
 */
export function checkHtmlContext(pieces: readonly Piece[]): void {
	const checked = new Set<Output>();
	const end = walk(pieces, START);
	if (end.place !== 'text') throw refuse(pieces.at(-1)!.token, 'unclosed');

	function walk(inside: readonly Piece[], from: HtmlState, loopStart?: HtmlState): HtmlState {
		let state = from;
		for (const piece of inside) {
			if (piece.kind === 'text') state = readText(state, piece.text, piece.token);
			if (piece.kind === 'output') state = print(state, piece.output);
			if (piece.kind === 'leave' && loopStart) merge(loopStart, state, piece.token);
			if (piece.kind === 'choice') {
				const start = state;
				state = piece.arms
					.map(({ body }) => walk(body, start, loopStart))
					.reduce((left, right) => merge(left, right, piece.token));
			}
			if (piece.kind === 'loop') {
				const once = merge(state, walk(piece.body, state, state), piece.token);
				// The second time round begins where the first one ended, which is seldom elsewhere.
				const again =
					once === state ? once : merge(once, walk(piece.body, once, once), piece.token);
				state = merge(again, walk(piece.otherwise, state, loopStart), piece.token);
			}
		}
		return state;
	}

	function print(state: HtmlState, output: Output): HtmlState {
		const refusal = refusalOf(state, output);
		if (refusal) throw refuse(output.token, refusal, state);
		if (state.place !== 'quoted') return state;
		if (beginsAddress(state) && !checked.has(output)) {
			checked.add(output);
			// Before the escape, which is the last.
			output.value.filters.splice(-1, 0, new Filter(CHECK!, asAddress, HTML_ENGINE));
		}
		return { ...state, value: state.value + PRINTED };
	}
}

type Refusal = keyof typeof REFUSALS;

function readText(state: HtmlState, text: string, token: Token): HtmlState {
	const end = readHtml(state, text, {
		text: () => {},
		tag({ tag }) {
			if (tag === 'svg' || tag === 'math') throw refuse(token, 'foreign');
		},
	});
	if (end.place === 'broken') throw refuse(token, 'glued', end);
	return end;
}

function refusalOf(state: HtmlState, output: Output): Refusal | undefined {
	const { place, tag, attribute, value } = state;
	const makesMarkup = output.value.filters.at(-1)?.raw === true;
	if (place === 'raw') {
		if (tag !== 'title' && tag !== 'textarea') return tag === 'style' ? 'style' : 'script';
		return makesMarkup ? 'lines' : undefined;
	}
	if (place !== 'quoted') return REFUSED_PLACES[place];
	if (attribute.startsWith('on')) return 'script';
	if (attribute === 'style') return 'style';
	if (makesMarkup) return 'lines';
	if (!ADDRESS_ATTRIBUTES.has(attribute)) {
		return isTextAttribute(attribute) ? undefined : 'attribute';
	}
	return value.trim() === '' || hasScheme(value) ? undefined : 'scheme';
}

const REFUSED_PLACES: Partial<Record<Place, Refusal>> = {
	tagOpen: 'tag',
	markup: 'tag',
	tagName: 'tag',
	between: 'tag',
	edge: 'tag',
	attributeName: 'tag',
	afterName: 'tag',
	broken: 'tag',
	beforeValue: 'unquoted',
	unquoted: 'unquoted',
	comment: 'comment',
	declaration: 'comment',
};

function beginsAddress({ attribute, value }: HtmlState): boolean {
	return ADDRESS_ATTRIBUTES.has(attribute) && value.trim() === '';
}

/** Whether nothing that is printed from here on can change where an address leads to by scheme. */
function hasScheme(value: string): boolean {
	return /^\s*(?:https?:\/\/|mailto:|tel:|\0[/?#])/i.test(value);
}

/** Two ways through a template have to meet at the same place in the HTML. */
function merge(left: HtmlState, right: HtmlState, token: Token): HtmlState {
	const isSameTag = left.tag === right.tag && left.isClosing === right.isClosing;
	if (left.place === right.place && isSameTag) {
		const isSameName = left.attribute === right.attribute;
		if (left.place === 'text' || left.place === 'raw') return left;
		if (isSameName && left.quote === right.quote) return weaker(left, right);
	}
	if (isSameTag && canEnd(left.place) && canEnd(right.place)) {
		const place = joined(left, right);
		return place === left.place ? left : { ...left, place };
	}
	throw refuse(token, 'branches');
}

/** Of two beginnings of one value the one that promises less. */
function weaker(left: HtmlState, right: HtmlState): HtmlState {
	if (left.value === right.value || left.place !== 'quoted') return left;
	return hasScheme(left.value) && hasScheme(right.value) ? left : { ...left, value: '?' };
}

function canEnd(place: Place): boolean {
	return ['tagName', 'between', 'edge', 'attributeName', 'afterName'].includes(place);
}

function joined(left: HtmlState, right: HtmlState): Place {
	return left.place === 'between' && right.place === 'between' ? 'between' : 'edge';
}

function refuse(
	token: Token,
	refusal: Refusal,
	{ tag, attribute }: HtmlState = START,
): TemplateError {
	const { message, hint } = REFUSALS[refusal];
	const words = (text: string) =>
		text.replace('%tag', () => tag).replace('%attribute', () => attribute);
	return errorAt(token, 'html', words(message), words(hint));
}
