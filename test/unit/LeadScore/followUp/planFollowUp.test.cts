import fc from 'fast-check';

import {
	type FollowUp,
	type FollowUpRequest,
	planFollowUp,
} from '../../../../nodes/LeadScore/followUp/planFollowUp';
import { DEFAULT_SCHEDULE, type Schedule } from '../../../../nodes/LeadScore/followUp/schedule';
import { isBusinessDay, openTime, wallClockOf } from './wallMinutes.cts';

const LEAD: FollowUpRequest = {
	grade: 'A',
	priority: 'high',
	contact: { email: 'ana@example.com', phone: '+639171234567' },
	consent: true,
};

function plan(now: string, lead: Partial<FollowUpRequest> = {}, schedule: Partial<Schedule> = {}) {
	const planned = planFollowUp(
		{ ...LEAD, ...lead },
		{ ...DEFAULT_SCHEDULE, ...schedule },
		new Date(now),
	);
	if ('skipped' in planned) throw new Error(planned.skipped);
	return planned;
}

/** New York: clocks go forward on Sunday 8 March 2026 at 02:00, and back on Sunday 1 November. */
const NEW_YORK = { timeZone: 'America/New_York', days: [1, 2, 3, 4, 5, 6, 7] };
/** Cairo: clocks go forward at midnight, so that Friday 24 April 2026 begins at 01:00. */
const CAIRO = { timeZone: 'Africa/Cairo', days: [1, 2, 3, 4, 5, 6, 7] };

describe('when a lead is followed up', () => {
	// Manila is eight hours ahead of UTC all year. 23 November 2026 is a Monday.
	it.each<[string, string, FollowUpRequest['grade'], string, Partial<Schedule>?]>([
		['in the morning', '2026-11-23T10:00+08:00', 'A', '2026-11-23T02:05:00Z'],
		['at the moment of opening', '2026-11-23T09:00+08:00', 'A', '2026-11-23T01:05:00Z'],
		['before opening', '2026-11-23T06:30+08:00', 'A', '2026-11-23T01:05:00Z'],
		['at the moment of closing', '2026-11-23T18:00+08:00', 'A', '2026-11-24T01:05:00Z'],
		['late in the evening', '2026-11-23T23:59+08:00', 'A', '2026-11-24T01:05:00Z'],
		['up to the very end of the day', '2026-11-23T17:55+08:00', 'A', '2026-11-23T10:00:00Z'],
		['over the end of the day', '2026-11-23T17:57:30+08:00', 'A', '2026-11-24T01:02:30Z'],
		['over a Sunday', '2026-11-28T17:30+08:00', 'B', '2026-11-30T01:30:00Z'],
		['on a Sunday', '2026-11-29T12:00+08:00', 'A', '2026-11-30T01:05:00Z'],
		[
			'over a holiday',
			'2026-11-27T17:58+08:00',
			'A',
			'2026-12-01T01:03:00Z',
			{ holidays: ['2026-11-28', '2026-11-30'] },
		],
		['a business day later', '2026-11-23T10:20+08:00', 'C', '2026-11-24T02:20:00Z'],
		['after the Sunday', '2026-11-28T10:20+08:00', 'C', '2026-11-30T02:20:00Z'],
		['the Monday after a Sunday', '2026-11-29T10:20+08:00', 'C', '2026-11-30T02:20:00Z'],
		['when it opens, not at night', '2026-11-23T03:00+08:00', 'C', '2026-11-24T01:00:00Z'],
		['before it closes, not at night', '2026-11-23T22:00+08:00', 'C', '2026-11-24T10:00:00Z'],
		['three business days later', '2026-11-26T15:00+08:00', 'D', '2026-11-30T07:00:00Z'],
		[
			'three business days later, none a holiday',
			'2026-11-26T15:00+08:00',
			'D',
			'2026-12-01T07:00:00Z',
			{ holidays: ['2026-11-27'] },
		],
		['in the summer of New York', '2026-07-06T09:00-04:00', 'B', '2026-07-06T14:00:00Z', NEW_YORK],
		['in its winter', '2026-12-07T09:00-05:00', 'B', '2026-12-07T15:00:00Z', NEW_YORK],
		[
			'over the hour that does not exist',
			'2026-03-08T01:30-05:00',
			'B',
			'2026-03-08T07:30:00Z',
			{ ...NEW_YORK, opens: '00:00', closes: '23:59' },
		],
		[
			'over the hour that comes twice',
			'2026-11-01T01:30-04:00',
			'B',
			'2026-11-01T06:30:00Z',
			{ ...NEW_YORK, opens: '00:00', closes: '23:59' },
		],
		[
			'from an opening in the hour that does not exist',
			'2026-03-08T00:00-05:00',
			'A',
			'2026-03-08T07:05:00Z',
			{ ...NEW_YORK, opens: '02:30' },
		],
		[
			'from an opening in the hour that comes twice, the first time',
			'2026-11-01T00:00-04:00',
			'A',
			'2026-11-01T05:35:00Z',
			{ ...NEW_YORK, opens: '01:30' },
		],
		[
			'at the same hour though the day has 23',
			'2026-03-07T12:00-05:00',
			'C',
			'2026-03-08T16:00:00Z',
			NEW_YORK,
		],
		[
			'on a day without midnight',
			'2026-04-23T23:00+02:00',
			'A',
			'2026-04-23T22:05:00Z',
			{ ...CAIRO, opens: '00:30', closes: '22:00' },
		],
	])('is %s', (_when, now, grade, dueAt, ...[schedule]) => {
		expect(plan(now, { grade }, schedule).dueAt).toBe(dueAt);
	});

	it('is told as people of the agency read it', () => {
		expect(plan('2026-11-22T16:30:00Z')).toEqual({
			dueAt: '2026-11-23T01:05:00Z',
			dueDate: '2026-11-23',
			dueLocal: 'Mon 23 Nov 2026, 09:05 (Asia/Manila)',
			kind: 'call',
			priority: 'high',
			subject: 'Call new A lead within 5 minutes',
			reason:
				'Grade A is followed up within 5 minutes of business hours. The lead came while the agency was closed: the time runs from the next opening.',
		});
	});

	it('is on the day of the agency, where that is another one in UTC', () => {
		const { dueAt, dueDate, dueLocal } = plan('2026-11-24T01:00:00Z', {}, NEW_YORK);
		expect({ dueAt, dueDate, dueLocal }).toEqual({
			dueAt: '2026-11-24T14:05:00Z',
			dueDate: '2026-11-24',
			dueLocal: 'Tue 24 Nov 2026, 09:05 (America/New_York)',
		});
		const evening = plan('2026-11-24T02:30:00Z', {}, { ...NEW_YORK, closes: '23:00' });
		expect(evening).toMatchObject({ dueAt: '2026-11-24T02:35:00Z', dueDate: '2026-11-23' });
	});

	it.each<[FollowUpRequest['grade'], FollowUpRequest['contact'], string]>([
		['A', { phone: '+639171234567' }, 'Call new A lead within 5 minutes'],
		['B', { email: 'ana@example.com' }, 'E-mail new B lead within 1 hour'],
		['C', LEAD.contact, 'Call new C lead within 1 business day'],
		['D', { email: 'ana@example.com' }, 'E-mail new D lead within 3 business days'],
	])('has a subject that fits grade %s and %p', (grade, contact, subject) => {
		expect(plan('2026-11-23T10:00+08:00', { grade, contact }).subject).toBe(subject);
	});

	it.each([
		[{ minutes: 1 }, 'within 1 minute'],
		[{ minutes: 90 }, 'within 90 minutes'],
		[{ minutes: 120 }, 'within 2 hours'],
		[{ days: 2 }, 'within 2 business days'],
	])('says %p as %s', (A, words) => {
		const within = { ...DEFAULT_SCHEDULE.within, A };
		expect(plan('2026-11-23T10:00+08:00', {}, { within }).subject).toBe(`Call new A lead ${words}`);
	});

	it('does not say that the agency was closed where it was open', () => {
		expect(plan('2026-11-23T09:00+08:00').reason).toBe(
			'Grade A is followed up within 5 minutes of business hours.',
		);
		expect(plan('2026-11-23T18:00+08:00').reason).toContain('closed');
	});

	it('carries nothing by which the lead could be known', () => {
		expect(JSON.stringify(plan('2026-11-23T10:00+08:00'))).not.toMatch(/ana|@|9171234567/);
	});
});

describe('a lead that is not followed up', () => {
	const contact = LEAD.contact;

	it.each<[string, Partial<FollowUpRequest>, string]>([
		['said no', { consent: false }, 'The lead gave no consent to be contacted'],
		['was not asked', { consent: undefined }, 'The lead gave no consent to be contacted'],
		['has no answer on record', { consent: null }, 'The lead gave no consent to be contacted'],
		[
			'cannot be reached',
			{ contact: {} },
			'The lead left neither a phone number nor an e-mail address that works',
		],
		[
			'left words for a phone number',
			{ contact: { phone: 'call me' } },
			'The lead left neither a phone number nor an e-mail address that works',
		],
		[
			'left empty fields',
			{ contact: { email: '', phone: '' } },
			'The lead left neither a phone number nor an e-mail address that works',
		],
	])('%s', (_why, lead, skipped) => {
		expect(planFollowUp({ ...LEAD, ...lead }, DEFAULT_SCHEDULE, new Date())).toEqual({ skipped });
	});

	it('may still be reached by either of the two', () => {
		const now = '2026-11-23T10:00+08:00';
		expect(plan(now, { contact: { email: contact.email! } }).kind).toBe('email');
		expect(plan(now, { contact: { phone: contact.phone! } }).kind).toBe('call');
		expect(plan(now, { contact: { email: contact.email!, phone: 'call me' } }).kind).toBe('email');
	});
});

describe('whatever the hours, the zone and the moment', () => {
	/** Zones with daylight saving of an hour, of half an hour, at midnight, with odd offsets, and without. */
	const zones = fc.constantFrom(
		'Asia/Manila',
		'America/New_York',
		'Europe/London',
		'Australia/Lord_Howe',
		'Africa/Cairo',
		'Asia/Beirut',
		'America/St_Johns',
		'Asia/Kathmandu',
		'Pacific/Chatham',
		'America/Havana',
	);
	/** The Sundays, and Fridays, around which clocks change in those zones; and any day. */
	const days = fc.oneof(
		...['2026-03-08', '2026-03-29', '2026-04-05', '2026-04-24', '2026-10-25', '2026-11-01'].map(
			(day) =>
				fc.integer({ min: -36 * 3600, max: 36 * 3600 }).map((s) => Date.parse(day) + s * 1000),
		),
		fc
			.integer({ min: Date.parse('2026-01-01') / 1000, max: Date.parse('2027-12-31') / 1000 })
			.map((seconds) => seconds * 1000),
	);
	const quarter = (index: number) =>
		`${String(Math.floor(index / 4)).padStart(2, '0')}:${String((index % 4) * 15).padStart(2, '0')}`;
	const hours = fc
		.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 2, maxLength: 2 })
		.map((pair) => pair.sort((a, b) => a - b).map(quarter) as [string, string]);
	const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 3 });
	const scheduleOf = (within: Schedule['within']['A']) =>
		fc
			.record({ zone: zones, hours, weekdays, holidays: fc.integer({ min: -1, max: 3 }) })
			.chain(({ zone, hours: [opens, closes], weekdays: open, holidays }) =>
				days.map((now) => ({
					now,
					schedule: {
						timeZone: zone,
						days: open,
						opens,
						closes,
						holidays:
							holidays < 0
								? []
								: [new Date(now + holidays * 86_400_000).toISOString().slice(0, 10)],
						within: { ...DEFAULT_SCHEDULE.within, A: within },
					} satisfies Schedule,
				})),
			);

	const planAt = (schedule: Schedule, now: number) =>
		Date.parse((planFollowUp(LEAD, schedule, new Date(now)) as FollowUp).dueAt);

	it('the minutes are counted while the agency is open, and it is open at the end', () => {
		fc.assert(
			fc.property(
				fc
					.integer({ min: 1, max: 90 })
					.chain((minutes) => scheduleOf({ minutes }).map((drawn) => ({ ...drawn, minutes }))),
				({ schedule, now, minutes }) => {
					const due = planAt(schedule, now);
					expect(due).toBeGreaterThan(now);
					expect(openTime(schedule, now, due)).toBe(minutes * 60_000);
					expect(openTime(schedule, due - 1000, due)).toBe(1000);
				},
			),
			{ numRuns: 150 },
		);
	}, 60_000);

	it('the days are business days, at the hour of the lead or the nearest that is open', () => {
		fc.assert(
			fc.property(
				fc
					.integer({ min: 1, max: 6 })
					.chain((count) => scheduleOf({ days: count }).map((drawn) => ({ ...drawn, count }))),
				({ schedule: drawn, now, count }) => {
					// By day, when no clock changes.
					const schedule = { ...drawn, opens: '08:15', closes: '19:45' };
					const due = planAt(schedule, now);
					const wallClock = wallClockOf(schedule.timeZone);
					const [came, comes] = [wallClock(now), wallClock(due)];
					const dates = new Set<string>();
					for (let moment = now; moment <= due; moment += 3_600_000) {
						const wall = wallClock(moment);
						if (wall.date > came.date && isBusinessDay(schedule, wall)) dates.add(wall.date);
					}
					if (isBusinessDay(schedule, comes)) dates.add(comes.date);
					expect(dates.size).toBe(count);
					expect(dates).toContain(comes.date);
					const expected =
						came.time < '08:15' ? '08:15' : came.time > '19:45' ? '19:45' : came.time;
					expect(comes.time).toBe(expected);
				},
			),
			{ numRuns: 150 },
		);
	}, 60_000);
});
