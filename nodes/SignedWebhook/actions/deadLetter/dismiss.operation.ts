import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { dismissDeadLetters } from '../../deadLetters/dismissDeadLetters';
import { readSelectionParameter, selectionProperty } from '../deadLetter.description';

const displayOptions = { show: { resource: ['deadLetter'], operation: ['dismiss'] } };

const description: INodeProperties[] = [{ ...selectionProperty, displayOptions }];

/** Makes the statement that puts dead letters aside that nobody wants any more. */
const execute: Execute = async (context, itemIndex) => {
	const selection = readSelectionParameter(context, itemIndex);
	return { stateStore: { dismiss: { ...dismissDeadLetters(selection) } } };
};

export const dismiss: Operation = {
	resource: 'deadLetter',
	operation: 'dismiss',
	description,
	execute,
};
