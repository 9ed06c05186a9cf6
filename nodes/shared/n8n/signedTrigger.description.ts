import {
	fromFunction,
	fromParameter,
	type INodeProperties,
	type IWebhookDescription,
	webhookDescriptionFields,
} from 'n8n-workflow';

import { INTAKE_OPTIONS } from './intakeOptions';

type Answering = { respond?: string };

/**
 * Where and how the webhook answers. Given as functions beside the expressions, because n8n then
 * needs no isolate for a request: with lazy acquisition that is a quarter of the CPU time.
 */
const ANSWER_FIELDS = webhookDescriptionFields({
	path: fromParameter('path'),
	responseMode: fromFunction(({ respond }: Answering) =>
		respond === 'immediately' ? 'onReceived' : 'lastNode',
	),
	responseCode: fromFunction(({ respond }: Answering) => (respond === 'immediately' ? 202 : 200)),
	// Any text here would go out in place of what webhook() answers.
	responseData: fromFunction(({ respond }: Answering) =>
		respond === 'immediately' ? '' : 'firstEntryJson',
	),
});

/** The webhook of every signed trigger, on the path that its parameter names. */
export const SIGNED_WEBHOOK: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	isFullPath: true,
	...ANSWER_FIELDS,
};

/** The parameters every signed trigger shows. */
export function signedTriggerProperties(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: path,
			required: true,
			description: 'The last part of the address that the platform posts to',
		},
		{
			displayName: 'Respond',
			name: 'respond',
			type: 'options',
			default: 'whenFinished',
			options: [
				{
					name: 'When Finished',
					value: 'whenFinished',
					description:
						'Answers with the result. If this n8n stops half-way, the platform gets no answer and sends again: nothing is lost.',
				},
				{
					name: 'Immediately',
					value: 'immediately',
					description: 'Answers 202 as soon as the execution is saved, for work that takes long',
				},
			],
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: INTAKE_OPTIONS,
		},
	];
}
