import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { jsonParameter } from '../../shared/n8n/jsonParameter';
import { type DeadLetterSelection, readSelection } from '../deadLetters/selection';

/** Which dead letters an operation is about. */
export const selectionProperty: INodeProperties = {
	displayName: 'Which',
	name: 'selection',
	type: 'json',
	default: '={{ $json }}',
	required: true,
	description:
		'{"which": "all"}, {"which": "one", "deliveryKey": "…"}, {"which": "kind", "kind": "callback"}, {"which": "flow", "flow": "lead-score"} or {"which": "since", "since": "2026-11-23T00:00:00Z"}',
};

/** The parameter of `selectionProperty`. */
export function readSelectionParameter(
	context: IExecuteFunctions,
	itemIndex: number,
): DeadLetterSelection {
	const given = jsonParameter(context, itemIndex, {
		name: 'selection',
		displayName: 'Which',
		example: '{"which": "all"}',
	});
	return readSelection(given);
}
