/** What a push makes of Pipedrive's refusals. */
import { pipedrive } from '../../../nodes/shared/vendors/crm/pipedrive';
import type { VendorErrorKind } from '../../../nodes/shared/http/vendorError';
import {
	PIPEDRIVE_FAILURES,
	PIPEDRIVE_PERSON_FIELDS,
} from '../../../sandbox/vendors/pipedrive.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { vendorErrorOf } from './crmSession.cts';
import { LEAD, startWorld, TOKEN, type World } from './pipedriveWorld.cts';

const { leadScore: SCORE } = PIPEDRIVE_PERSON_FIELDS;

describe('Pipedrive refusing', () => {
	let world: World;
	let poor: World;

	beforeAll(async () => {
		world = await startWorld();
		poor = await startWorld({ dailyTokens: 85 });
	});
	beforeEach(() => {
		world.standIn.reset();
		world.clock.waits.length = 0;
		world.calls();
	});
	afterAll(async () => {
		await world.close();
		await poor.close();
	});

	it.each([
		['the longer time of a penalty', PIPEDRIVE_FAILURES.burstWithPenalty, 10_000],
		['two seconds where it says nothing', PIPEDRIVE_FAILURES.burstWithoutHeaders, 2_000],
	])('is asked again after %s', async (_name, failure, waitMs) => {
		world.standIn.failNext(failure, 1, { matching: ({ path }) => path === '/api/v1/leads' });
		await world.push(LEAD);
		expect(world.clock.waits).toEqual([waitMs]);
		expect(world.counts()).toEqual({ persons: 1, leads: 1, notes: 1, activities: 1 });
	});

	it('waits out its real limit of searches', async () => {
		for (let count = 0; count < 14; count++) {
			await world.push({ ...LEAD, leadId: `lead-${count}`, email: `${count}@example.com` });
		}
		expect(world.counts().persons).toBe(14);
		expect(world.clock.waits.length).toBeGreaterThanOrEqual(3);
		expect(new Set(world.clock.waits)).toEqual(new Set([2_000]));
	});

	it('names the wait where it goes on refusing', async () => {
		world.standIn.failNext(PIPEDRIVE_FAILURES.burst, 3);
		const { details, isPassing } = await vendorErrorOf(world.push(LEAD));
		expect(details).toMatchObject({ kind: 'rate-limited', status: 429, retryAfterMs: 2_000 });
		expect(isPassing).toBe(true);
		expect(world.calls()).toHaveLength(3);
	});

	it.each([
		['no requests left', PIPEDRIVE_FAILURES.dailyRequests],
		['the day in its words', PIPEDRIVE_FAILURES.dailyInWords],
	])('is not asked again with %s', async (_name, failure) => {
		world.standIn.failNext(failure);
		const { details, isPassing } = await vendorErrorOf(world.push(LEAD));
		expect([details.kind, isPassing]).toEqual(['quota-exhausted', false]);
		expect(world.calls()).toHaveLength(1);
		expect(world.clock.waits).toEqual([]);
	});

	it('stops where the real budget of a day ends, and goes on from there tomorrow', async () => {
		const headers = { 'x-api-token': TOKEN };
		for (let count = 0; count < 4; count++) {
			await fetch(`${poor.standIn.url}/api/v2/persons`, { headers });
		}
		expect((await vendorErrorOf(poor.push(LEAD))).details.kind).toBe('quota-exhausted');
		expect(poor.counts()).toEqual({ persons: 1, leads: 1, notes: 1, activities: 0 });
		poor.clock.advance(24 * 3_600_000);
		await poor.push(LEAD, { isRepeat: true });
		expect(poor.counts()).toEqual({ persons: 1, leads: 1, notes: 1, activities: 1 });
		expect([...poor.standIn.account.activities.values()]).toMatchObject([
			{ lead_id: [...poor.standIn.account.leads.keys()][0] },
		]);
	});

	it.each<[string, Failure, VendorErrorKind, string, boolean]>([
		['the sender, with a web page', PIPEDRIVE_FAILURES.blocked, 'rate-limited', 'blocks', true],
		[
			'one more than the plan allows',
			PIPEDRIVE_FAILURES.leadsLimit,
			'quota-exhausted',
			'feature_capping_leads_limit',
			false,
		],
		[
			'an account that is not open',
			PIPEDRIVE_FAILURES.accountNotOpen,
			'credential-refused',
			'not open',
			false,
		],
		['a right', PIPEDRIVE_FAILURES.forbidden, 'credential-refused', '403', false],
		['work at the moment', PIPEDRIVE_FAILURES.unavailable, 'unavailable', '503', true],
	])('%s is told as what it is', async (_name, failure, kind, words, isPassing) => {
		world.standIn.failNext(failure, 3);
		const error = await vendorErrorOf(world.push(LEAD));
		expect([error.details.kind, error.isPassing]).toEqual([kind, isPassing]);
		expect(error.message).toContain(words);
		expect(error.message).toContain('Pipedrive');
		expect(error.details.advice).not.toBe('');
	});

	it('a limit of the plan is final at once, and keeps what was made', async () => {
		world.standIn.failNext(PIPEDRIVE_FAILURES.leadsLimit, 1, {
			matching: ({ path }) => path === '/api/v1/leads',
		});
		await vendorErrorOf(world.push(LEAD));
		expect(world.calls()).toHaveLength(3);
		await world.push(LEAD, { isRepeat: true });
		expect(world.counts()).toEqual({ persons: 1, leads: 1, notes: 1, activities: 1 });
	});

	it.each([
		['a value of another type', { fields: { [SCORE]: 'eighty-five' } }, SCORE, 'eighty-five'],
		['a field that is not there', { fields: { ['0'.repeat(40)]: 'A' } }, '0'.repeat(40), 'A)'],
		['a field of nobody', { fields: { favourite_colour: 'teal' } }, 'favourite_colour', 'teal'],
	])('names the field of %s and not what is in it', async (_name, changes, field, value) => {
		const error = await vendorErrorOf(world.push({ ...LEAD, ...changes }));
		expect(error.details).toMatchObject({
			kind: 'rejected',
			status: 400,
			code: 'ERR_SCHEMA_VALIDATION_FAILED',
		});
		expect(error.message).toContain(field);
		expect(`${error.message} ${error.details.advice}`).not.toContain(value);
		expect(error.details.advice).toContain('Data fields');
	});

	it.each([
		['no number', 'maria', '/api/v2/persons'],
		['nobody', '77', '/api/v2/persons'],
	])('names the owner who is %s', async (_name, ownerId, path) => {
		const error = await vendorErrorOf(world.push(LEAD, { settings: { ownerId } }));
		expect(error.message).toBe('Pipedrive did not accept owner_id (400)');
		expect(world.standIn.requests.at(-1)?.path).toBe(path);
	});

	it('does not repeat what Pipedrive says about a person', async () => {
		const said = `emails.0.value: ${LEAD.email} is no address of ${LEAD.lastName}`;
		world.standIn.failNext(
			{ status: 400, body: { success: false, error: said, error_info: said, code: said } },
			1,
			{ matching: ({ path }) => path === '/api/v2/persons' },
		);
		const { details } = await vendorErrorOf(world.push(LEAD));
		expect(details.message).toBe('Pipedrive did not accept emails (400)');
		expect(JSON.stringify(details)).not.toMatch(/maria|santos/i);
	});

	it.each([
		['a 429', PIPEDRIVE_FAILURES.burst, false],
		['a spent day', PIPEDRIVE_FAILURES.dailyBudget, true],
		['a blocked sender', PIPEDRIVE_FAILURES.blocked, false],
	])('%s is a refusal that is final: %s', (_name, { status, ...failure }, isFinal) => {
		const { headers = {}, body } = failure as { headers?: Record<string, string>; body: unknown };
		expect(pipedrive.retries.isFinal({ status, headers, body })).toBe(isFinal);
		expect(pipedrive.retries.refusals).toEqual([429]);
	});
});
