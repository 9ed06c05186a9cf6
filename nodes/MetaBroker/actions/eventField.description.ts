import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readContract } from '../../shared/n8n/readContract';
import { type TakenEvent, takenEvent } from '../inbox/takenEvent';

export const eventField: INodeProperties = {
	displayName: 'Event Field',
	name: 'eventField',
	type: 'string',
	default: 'event',
	description:
		'The input field that holds the event, as Parse Events or the inbox gives it. The session is read from the fields beside it.',
};

/** The event of an item, with what the inbox says beside it. Throws an error that names what is at fault. */
export function readTakenEvent(context: IExecuteFunctions, itemIndex: number): TakenEvent {
	const { json } = context.getInputData()[itemIndex]!;
	const field = context.getNodeParameter('eventField', itemIndex) as string;
	return readContract(context, itemIndex, takenEvent, { ...json, event: json[field] }, 'event');
}
