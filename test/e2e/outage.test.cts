/** The platform is gone in the middle of all five flows: for a while, and for too long. */
import { setTimeout as wait } from 'node:timers/promises';

import { until } from '../integration/platform/until.cts';
import {
	alertsAboutLetters,
	deadLetters,
	endWaitsOfAlerts,
	letters,
	lettersOf,
	mailsAboutLetters,
	parkForNobody,
	replayAll,
	unfinished,
} from './deadLetters.cts';
import { ALL_COMPANIES, expectAllHome, goOutAmidWork } from './outages.cts';
import { endWorld, heal, startWorld, world } from './world.cts';

/** Waits of minutes take seconds. */
const MINUTE_MS = 1_000;

const FLOWS = [
	'campaign-dispatch',
	'lead-score',
	'meta-broker',
	'metrics-rollup',
	'property-enrichment',
];

const onceEach = (flows: readonly string[]) => Object.fromEntries(flows.map((flow) => [flow, 1]));

jest.setTimeout(180_000);

beforeAll(async () => {
	await startWorld({
		// Each minute's schedules every two seconds, and those of five minutes every eight.
		scheduleSpeed: 40,
		edits: {
			'metrics-rollup.json': ALL_COMPANIES,
			'health-monitor.json': { 'Evaluate Health': { thresholds: { calmMinutes: 0.1 } } },
		},
	});
}, 240_000);
afterAll(endWorld, 60_000);

beforeEach(heal);

describe('the platform is down for twenty minutes in the middle of all five flows', () => {
	it('everything arrives, exactly once, and there never was a dead letter', async () => {
		const units = await goOutAmidWork();
		await wait(20 * MINUTE_MS);
		const waiting = (await letters()).map(({ kind }) => kind);
		expect(waiting).toEqual(expect.arrayContaining(['callback', 'rollup']));

		world().platform.comeBack();
		await expectAllHome(units);
		await until(async () => (await letters()).every(({ state }) => state === 'delivered'), 20_000);
		expect(await alertsAboutLetters()).toEqual([]);
		expect(mailsAboutLetters('Critical')).toEqual({});
	});
});

describe('the platform stays down', () => {
	const GONE = 'execution:a-workflow-of-the-past:1';
	const GONE_FLOW = 'a-flow-of-the-past';

	it('every unit is one dead letter, each flow one alert, and two replays at once bring all home', async () => {
		const { platform } = world();
		const units = await goOutAmidWork();
		await parkForNobody(GONE, GONE_FLOW);
		const expected = [...(await lettersOf(units)), GONE].sort();
		await until(async () => (await deadLetters()).length >= expected.length, 60_000);

		expect(await deadLetters()).toEqual(expected);
		await until(
			() => Object.keys(mailsAboutLetters('Critical')).length === FLOWS.length + 1,
			20_000,
		);
		expect(await alertsAboutLetters()).toEqual([GONE_FLOW, ...FLOWS]);
		expect(mailsAboutLetters('Critical')).toEqual(onceEach([GONE_FLOW, ...FLOWS]));

		// The outbox holds still, so that it is the replay that brings home what n8n was told of.
		platform.pause();
		platform.comeBack();
		const replays = await Promise.all([replayAll(), replayAll()]);
		expect(replays.flat().sort()).toEqual(expected);
		await until(async () => (await unfinished()).length === 1, 60_000);
		expect(await unfinished()).toEqual([GONE]);
		platform.resume();
		await expectAllHome(units);
		await endWaitsOfAlerts();

		await until(() => FLOWS.every((flow) => mailsAboutLetters('Resolved')[flow] === 1), 90_000);

		// What no workflow takes is a dead letter again, and says so again.
		await until(async () => (await deadLetters()).length === 1, 60_000);
		expect(await deadLetters()).toEqual([GONE]);
		const [gone] = await letters().then((all) => all.filter(({ key }) => key === GONE));
		expect(gone).toMatchObject({ reason: 'n8n could not hand it on', attempts: 4, replays: 1 });
		await until(async () => (await alertsAboutLetters()).includes(GONE_FLOW), 20_000);

		const { [GONE_FLOW]: aboutGone, ...others } = mailsAboutLetters('Critical');
		expect(aboutGone).toBeGreaterThan(0);
		expect(others).toEqual(onceEach(FLOWS));
		const { [GONE_FLOW]: _, ...ended } = mailsAboutLetters('Resolved');
		expect(ended).toEqual(onceEach(FLOWS));
	});
});
