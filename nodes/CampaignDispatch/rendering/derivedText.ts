import { type TopLevelToken, TypeGuards } from 'liquidjs';

import { ADDRESS_ATTRIBUTES } from './htmlPlaces';
import { type HtmlState, readHtml, START } from './htmlLexer';
import { TextLayout } from './textLayout';

/**
 * The template of a mail's text, made from that of its HTML: tags become line breaks, links become
 * `text (address)`, and Liquid stays where it is, so that the text of each mail is one rendering and
 * no reading of HTML. Expects tokens that passed the checks of the HTML part.
 */
export function deriveText(tokens: readonly TopLevelToken[]): string {
	const layout = new TextLayout();
	let state: HtmlState = START;
	for (const token of tokens) {
		if (TypeGuards.isTagToken(token)) {
			const source = `{% ${token.content} %}`;
			// A name is given wherever it stands.
			if (state.place === 'text' || token.name === 'assign') layout.control(source);
			else if (state.place === 'quoted') state = extend(state, layout.keep(source));
		} else if (TypeGuards.isOutputToken(token)) {
			if (state.place === 'text') layout.print(`{{ ${token.content} }}`);
			else if (state.place === 'quoted') {
				const check = beginsAddress(state) ? ' | web_address' : '';
				state = extend(state, layout.keep(`{{ ${token.content}${check} }}`));
			}
		} else {
			state = readHtml(state, token.getContent(), layout);
		}
	}
	return layout.finish();
}

/** Takes away what empty branches of a derived text leave behind. */
export function tidyText(text: string): string {
	return text
		.replace(/[ \t]*\n[ \t]*/g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.replace(/\n\n(?=- )/g, '\n')
		.replace(/ {2,}/g, ' ')
		.trim();
}

function extend(state: HtmlState, more: string): HtmlState {
	return { ...state, value: state.value + more };
}

/** Whether nothing but Liquid stands before. */
function beginsAddress({ attribute, value }: HtmlState): boolean {
	return ADDRESS_ATTRIBUTES.has(attribute) && /^(?:\0\d+\0|\s)*$/.test(value);
}
