import { Context, type Emitter, toValueSync } from 'liquidjs';

import { attempt } from './attempt';
import { renderError, TooLong } from './explain';
import { MAX_RENDERED_LENGTH } from './limits';
import type { ParsedPart } from './parsePart';

const SYNC = { sync: true };

/** One part of one mail. Throws `TemplateError`. */
export function renderPart({ part, engine, templates }: ParsedPart, data: object): string {
	const emitter = new BoundedEmitter();
	const context = new Context(data, engine.options, SYNC, { liquid: engine });
	const outcome = attempt(() =>
		toValueSync(engine.renderer.renderTemplates(templates, context, emitter)),
	);
	if ('failure' in outcome) throw renderError(part, outcome.failure);
	return emitter.buffer;
}

class BoundedEmitter implements Emitter {
	buffer = '';

	write(text: string): void {
		this.buffer += text;
		if (this.buffer.length > MAX_RENDERED_LENGTH) throw new TooLong();
	}
}
