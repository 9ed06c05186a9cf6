import { oneLine } from '../../shared/text/oneLine';
import { deriveText, tidyText } from './derivedText';
import { checkHtmlContext } from './htmlContext';
import { MAX_SUBJECT_LENGTH } from './limits';
import type { CompiledTemplate, MailTemplate } from './mailTemplate';
import { parsePart } from './parsePart';
import { renderPart } from './renderPart';
import { TemplateError } from './templateError';
import { usesIn } from './uses';
import { variablesOf } from './variables';

/**
 * Checks and parses a mail's template, once for all recipients. Throws `TemplateError`, which says
 * where and why, for a template that cannot be read or that data could break out of.
 */
export function compileTemplate(template: MailTemplate): CompiledTemplate {
	const subject = parsePart('subject', template.subject);
	const html = parsePart('html', template.html);
	checkHtmlContext(html.pieces);
	const written = template.text?.trim() ? template.text : undefined;
	// A mail of nothing but images says at least what it is about.
	const text = parsePart('text', written ?? (deriveText(html.tokens) || template.subject));
	const uses = [subject, html, text].map(({ part, pieces }) => [part, usesIn(pieces)] as const);
	return {
		id: template.id,
		variables: variablesOf(uses),
		uses: uses.flatMap(([, each]) => each),
		render: (data) => {
			const rendered = {
				subject: oneLine(renderPart(subject, data), MAX_SUBJECT_LENGTH),
				html: renderPart(html, data),
				text: renderPart(text, data),
			};
			if (rendered.subject === '') throw emptySubject();
			return written === undefined ? { ...rendered, text: tidyText(rendered.text) } : rendered;
		},
	};
}

function emptySubject(): TemplateError {
	return new TemplateError('The subject is empty for this recipient', {
		part: 'subject',
		line: 1,
		column: 1,
		hint: 'Write words into it besides variables, or give them a default.',
	});
}
