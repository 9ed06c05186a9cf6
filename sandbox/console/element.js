/** An element: `tag.class`, attributes (functions are listeners), children (strings are text). */
export function element(name, attributes = {}, ...children) {
	const [tag, ...classes] = name.split('.');
	const node = document.createElement(tag);
	node.classList.add(...classes);
	for (const [key, value] of Object.entries(attributes)) {
		if (typeof value === 'function') node.addEventListener(key, value);
		else node.setAttribute(key, value);
	}
	node.append(...children.filter((child) => child !== undefined && child !== null && child !== ''));
	return node;
}

/** A word with a tone: good, wait, bad or plain. */
export const tonedChip = (tone, text) => element(`span.chip.${tone}`, {}, text);

export const time = (moment) => element('span.time', {}, new Date(moment).toLocaleTimeString());

/** The time of day, with the day where that is not today. */
export function moment(at) {
	const then = new Date(at);
	if (then.toDateString() === new Date().toDateString()) return then.toLocaleTimeString();
	const style = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
	return then.toLocaleString([], style);
}

/** Leads to everything that carries the correlation id. */
export const traceLink = (correlationId, text = correlationId) =>
	correlationId ? element('a', { href: `#trace/${encodeURIComponent(correlationId)}` }, text) : '–';

export function money(amount, currency) {
	if (amount === null) return '–';
	const style = currency ? { style: 'currency', currency } : {};
	return new Intl.NumberFormat('en', { ...style, maximumFractionDigits: 0 }).format(amount);
}

/** Folded JSON that stays open when its list is drawn anew. */
const opened = new Set();
export function folded(key, label, content) {
	const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
	const details = element(
		'details',
		{ toggle: () => (details.open ? opened.add(key) : opened.delete(key)) },
		element('summary', {}, label),
		element('pre', {}, text),
	);
	details.open = opened.has(key);
	return details;
}
