const ANCHOR = /<a\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const ENTITY = /&(?:amp|lt|gt|quot|#(\d{1,7})|#x([\da-f]{1,6}));/gi;
const NAMED: Readonly<Record<string, string>> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
};

/** Where a mail's links lead, each once and in their order; only addresses of the web. */
export function linksOf(html: string | null): string[] {
	const links = [...(html ?? '').matchAll(ANCHOR)].map(([, double, single]) =>
		decoded(double ?? single ?? '').trim(),
	);
	return [...new Set(links)].filter((link) => /^https?:\/\//i.test(link));
}

function decoded(text: string): string {
	return text.replace(ENTITY, (entity, decimal?: string, hexadecimal?: string) => {
		const code = decimal ? Number(decimal) : parseInt(hexadecimal ?? '', 16);
		if (Number.isNaN(code)) return NAMED[entity.toLowerCase()]!;
		return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
	});
}
