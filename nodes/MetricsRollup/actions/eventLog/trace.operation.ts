import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { requiredText } from '../../../shared/n8n/requiredText';
import { traceCorrelation } from '../../eventLog/trace';

const displayOptions = { show: { resource: ['eventLog'], operation: ['trace'] } };

const correlationIdProperty: INodeProperties = {
	displayName: 'Correlation ID',
	name: 'correlationId',
	type: 'string',
	default: '={{ $json.correlationId }}',
	required: true,
	description: 'As it stands in any output, log line or callback',
};

const description: INodeProperties[] = [
	{ ...correlationIdProperty, displayOptions },
	{
		displayName: "Platform's Event Log",
		name: 'platformEventLog',
		type: 'string',
		default: '',
		placeholder: 'e.g. public.event_log',
		description:
			"The platform's own table of webhook attempts, where it stands in the same database: then the outbox's deliveries are shown too",
		displayOptions,
	},
];

/** Makes the statement that shows what happened under a correlation ID, in order of time. */
const execute: Execute = async (context, itemIndex) => {
	const correlationId = requiredText(context, itemIndex, {
		...correlationIdProperty,
		advice: 'Copy it from an output, a log line or a callback.',
	});
	const platformEventLog = (
		context.getNodeParameter('platformEventLog', itemIndex) as string
	).trim();
	const statement = traceCorrelation(correlationId, {
		...(platformEventLog !== '' && { platformEventLog }),
	});
	return { correlationId, stateStore: { trace: { ...statement } } };
};

export const trace: Operation = { resource: 'eventLog', operation: 'trace', description, execute };
