import { DateTime } from 'luxon';

import { toUtcTimestamp } from '../../shared/contracts/fields';
import type { CrmTask } from '../../shared/vendors/crm/port';
import { type Reach, reachOf } from '../reach';
import type { Grade } from '../scoring/weights';
import { addBusinessTime, isOpen } from './businessHours';
import type { Schedule, Within } from './schedule';

export interface FollowUpRequest {
	grade: Grade;
	priority: CrmTask['priority'];
	/** As the score read it; words in the place of a phone number are not called. */
	contact: Reach;
	/** Missing consent is no consent. */
	consent?: boolean | null;
}

export interface FollowUp {
	/** UTC ISO 8601 with `Z`. */
	dueAt: string;
	/** `YYYY-MM-DD` in the schedule's time zone. */
	dueDate: string;
	/** For people, such as `Mon 23 Nov 2026, 09:05 (Asia/Manila)`. */
	dueLocal: string;
	kind: Extract<CrmTask['kind'], 'call' | 'email'>;
	priority: CrmTask['priority'];
	/** Without a name or anything that identifies the lead. */
	subject: string;
	/** How the time came about. */
	reason: string;
}

/** Why nobody is to follow up. */
export interface NoFollowUp {
	skipped: string;
}

/**
 * Who is to be called or written to, and by when: the grade's time, counted in business hours. The
 * schedule is one that `checkSchedule` finds nothing wrong with.
 */
export function planFollowUp(
	{ grade, priority, contact, consent }: FollowUpRequest,
	schedule: Schedule,
	now: Date,
): FollowUp | NoFollowUp {
	if (!consent) return { skipped: 'The lead gave no consent to be contacted' };
	const { email, phone } = reachOf(contact);
	if (!phone && !email) {
		return { skipped: 'The lead left neither a phone number nor an e-mail address that works' };
	}
	const within = schedule.within[grade];
	const kind = phone ? 'call' : 'email';
	const dueAt = toUtcTimestamp(new Date(addBusinessTime(schedule, now.getTime(), within)));
	const local = DateTime.fromISO(dueAt, { zone: schedule.timeZone, locale: 'en' });
	return {
		dueAt,
		dueDate: local.toFormat('yyyy-MM-dd'),
		dueLocal: `${local.toFormat('ccc d LLL yyyy, HH:mm')} (${schedule.timeZone})`,
		kind,
		priority,
		subject: `${kind === 'call' ? 'Call' : 'E-mail'} new ${grade} lead within ${inWords(within)}`,
		reason: reasonFor(grade, within, isOpen(schedule, now.getTime())),
	};
}

function reasonFor(grade: Grade, within: Within, wasOpen: boolean): string {
	if ('days' in within) return `Grade ${grade} is followed up within ${inWords(within)}.`;
	const rule = `Grade ${grade} is followed up within ${inWords(within)} of business hours.`;
	return wasOpen
		? rule
		: `${rule} The lead came while the agency was closed: the time runs from the next opening.`;
}

/** `5 minutes`, `1 hour`, `1 business day`. */
function inWords(within: Within): string {
	if ('days' in within) return counted(within.days, 'business day');
	const { minutes } = within;
	return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');
}

function counted(count: number, unit: string): string {
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
