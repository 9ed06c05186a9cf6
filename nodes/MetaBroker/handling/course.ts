import { mayHaveSent, type TakenEvent } from '../inbox/takenEvent';
import type { Understanding } from '../understanding/understanding';

/**
 * What to do with an event.
 *   note      nothing was said: the session remembers it, and nobody is asked
 *   silence   the platform is told, and the person gets no automatic answer
 *   goodbye   the person wants no more answers: the platform is told, and a last line confirms it
 *   forget    the person wants to be forgotten: the platform is told, and its reply goes out
 *   answer    the platform is asked, and its reply goes out
 */
export type Course =
	| { course: 'note' }
	| { course: 'silence'; because: 'opted_out' | 'handed_over' }
	| { course: 'goodbye' }
	| { course: 'forget' }
	| { course: 'answer'; handsOver: boolean; optsIn: boolean };

/**
 * Decides by the state of the conversation and by what the message wants. What seems to be an answer
 * of somebody else may be our own of an earlier attempt, because Instagram does not say who sent a
 * message: then the work goes on, and finds it.
 */
export function courseOf(
	taken: Pick<TakenEvent, 'event' | 'session' | 'attempt' | 'failures'>,
	{ intents }: Pick<Understanding, 'intents'>,
): Course {
	const { event, session } = taken;
	const { automation, pausedBy } = session;
	if (event.kind === 'referral') return { course: 'note' };
	const wants = (name: string) => intents.some((intent) => intent.name === name);
	const optsIn = automation === 'opted_out' && wants('opt_in');
	if (automation === 'opted_out' && !optsIn) return { course: 'silence', because: 'opted_out' };
	if (wants('opt_out')) return { course: 'goodbye' };
	if (wants('data_deletion')) return { course: 'forget' };
	const mayBeOurs = mayHaveSent(taken) && pausedBy !== null && event.channel === 'instagram';
	if (automation === 'handed_over' && !mayBeOurs)
		return { course: 'silence', because: 'handed_over' };
	return { course: 'answer', handsOver: wants('human_agent'), optsIn };
}
