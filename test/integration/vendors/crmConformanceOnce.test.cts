/** One person, one note and one task of a lead in every CRM, whatever is repeated and wherever it broke. */
import { setTimeout as sleep } from 'node:timers/promises';

import fc from 'fast-check';

import type { CrmLead, CrmSettings } from '../../../nodes/shared/vendors/crm/port';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { CRMS } from './crms.cts';
import { crmWorld, LATE_MS, ONE_OF_EACH, type Trouble } from './crmWorld.cts';

const SEQUENCES = 30;

// Hundreds of pushes in one test, on machines that do other things too.
jest.setTimeout(60_000);

describe.each(CRMS.map((crm) => [crm.adapter.name, crm] as const))('%s', (_name, crm) => {
	const world = crmWorld(crm);
	const { lead } = world;
	const byLeadId: CrmSettings = { leadIdField: crm.fields.leadId };
	const byPhone: CrmLead = { ...lead, email: undefined };
	const silent: CrmLead = { ...lead, consent: false, task: undefined };

	/** Every way in which a CRM can know a lead again. */
	const leads: Array<[string, CrmLead, CrmSettings]> = [
		['an e-mail', lead, {}],
		['an e-mail and our id', lead, byLeadId],
		['a phone', byPhone, {}],
		['a phone and our id', byPhone, byLeadId],
		['nothing but our id', { ...byPhone, phone: undefined }, byLeadId],
		['no consent', silent, {}],
	];
	const once = ({ task }: CrmLead) => [{ notes: 1, tasks: task ? 1 : 0 }];

	describe('finds all of it again, a year later and among others, for a lead of', () => {
		it.each(leads)('%s', async (_what, one, settings) => {
			const first = await world.push(one, { settings });
			await world.push({ ...lead, leadId: 'other', email: 'other@example.org', phone: '+6328888' });
			world.clock.advance(365 * 24 * 3_600_000);
			for (let times = 0; times < 2; times++) {
				expect(await world.push(one, { settings, isRepeat: true })).toEqual({
					externalId: first.externalId,
					contact: { id: first.contact.id, outcome: 'updated' },
					note: { id: first.note.id, outcome: 'found' },
					...(first.task && { task: { id: first.task.id, outcome: 'found' } }),
				});
			}
			expect(world.counts()).toEqual([...once(one), ...ONE_OF_EACH]);
		});
	});

	it('adds the task that a lead had no consent for the first time', async () => {
		await world.push(silent);
		const again = await world.push(lead, { isRepeat: true });
		expect(again).toMatchObject({ note: { outcome: 'found' }, task: { outcome: 'created' } });
		expect(world.counts()).toEqual(ONE_OF_EACH);
	});

	const failures: Array<[string, Omit<Trouble, 'position' | 'accepted'>]> = [
		['a time-out', { failure: 'timeout' }],
		['a cut connection', { failure: 'reset' }],
		['an error 500', { failure: crm.failures.serverError }],
		['a web page', { failure: 'html' }],
		['an empty answer', { failure: 'empty' }],
		['the end of the process', { failure: 'reset', isLasting: true }],
	];

	interface Flow {
		lead: CrmLead;
		settings: CrmSettings;
		isRepeat: boolean;
		prepare(): Promise<unknown>;
	}

	/** Has each request of the flow fail in turn, done by the vendor or not; then pushes in peace. */
	async function failEverywhere(flow: Flow, failure: Omit<Trouble, 'position' | 'accepted'>) {
		const { lead: one, settings, isRepeat, prepare } = flow;
		const start = async () => {
			world.vendor.reset();
			await prepare();
			world.vendor.requests.length = 0;
		};
		await start();
		await world.push(one, { settings, isRepeat });
		const calls = world.calls();
		expect(calls).not.toEqual([]);
		for (const [position, call] of calls.entries()) {
			for (const accepted of [true, false]) {
				await start();
				await world.pushThrough({ ...failure, position, accepted }, one, { settings, isRepeat });
				expect({ call, accepted, made: world.counts() }).toEqual({
					call,
					accepted,
					made: once(one),
				});
			}
		}
	}

	describe.each(failures)('with %s at any request, has one of each', (what, failure) => {
		const isBrief = ['a cut connection', 'the end of the process'].includes(what);
		const tried = isBrief ? leads : leads.slice(0, 1);

		it.each(tried)('for a new lead of %s', async (_what, one, settings) => {
			const prepare = async () => undefined;
			await failEverywhere({ lead: one, settings, isRepeat: false, prepare }, failure);
		});

		it.each(tried)('for a lead of %s that was pushed before', async (_what, one, settings) => {
			const prepare = async () => await world.push(one, { settings });
			await failEverywhere({ lead: one, settings, isRepeat: true, prepare }, failure);
		});

		it.each([
			['an e-mail', lead, {}, { email: lead.email, phone: '+63281234567' }],
			['an e-mail and our id', lead, byLeadId, { email: lead.email }],
			['a phone', byPhone, {}, { phone: lead.phone }],
		])('for somebody of %s who is there already', async (_what, one, settings, known) => {
			const prepare = async () => await world.add({ lastName: 'Cruz', ...known });
			await failEverywhere({ lead: one, settings, isRepeat: false, prepare }, failure);
		});
	});

	it.each(Array.from({ length: crm.callsOfNewLead }, (_, position) => position))(
		'has one of each where it gets to request %i only after that was given up',
		async (position) => {
			world.makeLate(position);
			await world.pushInto([]);
			await sleep(LATE_MS);
			await world.push(lead, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		},
	);

	it('has one of each after any sequence of troubles, once there are none', async () => {
		const lost: Failure[] = ['timeout', 'reset', 'html', 'empty', crm.failures.serverError];
		const trouble = fc.record({
			position: fc.nat(6),
			// Who is limited is turned away unread.
			ending: fc.oneof(
				fc.record({ failure: fc.constantFrom(...lost), accepted: fc.boolean() }),
				fc.constant({ failure: crm.failures.limit, accepted: false }),
			),
		});
		const ordeal = fc.record({
			pushes: fc.array(fc.array(trouble, { minLength: 1, maxLength: 4 }), {
				minLength: 1,
				maxLength: 3,
			}),
			isThere: fc.boolean(),
			isKeyed: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(ordeal, async ({ pushes, isThere, isKeyed }) => {
				const settings = isKeyed ? byLeadId : {};
				world.vendor.reset();
				if (isThere) await world.add({ lastName: 'Cruz', email: lead.email });
				for (const [index, troubles] of pushes.entries()) {
					const due = troubles.map(({ position, ending }) => ({ position, ...ending }));
					await world.pushInto(due, lead, { settings, isRepeat: index > 0 });
				}
				await world.push(lead, { settings, isRepeat: true });
				expect(world.counts()).toEqual(ONE_OF_EACH);
			}),
			{ numRuns: SEQUENCES },
		);
	});
});
