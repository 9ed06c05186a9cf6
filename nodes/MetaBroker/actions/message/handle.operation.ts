import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readRetryWaits } from '../../../shared/n8n/retryMinutes';
import { courseOf } from '../../handling/course';
import { knownFrom } from '../../handling/known';
import { messageText } from '../../handling/messageText';
import { propertyViewed } from '../../handling/propertyViewed';
import { sessionChangeOf } from '../../handling/sessionChange';
import { eventField, readTakenEvent } from '../eventField.description';
import {
	fallbackText,
	HANDLING_OPTIONS,
	onlyText,
	orElse,
	readHandling,
} from '../handling.description';
import { settleTaken } from '../../handling/settleTaken';
import { SENDING_OPTIONS } from '../sending.description';
import {
	answerPerson,
	ask,
	asLastLine,
	profileName,
	showTyping,
	type Sending,
	type Work,
} from '../talk.operation';
import { readUnderstanding, UNDERSTANDING_OPTIONS } from '../understanding.description';

const displayOptions = { show: { resource: ['message'], operation: ['handle'] } };

const description: INodeProperties[] = [
	{ ...eventField, displayOptions },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [...HANDLING_OPTIONS, ...SENDING_OPTIONS, ...UNDERSTANDING_OPTIONS].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	},
];

/**
 * Understands a message, asks the platform, and sends its reply. Where the platform cannot answer,
 * the person gets one line to wait, and the item fails with the statement that brings it back later.
 */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const startedAt = Date.now();
	const work: Work = { context, itemIndex, run, trail };
	const taken = readTakenEvent(context, itemIndex);
	const options = readHandling(context, itemIndex);
	const { event, session } = taken;
	const { progress, statements } = settleTaken(taken, trail, readRetryWaits(context, itemIndex));

	const understand = readUnderstanding(context, itemIndex);
	const understanding = understand(messageText(event), new Date(event.at));
	const course = courseOf(taken, understanding);
	progress.change = sessionChangeOf(event, understanding, course, options.pauseHours);

	const sending = await converse();
	const { outcome } = sending;
	return {
		eventId: event.id,
		conversation: event.conversation,
		...sending,
		intents: understanding.intents as unknown as IDataObject[],
		language: understanding.language.code,
		durationMs: Date.now() - startedAt,
		correlationId: trail.correlationId,
		...statements(outcome),
	};

	async function converse(): Promise<Omit<Sending, 'outcome'> & { outcome: string }> {
		if (course.course === 'note') return { outcome: 'noted', messages: 0 };
		const isAnswered = course.course !== 'silence';
		const known = knownFrom([...session.learned, understanding]);
		const lastPropertyViewed = propertyViewed(event) ?? session.lastPropertyViewed;
		// Asked for once: when the person becomes a lead.
		const isNewLead = understanding.contact.email ?? understanding.contact.phone;
		const name = isNewLead && options.withExtraFields ? await profileName(work, taken) : undefined;
		const said = {
			event,
			understanding,
			session: { ...session, lastPropertyViewed },
			known,
			...(name !== undefined && { name }),
		};
		const isTyping = isAnswered && options.typing && event.userId;
		const [asked] = await Promise.all([
			ask(work, said, options.withExtraFields),
			isTyping ? showTyping(work, taken) : undefined,
		]);
		if (!asked.ok) {
			if (isAnswered && asked.error.isPassing && session.heldSince === null) await holdOn();
			throw asked.error;
		}
		progress.change = { ...progress.change, held: false };
		if (course.course === 'silence') return { outcome: course.because, messages: 0 };
		const reply =
			course.course === 'goodbye'
				? onlyText(options.optOutText)
				: orElse(asked.reply, fallbackText(course, options));
		const sent = await answerPerson(work, taken, { reply }, options, progress);
		return course.course === 'goodbye' ? asLastLine(sent) : sent;
	}

	/** Once for all messages that wait for the platform. */
	async function holdOn(): Promise<void> {
		const reply = onlyText(options.holdingText);
		await answerPerson(work, taken, { reply, kind: 'holding' }, options, progress);
		progress.change = { ...progress.change, held: true };
	}
};

export const handle: Operation = {
	resource: 'message',
	operation: 'handle',
	description,
	execute,
};
