import type { ChannelEvent } from '../events/channelEvent';
import type { SessionChange } from '../inbox/session';
import type { Understanding } from '../understanding/understanding';
import type { Course } from './course';
import { learnedFrom } from './known';
import { propertyViewed } from './propertyViewed';

/**
 * What an event changes in its conversation: the property it is about, what it says of the person,
 * and who answers from now on. A person who asked for one has `pauseHours` without automatic answers.
 */
export function sessionChangeOf(
	event: ChannelEvent,
	understanding: Pick<Understanding, 'slots' | 'contact'>,
	course: Course,
	pauseHours: number,
): SessionChange {
	if (course.course === 'forget') return { forget: true };
	const viewed = propertyViewed(event);
	const learned = learnedFrom(event.mid, understanding);
	return {
		...(viewed !== undefined && { lastPropertyViewed: viewed }),
		...(learned && { learned }),
		...automationOf(course, pauseHours),
	};
}

function automationOf(
	course: Course,
	pauseHours: number,
): Pick<SessionChange, 'automation' | 'automationHours'> {
	if (course.course === 'goodbye') return { automation: 'opted_out' };
	if (course.course !== 'answer') return {};
	if (course.handsOver && pauseHours > 0) {
		return { automation: 'handed_over', automationHours: pauseHours };
	}
	return course.optsIn ? { automation: 'on' } : {};
}
