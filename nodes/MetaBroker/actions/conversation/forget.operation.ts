import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { requiredText } from '../../../shared/n8n/requiredText';
import { forgetPerson } from '../../inbox/forgetPerson';

const displayOptions = { show: { resource: ['conversation'], operation: ['forget'] } };

const conversation: INodeProperties = {
	displayName: 'Conversation',
	name: 'conversation',
	type: 'string',
	default: '={{ $json.conversation }}',
	required: true,
	placeholder: 'e.g. facebook:104857600000001:24700000000000101',
	description: 'As events name it: the channel, the account and the person, with colons between',
	displayOptions,
};

/** Makes the statement that deletes what is known of a person. */
const execute: Execute = async (context, itemIndex, _run, trail) => ({
	correlationId: trail.correlationId,
	stateStore: {
		forget: {
			...forgetPerson(
				requiredText(context, itemIndex, {
					...conversation,
					advice: 'Give the conversation as the events of the person name it.',
				}),
			),
		},
	},
});

export const forget: Operation = {
	resource: 'conversation',
	operation: 'forget',
	description: [conversation],
	execute,
};
