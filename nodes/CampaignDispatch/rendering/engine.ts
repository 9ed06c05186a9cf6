import { type FilterImplOptions, Liquid } from 'liquidjs';

import { filtersFor } from './filters';
import { MAX_SOURCE_LENGTH, MEMORY_LIMIT, RENDER_LIMIT_MS } from './limits';
import { asHtml, asLine } from './shownValue';

/** Those that print nothing themselves, so that `{{ … }}` is the one way for data into a mail. */
export const TAGS = ['assign', 'break', 'case', 'comment', 'continue', 'for', 'if', 'unless', '#'];

/** Everything is escaped. */
export const HTML_ENGINE = createEngine('html', asHtml);
/** For subjects too. */
export const TEXT_ENGINE = createEngine('text', asLine);

function createEngine(part: 'html' | 'text', outputEscape: (value: unknown) => string): Liquid {
	const engine = new Liquid({
		outputEscape,
		strictFilters: true,
		ownPropertyOnly: true,
		locale: 'en-US',
		timezoneOffset: 0,
		parseLimit: MAX_SOURCE_LENGTH * 2,
		renderLimit: RENDER_LIMIT_MS,
		memoryLimit: MEMORY_LIMIT,
		// No file can be reached: the tags for it are gone, and there is nothing to find.
		templates: {},
		dynamicPartials: false,
	});
	for (const tag of Object.keys(engine.tags)) if (!TAGS.includes(tag)) delete engine.tags[tag];
	for (const filter of Object.keys(engine.filters)) engine.unregisterFilter(filter);
	for (const [name, filter] of Object.entries<FilterImplOptions>(filtersFor(part))) {
		engine.registerFilter(name, filter);
	}
	return engine;
}
