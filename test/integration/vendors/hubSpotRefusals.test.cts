/** Limits and refusals, in HubSpot's own words. */
import { HUB_SPOT_FAILURES } from '../../../sandbox/vendors/hubSpot.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { CONTACTS, errorOf, hubSpotWorld, JOHN, NOTES, TASKS } from './hubSpotWorld.cts';

const STEPS = [CONTACTS, NOTES, TASKS];

describe('The adapter of HubSpot', () => {
	const world = hubSpotWorld();

	describe('waits as HubSpot wants it and is done', () => {
		it.each([
			['ten seconds where only the message names it', HUB_SPOT_FAILURES.rateLimits, 10_000],
			['a second for the limit of a second', HUB_SPOT_FAILURES.secondly, 1_000],
			['two seconds for a lock', HUB_SPOT_FAILURES.locked, 2_000],
			['as long as a moving account says', HUB_SPOT_FAILURES.migrating, 4_000],
			[
				'as long as a header says',
				{ ...HUB_SPOT_FAILURES.tenSecondly, headers: { 'retry-after': '3' } },
				3_000,
			],
		])('%s', async (_name, failure, waitMs) => {
			for (const path of STEPS) {
				world.vendor.failNext(failure, 1, { matching: (request) => request.path === path });
			}
			await world.push(JOHN);
			expect(world.clock.waits).toEqual([waitMs, waitMs, waitMs]);
			expect(world.counts()).toEqual([{ notes: 1, tasks: 1 }]);
		});
	});

	describe('says', () => {
		it.each([
			['a refused key', HUB_SPOT_FAILURES.unauthorized, 'INVALID_AUTHENTICATION'],
			['an expired key', HUB_SPOT_FAILURES.expired, 'EXPIRED_AUTHENTICATION'],
			['a missing scope', HUB_SPOT_FAILURES.missingScopes, 'MISSING_SCOPES'],
		])('with %s, without a second request', async (_name, failure, code) => {
			world.vendor.failNext(failure, 3);
			expect(await errorOf(world.push(JOHN))).toMatchObject({ kind: 'credential-refused', code });
			expect(world.vendor.requests).toHaveLength(1);
		});

		it('and names the scope that is missing', async () => {
			world.vendor.failNext(HUB_SPOT_FAILURES.missingScopes);
			expect((await errorOf(world.push(JOHN))).advice).toContain('crm.objects.contacts.write');
		});

		it.each([
			['an invalid e-mail', { email: 'john@nowhere' }, 'email', 'INVALID_EMAIL', 'nowhere'],
			[
				'a property that is not there',
				{ fields: { shoe_size: 43 } },
				'shoe_size',
				'PROPERTY_DOESNT_EXIST',
				'43',
			],
			[
				'a score in words',
				{ fields: { lead_score: 'very high' } },
				'lead_score',
				'INVALID_LONG',
				'high',
			],
			[
				'a forged field',
				{ fields: { lead_score: '"name":"forged"' } },
				'lead_score',
				'INVALID_LONG',
				'forged',
			],
		])('about %s, by the field and never its value', async (_, changes, field, code, value) => {
			const error = await errorOf(world.push({ ...JOHN, ...changes }));
			expect(error).toMatchObject({
				kind: 'rejected',
				status: 400,
				code,
				message: `HubSpot did not accept the property ${field} (${code})`,
			});
			expect(JSON.stringify(error)).not.toContain(value);
			expect(world.vendor.requests).toHaveLength(1);
		});

		it.each([
			['its message alone', HUB_SPOT_FAILURES.readOnlyProperty, 'lead_score'],
			['a list of its own', HUB_SPOT_FAILURES.requiredProperty, 'hs_lead_status'],
		])('about a property that HubSpot names in %s', async (_name, failure, field) => {
			world.vendor.failNext(failure);
			expect((await errorOf(world.push(JOHN))).message).toContain(`the property ${field}`);
		});

		it('about the lead ID property where there is none', async () => {
			const error = await errorOf(world.push(JOHN, { settings: { leadIdField: 'lead_uuid' } }));
			expect(error).toMatchObject({ kind: 'rejected', code: 'PROPERTY_DOESNT_EXIST' });
			expect(error.advice).toContain('Settings > Properties');
		});

		it.each<[string, Failure, string]>([
			['the page of a firewall', HUB_SPOT_FAILURES.forbiddenPage, 'credential-refused'],
			['a lasting lock', HUB_SPOT_FAILURES.locked, 'unavailable'],
			['a lasting limit', HUB_SPOT_FAILURES.secondly, 'rate-limited'],
		])('when HubSpot answers with %s', async (_name, failure, kind) => {
			world.vendor.failNext(failure, 10);
			expect((await errorOf(world.push(JOHN))).kind).toBe(kind);
		});
	});
});
