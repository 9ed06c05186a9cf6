import { checkSchedule, isOpen } from '../../../../nodes/LeadScore/followUp/businessHours';
import { DEFAULT_SCHEDULE, type Schedule } from '../../../../nodes/LeadScore/followUp/schedule';

const { within } = DEFAULT_SCHEDULE;

function problems(schedule: Partial<Schedule>): string[] {
	return checkSchedule({ ...DEFAULT_SCHEDULE, ...schedule });
}

describe('a schedule', () => {
	it('is sound as it comes', () => {
		expect(problems({})).toEqual([]);
	});

	it.each<[string, Partial<Schedule>]>([
		['every day of the year', { days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '23:59' }],
		['one minute on Mondays', { days: [1], opens: '09:00', closes: '09:01' }],
		['a leap day off', { holidays: ['2028-02-29'] }],
		['an odd offset', { timeZone: 'Asia/Kathmandu' }],
	])('may have %s', (_what, schedule) => {
		expect(problems(schedule)).toEqual([]);
	});

	it.each<[string, Partial<Schedule>, string]>([
		[
			'a time zone nobody knows',
			{ timeZone: 'Asia/Manilla' },
			'Time Zone: "Asia/Manilla" is not known; write one such as Asia/Manila',
		],
		['no time zone', { timeZone: '' }, 'Time Zone: "" is not known; write one such as Asia/Manila'],
		['no day', { days: [] }, 'Days: choose at least one'],
		['an eighth day', { days: [1, 8] }, 'Days: must be numbers from 1 (Monday) to 7 (Sunday)'],
		[
			'a Sunday as JavaScript counts',
			{ days: [0] },
			'Days: must be numbers from 1 (Monday) to 7 (Sunday)',
		],
		['an hour without minutes', { opens: '9' }, 'Opens: "9" is not a time such as 09:00'],
		['an hour of one digit', { opens: '9:00' }, 'Opens: "9:00" is not a time such as 09:00'],
		['a 24th hour', { closes: '24:00' }, 'Closes: "24:00" is not a time such as 18:00'],
		['a 60th minute', { closes: '18:60' }, 'Closes: "18:60" is not a time such as 18:00'],
		[
			'hours over midnight',
			{ opens: '22:00', closes: '06:00' },
			'Closes: 06:00 must be later than Opens (22:00); hours over midnight are not supported',
		],
		[
			'no time between',
			{ opens: '09:00', closes: '09:00' },
			'Closes: 09:00 must be later than Opens (09:00); hours over midnight are not supported',
		],
		[
			'a day that does not exist',
			{ holidays: ['2026-12-25', '2026-02-30'] },
			'Holidays: "2026-02-30" is not a date such as 2026-12-25',
		],
		[
			'a date of another form',
			{ holidays: ['25/12/2026'] },
			'Holidays: "25/12/2026" is not a date such as 2026-12-25',
		],
		[
			'no time at all for a grade',
			{ within: { ...within, A: { minutes: 0 } } },
			'Within: grade A must have 1 to 10080 minutes or 1 to 90 days',
		],
		[
			'half a day for a grade',
			{ within: { ...within, D: { days: 0.5 } } },
			'Within: grade D must have 1 to 10080 minutes or 1 to 90 days',
		],
		[
			'a year for a grade',
			{ within: { ...within, B: { minutes: 525_600 } } },
			'Within: grade B must have 1 to 10080 minutes or 1 to 90 days',
		],
	])('cannot have %s', (_what, schedule, problem) => {
		expect(problems(schedule)).toEqual([problem]);
	});

	it('has everything named that is wrong with it', () => {
		const all = problems({ timeZone: 'Mars', days: [], opens: 'early', holidays: ['Christmas'] });
		expect(all.map((problem) => problem.split(':')[0])).toEqual([
			'Time Zone',
			'Days',
			'Opens',
			'Holidays',
		]);
	});
});

describe('the agency', () => {
	it.each<[string, string, boolean]>([
		['is open from its first moment', '2026-11-23T09:00:00+08:00', true],
		['is closed a second before', '2026-11-23T08:59:59+08:00', false],
		['is open until its last second', '2026-11-23T17:59:59+08:00', true],
		['is closed from then on', '2026-11-23T18:00:00+08:00', false],
		['is closed on a Sunday', '2026-11-22T12:00:00+08:00', false],
		['is closed on a holiday', '2026-12-25T12:00:00+08:00', false],
	])('%s', (_what, moment, open) => {
		const schedule = { ...DEFAULT_SCHEDULE, holidays: ['2026-12-25'] };
		expect(isOpen(schedule, Date.parse(moment))).toBe(open);
	});
});
