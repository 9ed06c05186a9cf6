import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { listDeadLetters } from '../../deadLetters/listDeadLetters';
import { readSelectionParameter, selectionProperty } from '../deadLetter.description';

const displayOptions = { show: { resource: ['deadLetter'], operation: ['list'] } };

const description: INodeProperties[] = [{ ...selectionProperty, displayOptions }];

/** Makes the statement that lists dead letters, the latest first, without what is in them. */
const execute: Execute = async (context, itemIndex) => {
	const selection = readSelectionParameter(context, itemIndex);
	return { stateStore: { list: { ...listDeadLetters(selection) } } };
};

export const list: Operation = { resource: 'deadLetter', operation: 'list', description, execute };
