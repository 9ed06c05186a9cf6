/** Schedule Follow-Up on n8n's engine: when to answer, in whose time. */
import type { IDataObject } from 'n8n-workflow';

import {
	JOHN,
	leadScore,
	type LeadSurroundings,
	MARIA,
	startLeadSurroundings,
} from './leadSurroundings.cts';

let around: LeadSurroundings;
beforeAll(async () => {
	around = await startLeadSurroundings();
});
afterAll(async () => await around.close());

const ALWAYS = { opens: '00:00', closes: '23:59', days: [1, 2, 3, 4, 5, 6, 7] };

async function planFor(event: object, parameters = {}): Promise<IDataObject> {
	const steps = [leadScore('score'), leadScore('schedule', parameters)];
	const { outputs, error } = await around.run(steps, [{ event: event as IDataObject }]);
	if (error) throw error;
	return outputs[0]![0]!.json.followUp as IDataObject;
}

/** The wall clock of a time zone, by the runtime's own rules and not by ours. */
function wallClock(moment: unknown, timeZone: string) {
	const format = new Intl.DateTimeFormat('en-GB', {
		timeZone,
		weekday: 'short',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	});
	const parts = format.formatToParts(new Date(String(moment)));
	const part = (type: string) => parts.find((each) => each.type === type)!.value;
	return { weekday: part('weekday'), time: `${part('hour')}:${part('minute')}` };
}

describe('Schedule Follow-Up', () => {
	it('has the best leads called within five minutes while the agency is open', async () => {
		const before = Date.now();
		const plan = await planFor(MARIA, { timeZone: 'UTC', businessHours: ALWAYS });
		expect(plan).toMatchObject({
			kind: 'call',
			priority: 'high',
			subject: 'Call new A lead within 5 minutes',
		});
		// A minute before midnight is closed: then it is the next day's fifth minute.
		const waited = Date.parse(String(plan.dueAt)) - before;
		expect(waited).toBeGreaterThan(4 * 60_000);
		expect(waited).toBeLessThan(7 * 60_000);
	});

	it.each([['Asia/Manila'], ['America/New_York'], ['Asia/Kathmandu']])(
		'keeps to the business hours of %s',
		async (timeZone) => {
			const businessHours = { opens: '10:30', closes: '11:00', days: [2, 4] };
			const plan = await planFor(MARIA, { timeZone, businessHours });
			const { weekday, time } = wallClock(plan.dueAt, timeZone);
			expect(['Tue', 'Thu']).toContain(weekday);
			expect(time >= '10:30' && time <= '11:00').toBe(true);
			expect(plan.dueLocal).toContain(`${time} (${timeZone})`);
		},
	);

	it('passes over the holidays', async () => {
		const businessHours = { ...ALWAYS, opens: '09:00', closes: '09:30' };
		const parameters = (holidays: string) => ({
			timeZone: 'UTC',
			businessHours: { ...businessHours, holidays },
		});
		const { dueDate } = await planFor(MARIA, parameters(''));
		const plan = await planFor(MARIA, parameters(` ${String(dueDate)} `));
		const dayMs = 24 * 60 * 60_000;
		expect(Date.parse(String(plan.dueDate)) - Date.parse(String(dueDate))).toBe(dayMs);
	});

	it('has people without a phone number written to', async () => {
		const { phone: _, ...lead } = MARIA;
		expect(await planFor(lead)).toMatchObject({
			kind: 'email',
			subject: expect.stringMatching(/^E-mail new \w lead within/),
		});
	});

	it.each<[string, object, string]>([
		['consent refused', { consent: false }, 'The lead gave no consent to be contacted'],
		['consent not given', { consent: null }, 'The lead gave no consent to be contacted'],
		[
			'nothing to reach them by',
			{ email: 'nobody at home', phone: '' },
			'The lead left neither a phone number nor an e-mail address that works',
		],
	])('plans nothing with %s, and says why', async (_what, change, skipped) => {
		expect(await planFor({ ...JOHN, ...change })).toEqual({ skipped });
	});

	it('needs a score on the item', async () => {
		const { error } = await around.run([leadScore('schedule')], [{ event: JOHN }]);
		expect(error).toMatchObject({
			message: 'The score in "scoring" does not keep to its contract',
			context: { itemIndex: 0 },
		});
	});
});

describe('a schedule that makes no sense', () => {
	it.each<[string, object, string]>([
		['time zone', { timeZone: 'Manila/Asia' }, 'Time Zone: "Manila/Asia" is not known'],
		['opening', { businessHours: { opens: '9 am' } }, 'Opens: "9 am" is not a time'],
		['closing', { businessHours: { closes: '08:00' } }, 'Closes: 08:00 must be later than Opens'],
		['week', { businessHours: { days: [] } }, 'Days: choose at least one'],
		['holiday', { businessHours: { holidays: 'Rizal Day' } }, 'Holidays: "Rizal Day"'],
	])('is refused by the name of its parameter: %s', async (_what, parameters, says) => {
		const steps = [leadScore('score'), leadScore('schedule', parameters as IDataObject as never)];
		const { error } = await around.run(steps, [{ event: JOHN }]);
		expect(error).toMatchObject({
			message: 'The business hours make no sense',
			description: expect.stringContaining(says),
			context: { itemIndex: 0 },
		});
	});
});
