/** What every adapter does when its CRM refuses, limits or fails: the same promises for all three. */
import type { VendorErrorKind } from '../../../nodes/shared/http/vendorError';
import type { CrmLead } from '../../../nodes/shared/vendors/crm/port';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { vendorErrorOf } from './crmSession.cts';
import { CRMS } from './crms.cts';
import { crmWorld, ONE_OF_EACH, SHORT_PATIENCE_MS, USUAL_PATIENCE_MS } from './crmWorld.cts';

const PERSONAL = /jane|santos|example\.com|1234567|6f1c9a52/i;

describe.each(CRMS.map((crm) => [crm.adapter.name, crm] as const))('%s', (_name, crm) => {
	const world = crmWorld(crm);
	const { lead } = world;
	const { limit, quota } = crm.failures;
	const everyRequest = Array.from({ length: crm.callsOfNewLead }, (_, position) => position);

	describe('that limits how often it may be asked', () => {
		it('is asked again when it wants to be, at every request of a push', async () => {
			const { requests } = world.vendor;
			world.vendor.failNext(limit, 99, { matching: () => requests.length % 2 === 1 });
			await world.push();
			expect(world.clock.waits).toEqual(everyRequest.map(() => crm.limitWaitMs));
			expect(requests).toHaveLength(2 * crm.callsOfNewLead);
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});

		it.each(everyRequest)('is left in peace where that lasts, from request %i on', async (from) => {
			const { requests } = world.vendor;
			world.vendor.failNext(limit, 99, { matching: () => requests.length > from });
			const { details, isPassing } = await vendorErrorOf(world.push());
			expect([details.kind, isPassing]).toEqual(['rate-limited', true]);
			expect(requests).toHaveLength(from + 3);
			world.vendor.heal();
			await world.push(lead, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});
	});

	it.each(everyRequest)(
		'is not asked again when its quota is used up, at request %i',
		async (from) => {
			const { requests } = world.vendor;
			world.vendor.failNext(quota, 99, { matching: () => requests.length > from });
			const { details, isPassing } = await vendorErrorOf(world.push());
			expect([details.kind, isPassing]).toEqual(['quota-exhausted', false]);
			expect(requests).toHaveLength(from + 1);
			expect(world.clock.waits).toEqual([]);
			world.vendor.heal();
			await world.push(lead, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		},
	);

	it('is not asked again with a token that it refuses', async () => {
		const headers = { authorization: 'Bearer wrong', 'x-api-token': 'wrong' };
		const { message, details, isPassing } = await vendorErrorOf(world.push(lead, { headers }));
		expect([details.kind, details.status, isPassing]).toEqual(['credential-refused', 401, false]);
		expect(message).toContain(crm.adapter.name);
		expect(world.vendor.requests).toHaveLength(1);
	});

	it.each<[string, Failure, VendorErrorKind]>([
		['web pages', 'html', 'unreadable'],
		['nothing in an answer', 'empty', 'unreadable'],
		['errors', crm.failures.serverError, 'unavailable'],
		['errors in a page', { status: 502, body: '<h1>Bad gateway</h1>' }, 'unavailable'],
		['silence', 'timeout', 'timed-out'],
		['cut connections', 'reset', 'unreachable'],
	])(
		'that keeps giving %s is told as what it is, and may be tried again',
		async (_, failure, kind) => {
			world.vendor.failNext(failure, 99);
			world.patienceMs = SHORT_PATIENCE_MS;
			const { message, details, isPassing } = await vendorErrorOf(world.push());
			expect([details.kind, isPassing]).toEqual([kind, true]);
			expect(message).toContain(crm.adapter.name);
			expect(details.advice).not.toBe('');
			world.patienceMs = USUAL_PATIENCE_MS;
			world.vendor.heal();
			await world.push(lead, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		},
	);

	describe('that refuses a value', () => {
		it.each<[string, string, CrmLead['fields'][string]]>([
			['a value that it does not take', crm.refused.field, crm.refused.value],
			['a field that it does not know', crm.unknownField, 'sky-high'],
		])('makes nothing of %s, and has the field named', async (_what, field, value) => {
			const error = await vendorErrorOf(world.push({ ...lead, fields: { [field]: value } }));
			expect([error.details.kind, error.isPassing]).toEqual(['rejected', false]);
			expect(error.message).toContain(field);
			expect(JSON.stringify(error.details)).not.toContain('sky-high');
			expect(JSON.stringify(error.details)).not.toMatch(PERSONAL);
			expect(world.clock.waits).toEqual([]);
			expect(world.vendor.holds()).toEqual([]);
		});

		it.each(everyRequest)('is not quoted where it quotes the person, at request %i', async (at) => {
			const said = `${lead.email} of ${lead.lastName} (${lead.phone}, ${lead.leadId}) is wrong`;
			world.make({ position: at, failure: crm.quoting(said), accepted: false });
			const error = await vendorErrorOf(world.push());
			expect(error.isPassing).toBe(false);
			expect(JSON.stringify(error.details)).not.toMatch(PERSONAL);
			expect(`${error.message} ${String(error.cause)}`).not.toMatch(PERSONAL);
		});
	});

	it('sees nobody in an address, unless it has no other way', async () => {
		const { leadId } = crm.fields;
		const byPhone = { ...lead, email: undefined };
		for (const settings of [{}, { leadIdField: leadId }]) {
			for (const one of [lead, byPhone]) {
				await world.push(one, { settings });
				await world.push(one, { settings, isRepeat: true });
			}
		}
		await world.push({ ...byPhone, phone: undefined }, { settings: { leadIdField: leadId } });
		const named = world.vendor.requests
			.filter(({ path }) => !crm.mayNameSomebody(path))
			.map(({ path, query }) => decodeURIComponent(path) + JSON.stringify(query));
		expect(named).not.toEqual([]);
		expect(named.filter((address) => PERSONAL.test(address))).toEqual([]);
	});
});
