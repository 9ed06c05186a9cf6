import { type IExecuteFunctions, type INodeProperties, NodeOperationError } from 'n8n-workflow';

import { channelReply } from '../../../shared/contracts/channelMessage';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { readRetryWaits } from '../../../shared/n8n/retryMinutes';
import { type Course, courseOf } from '../../handling/course';
import { sessionChangeOf } from '../../handling/sessionChange';
import type { TakenEvent } from '../../inbox/takenEvent';
import { understandingContract } from '../../understanding/understandingContract';
import { eventField, readTakenEvent } from '../eventField.description';
import {
	fallbackText,
	HANDLING_OPTIONS,
	onlyText,
	orElse,
	readHandling,
} from '../handling.description';
import { SENDING_OPTIONS } from '../sending.description';
import { settleTaken } from '../../handling/settleTaken';
import { type Answer, answerPerson, asLastLine, showTyping, type Work } from '../talk.operation';

const displayOptions = { show: { resource: ['reply'], operation: ['send'] } };
const OF_THE_WHOLE = ['withExtraFields', 'holdingText'];

const description: INodeProperties[] = [
	{
		...eventField,
		description: 'The input field that holds the event that is answered',
		displayOptions,
	},
	{
		displayName: 'Reply Field',
		name: 'replyField',
		type: 'string',
		default: 'reply',
		required: true,
		description:
			'The input field that holds the reply: what the platform answered, or simply a text',
		displayOptions,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			{
				displayName: 'Written by a Person',
				name: 'isFromHuman',
				type: 'boolean',
				default: false,
				description:
					'Whether a person of the team wrote the reply. Meta then takes it for 7 days, where it has given the app the Human Agent feature; automatic replies are taken for 24 hours.',
			} satisfies INodeProperties,
			...HANDLING_OPTIONS.filter(({ name }) => !OF_THE_WHOLE.includes(name)),
			...SENDING_OPTIONS,
		].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	},
];

/** Sends a reply to a person, in as many messages as it needs, each once. */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const work: Work = { context, itemIndex, run, trail };
	const taken = readTakenEvent(context, itemIndex);
	const { event } = taken;
	const options = readHandling(context, itemIndex);
	const { isFromHuman = false } = context.getNodeParameter('options', itemIndex) as {
		isFromHuman?: boolean;
	};
	const { progress, statements } = settleTaken(taken, trail, readRetryWaits(context, itemIndex));
	const course = readCourse(context, itemIndex, taken);
	progress.change = { ...course.change(options.pauseHours), held: false };

	const { course: kind } = course;
	const sending =
		!isFromHuman && (kind.course === 'silence' || kind.course === 'note')
			? { outcome: kind.course === 'silence' ? kind.because : 'noted', messages: 0 }
			: await answer();
	return {
		eventId: event.id,
		conversation: event.conversation,
		...sending,
		correlationId: trail.correlationId,
		...statements(sending.outcome),
	};

	async function answer() {
		if (options.typing && event.userId) await showTyping(work, taken);
		const isLast = kind.course === 'goodbye' && !isFromHuman;
		const reply = isLast
			? onlyText(options.optOutText)
			: readReplyField(context, itemIndex, fallbackText(kind, options));
		const sent = await answerPerson(work, taken, { reply, isFromHuman }, options, progress);
		return isLast ? asLastLine(sent) : sent;
	}
};

/** By what Understand Message found; without it, the reply simply goes out. */
function readCourse(context: IExecuteFunctions, itemIndex: number, taken: TakenEvent) {
	const { understanding: given } = context.getInputData()[itemIndex]!.json;
	if (given === undefined) {
		const course: Course = { course: 'answer', handsOver: false, optsIn: false };
		return { course, change: () => ({}) };
	}
	const what = 'understanding of the message';
	const understanding = readContract(context, itemIndex, understandingContract, given, what);
	const course = courseOf(taken, understanding);
	return {
		course,
		change: (pauseHours: number) => sessionChangeOf(taken.event, understanding, course, pauseHours),
	};
}

function readReplyField(
	context: IExecuteFunctions,
	itemIndex: number,
	fallback: string,
): Answer['reply'] {
	const field = context.getNodeParameter('replyField', itemIndex) as string;
	const given = context.getInputData()[itemIndex]!.json[field];
	if (typeof given === 'string' && given.trim() !== '') return onlyText(given);
	if (typeof given === 'object' && given !== null) {
		const reply = readContract(context, itemIndex, channelReply, given, 'reply');
		return orElse(reply, fallback);
	}
	throw new NodeOperationError(context.getNode(), `The item has no reply in "${field}"`, {
		itemIndex,
		description: 'Connect Ask Platform, or put a text into the field that Reply Field names.',
	});
}

export const send: Operation = { resource: 'reply', operation: 'send', description, execute };
