import type { ChannelEvent } from '../../../../nodes/MetaBroker/events/channelEvent';
import { type Course, courseOf } from '../../../../nodes/MetaBroker/handling/course';
import { sessionChangeOf } from '../../../../nodes/MetaBroker/handling/sessionChange';
import type { Automation, Session } from '../../../../nodes/MetaBroker/inbox/session';
import { message } from './samples.cts';

const course = (
	intents: string[],
	session: Partial<Session> = {},
	event: Partial<ChannelEvent> = {},
	tries: { attempt: number; failures: number } = { attempt: 1, failures: 0 },
) =>
	courseOf(
		{
			event: message(event),
			...tries,
			session: {
				previousMessages: 0,
				lastPropertyViewed: null,
				learned: [],
				automation: 'on',
				pausedBy: null,
				heldSince: null,
				...session,
			},
		},
		{ intents: intents.map((name) => ({ name, confidence: 1 })) },
	);

const ANSWER = { course: 'answer', handsOver: false, optsIn: false };
const OPTED_OUT = { course: 'silence', because: 'opted_out' };
const HANDED_OVER = { course: 'silence', because: 'handed_over' };

describe('the course of a message', () => {
	it.each<[Automation, string, object]>([
		['on', 'property_search', ANSWER],
		['on', 'unknown', ANSWER],
		['on', 'opt_in', ANSWER],
		['on', 'human_agent', { ...ANSWER, handsOver: true }],
		['on', 'opt_out', { course: 'goodbye' }],
		['on', 'data_deletion', { course: 'forget' }],
		['opted_out', 'property_search', OPTED_OUT],
		['opted_out', 'human_agent', OPTED_OUT],
		['opted_out', 'opt_out', OPTED_OUT],
		['opted_out', 'opt_in', { ...ANSWER, optsIn: true }],
		['handed_over', 'property_search', HANDED_OVER],
		['handed_over', 'human_agent', HANDED_OVER],
		['handed_over', 'opt_in', HANDED_OVER],
		['handed_over', 'opt_out', { course: 'goodbye' }],
		['handed_over', 'data_deletion', { course: 'forget' }],
	])('%s, wanting %s', (automation, intent, expected) => {
		expect(course([intent], { automation })).toEqual(expected);
	});

	it.each<Automation>(['on', 'opted_out', 'handed_over'])(
		'is a note where nothing was said: %s',
		(automation) => {
			expect(course(['unknown'], { automation }, { kind: 'referral' })).toEqual({ course: 'note' });
		},
	);

	it('says goodbye to whoever wants that among other things', () => {
		expect(course(['property_search', 'opt_out', 'human_agent'])).toEqual({ course: 'goodbye' });
	});

	it.each<[string, number, number, string | null, 'facebook' | 'instagram', object]>([
		['the answer on Instagram may be our own of before', 2, 0, 'm_x', 'instagram', ANSWER],
		['the first attempt has sent nothing before', 1, 0, 'm_x', 'instagram', HANDED_OVER],
		['an attempt that failed has sent nothing either', 3, 2, 'm_x', 'instagram', HANDED_OVER],
		['Messenger says who sent it', 2, 0, 'm_x', 'facebook', HANDED_OVER],
		['another app took it over', 2, 0, null, 'instagram', HANDED_OVER],
	])('%s', (_why, attempt, failures, pausedBy, channel, expected) => {
		const session = { automation: 'handed_over', pausedBy } as const;
		expect(course(['greeting'], session, { channel }, { attempt, failures })).toEqual(expected);
	});
});

describe('what a message changes', () => {
	const nothing = { slots: {}, contact: {} };
	const change = (given: Course, pauseHours = 12) =>
		sessionChangeOf(message(), nothing, given, pauseHours);

	it.each<[Course, object]>([
		[{ course: 'note' }, {}],
		[{ course: 'silence', because: 'opted_out' }, {}],
		[{ course: 'goodbye' }, { automation: 'opted_out' }],
		[{ course: 'forget' }, { forget: true }],
		[{ course: 'answer', handsOver: false, optsIn: false }, {}],
		[{ course: 'answer', handsOver: false, optsIn: true }, { automation: 'on' }],
		[
			{ course: 'answer', handsOver: true, optsIn: false },
			{ automation: 'handed_over', automationHours: 12 },
		],
	])('on the course %j is %j', (given, expected) => {
		expect(change(given)).toEqual(expected);
	});

	it('is no hand-over of 0 hours', () => {
		expect(change({ course: 'answer', handsOver: true, optsIn: false }, 0)).toEqual({});
	});

	it('is what it says, and what it is about', () => {
		const said = { slots: { places: ['Makati'] }, contact: { email: 'a@example.com' } };
		const event = message({ mid: 'm_1', payload: 'property:p-1' });
		expect(sessionChangeOf(event, said, { course: 'note' }, 12)).toEqual({
			lastPropertyViewed: 'p-1',
			learned: { mid: 'm_1', ...said },
		});
	});

	it('of somebody who is to be forgotten is nothing else', () => {
		const said = { slots: {}, contact: { email: 'a@example.com' } };
		expect(sessionChangeOf(message({ mid: 'm_1' }), said, { course: 'forget' }, 12)).toEqual({
			forget: true,
		});
	});
});
