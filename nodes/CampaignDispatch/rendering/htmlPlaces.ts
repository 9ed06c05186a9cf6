/** Attributes whose value a mail program may load or open. */
export const ADDRESS_ATTRIBUTES = new Set([
	'action',
	'background',
	'cite',
	'data',
	'formaction',
	'href',
	'longdesc',
	'poster',
	'src',
]);

const TEXT_ATTRIBUTES = new Set([
	'abbr',
	'align',
	'alt',
	'bgcolor',
	'border',
	'cellpadding',
	'cellspacing',
	'class',
	'color',
	'colspan',
	'datetime',
	'dir',
	'face',
	'height',
	'hspace',
	'id',
	'label',
	'lang',
	'name',
	'placeholder',
	'role',
	'rowspan',
	'size',
	'start',
	'summary',
	'title',
	'valign',
	'value',
	'vspace',
	'width',
]);

/** Whether an attribute is only read or shown, so that escaping makes any value safe. */
export function isTextAttribute(name: string): boolean {
	return TEXT_ATTRIBUTES.has(name) || /^(?:aria|data)-[a-z0-9-]+$/.test(name);
}

/** Why a place is closed to data, and what to do instead. */
export const REFUSALS = {
	tag: {
		message: 'Data cannot be a part of a tag, outside the quotes of an attribute',
		hint: 'Write the tag out, and choose between variants with {% if %}.',
	},
	unquoted: {
		message: 'The value of the attribute %attribute has no quotes, so data could leave it',
		hint: 'Put quotes around it: %attribute="{{ … }}".',
	},
	comment: {
		message: 'Data cannot stand in a comment, because it could end it',
		hint: 'Move it out of <!-- … -->, or write {% comment %} … {% endcomment %} for a note.',
	},
	script: {
		message: 'Data cannot stand in a script',
		hint: 'Mail programs run no scripts: print the data as text instead.',
	},
	style: {
		message: 'Data cannot stand in a style',
		hint: 'Write the styles out, and choose between variants with {% if %}.',
	},
	attribute: {
		message: 'Data cannot stand in the attribute %attribute',
		hint: 'It may in text attributes such as title, alt and width, and in addresses such as href.',
	},
	scheme: {
		message: 'The address in %attribute begins with something else than a whole scheme',
		hint: 'Begin it with https://, mailto: or tel:, or with one variable that holds a whole address.',
	},
	lines: {
		message: 'newline_to_br makes tags, and here no tag can stand',
		hint: 'Leave the filter out, or print the variable between tags.',
	},
	foreign: {
		message: 'Mail programs do not show SVG or MathML',
		hint: 'Use an image: <img src="https://…" alt="…">.',
	},
	branches: {
		message: 'The ways through this tag end at different places in the HTML',
		hint: 'Open and close tags, quotes and comments within the same branch.',
	},
	glued: {
		message: 'Something follows a branch within a tag without a space',
		hint: 'Put a space, / or > behind the {% endif %}.',
	},
	unclosed: {
		message: 'The HTML ends within a tag, a comment, a script or a style',
		hint: 'Close what is still open, quotes above all.',
	},
} as const;
