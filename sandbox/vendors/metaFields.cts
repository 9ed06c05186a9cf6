/** Graph's `fields`: `id,messages.limit(25){id,from,message}`. */
import { invalid } from './metaErrors.cts';

export interface Field {
	name: string;
	limit?: number;
	fields?: Field[];
}

const FIELD = /([a-z_]+)((?:\.[a-z_]+\([^()]*\))*)(\{)?/y;

/** Throws where it cannot be read. */
export function parseFields(text: string): Field[] {
	let position = 0;
	const list = (): Field[] => {
		const fields: Field[] = [];
		do {
			FIELD.lastIndex = position;
			const [all, name, modifiers = '', opens] = FIELD.exec(text) ?? [];
			if (all === undefined || name === undefined) throw unreadable(text, position);
			position += all.length;
			const limit = /\.limit\((\d+)\)/.exec(modifiers)?.[1];
			const field: Field = { name, ...(limit !== undefined && { limit: Number(limit) }) };
			if (opens) {
				field.fields = list();
				if (text[position++] !== '}') throw unreadable(text, position);
			}
			fields.push(field);
		} while (text[position] === ',' && position++ >= 0);
		return fields;
	};
	const fields = list();
	if (position < text.length) throw unreadable(text, position);
	return fields;
}

/**
 * The wanted fields of a node, and always its id. What the node knows but has no value for is left
 * out; a name that it does not know is refused.
 */
export function picked(
	node: Readonly<Record<string, unknown>>,
	wanted: readonly Field[],
	type: string,
): Record<string, unknown> {
	const answer: Record<string, unknown> = {};
	for (const { name } of wanted) {
		if (!Object.hasOwn(node, name)) {
			throw invalid(`Tried accessing nonexisting field (${name}) on node type (${type})`);
		}
		if (node[name] !== undefined) answer[name] = node[name];
	}
	return 'id' in node ? { ...answer, id: node.id } : answer;
}

function unreadable(text: string, position: number) {
	return invalid(
		`Syntax error "Expected end of string instead of "${text[position] ?? ''}"." at character ${position}: ${text}`,
	);
}
