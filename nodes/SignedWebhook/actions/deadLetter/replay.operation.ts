import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { replayDeadLetters } from '../../deadLetters/replayDeadLetters';
import { readSelectionParameter, selectionProperty } from '../deadLetter.description';

const displayOptions = { show: { resource: ['deadLetter'], operation: ['replay'] } };

const description: INodeProperties[] = [{ ...selectionProperty, displayOptions }];

/** Makes the statement that has dead letters tried again; each goes to one replay alone. */
const execute: Execute = async (context, itemIndex) => {
	const selection = readSelectionParameter(context, itemIndex);
	return { stateStore: { replay: { ...replayDeadLetters(selection) } } };
};

export const replay: Operation = {
	resource: 'deadLetter',
	operation: 'replay',
	description,
	execute,
};
