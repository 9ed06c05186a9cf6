import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { messageText } from '../../handling/messageText';
import { courseOf } from '../../handling/course';
import { eventField, readTakenEvent } from '../eventField.description';
import { readUnderstanding, UNDERSTANDING_OPTIONS } from '../understanding.description';

const displayOptions = { show: { resource: ['message'], operation: ['understand'] } };

const description: INodeProperties[] = [
	{ ...eventField, displayOptions },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: UNDERSTANDING_OPTIONS,
	},
];

/** Adds to the item what its message wants, and what is to be done about it. */
const execute: Execute = async (context, itemIndex) => {
	const taken = readTakenEvent(context, itemIndex);
	const { event } = taken;
	const understanding = readUnderstanding(context, itemIndex)(
		messageText(event),
		new Date(event.at),
	);
	return {
		...context.getInputData()[itemIndex]!.json,
		understanding: { ...understanding } as unknown as IDataObject,
		course: { ...courseOf(taken, understanding) } as IDataObject,
	};
};

export const understand: Operation = {
	resource: 'message',
	operation: 'understand',
	description,
	execute,
};
