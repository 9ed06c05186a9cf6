const IS_HTML = /^\s*<[a-z][^>]*>/i;

const ENTITIES: Readonly<Record<string, string>> = {
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'",
	'&nbsp;': ' ',
	'&amp;': '&',
};

/**
 * What a CRM's note says, as text: paragraphs and list items on lines of their own. Text that does
 * not begin with a tag is no HTML and stays as it is.
 */
export function plainText(text: string): string {
	if (!IS_HTML.test(text)) return text;
	return text
		.replace(/<li\b[^>]*>/gi, '- ')
		.replace(/<br\b[^>]*>|<\/(?:p|div|li|ul|ol|h[1-6])>/gi, '\n')
		.replace(/<[^>]*>/g, '')
		.replace(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (entity) => ENTITIES[entity]!)
		.trim();
}
