const PARAMETERS = ['source', 'medium', 'campaign'] as const;

/**
 * A web address with `utm_source`, `utm_medium` and `utm_campaign`, without changing those that it
 * has. What is no web address stays as it is.
 * @see https://support.google.com/analytics/answer/10917952
 */
export function withUtm(address: unknown, utm: unknown): unknown {
	if (typeof address !== 'string' || !/^\s*https?:\/\//i.test(address)) return address;
	const hashAt = address.indexOf('#');
	const page = hashAt === -1 ? address : address.slice(0, hashAt);
	const queryAt = page.indexOf('?');
	const query = queryAt === -1 ? '' : page.slice(queryAt + 1);
	const present = new Set(query.split('&').map((pair) => pair.split('=')[0]));
	const added = PARAMETERS.flatMap((parameter) => {
		const name = `utm_${parameter}`;
		const value = present.has(name) ? '' : readParameter(utm, parameter);
		return value ? [`${name}=${encode(value)}`] : [];
	});
	if (added.length === 0) return address;
	const joint = queryAt === -1 ? '?' : query === '' || query.endsWith('&') ? '' : '&';
	return `${page.trim()}${joint}${added.join('&')}${address.slice(page.length)}`;
}

/** Percent-encoded for a query, whatever the text holds. */
export function encode(text: string): string {
	return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));
}

function readParameter(utm: unknown, parameter: string): string {
	if (typeof utm !== 'object' || utm === null || !Object.hasOwn(utm, parameter)) return '';
	const value = (utm as Record<string, unknown>)[parameter];
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
