import type { CrmNote } from './port';

/** The note as HTML of the plainest kind, everything escaped. `reference` stands last. */
export function noteHtml({ sections }: CrmNote, reference: string): string {
	const blocks = sections.flatMap(({ heading, lines }) => [
		`<p><strong>${escapeHtml(heading)}</strong></p>`,
		`<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`,
	]);
	return [...blocks, `<p>${escapeHtml(reference)}</p>`].join('');
}

/** The note as plain text. `reference` stands last. */
export function noteText({ sections }: CrmNote, reference: string): string {
	const blocks = sections.map(({ heading, lines }) =>
		[heading, ...lines.map((line) => `- ${line}`)].join('\n'),
	);
	return [...blocks, reference].join('\n\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
