/** One contact, one note and one task of a lead, whatever is repeated and wherever it broke. */
import { HUB_SPOT_FAILURES } from '../../../sandbox/vendors/hubSpot.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import {
	CONTACTS,
	errorOf,
	hubSpotWorld,
	JOHN,
	NOTES,
	PHONE_ONLY,
	TASKS,
} from './hubSpotWorld.cts';

const FAILURES: Array<[string, Failure]> = [
	['timeout', 'timeout'],
	['reset', 'reset'],
	['500', HUB_SPOT_FAILURES.serverError],
];
const STEPS = [CONTACTS, NOTES, TASKS];

describe('HubSpot, asked again,', () => {
	const world = hubSpotWorld();

	it('looks once for the note and the task of a repeated lead', async () => {
		await world.push(JOHN);
		world.vendor.requests.length = 0;
		await world.push(JOHN, { isRepeat: true });
		expect(world.calls()).toEqual([
			`POST ${CONTACTS}`,
			`PATCH ${CONTACTS}/:id`,
			`GET ${CONTACTS}/:id`,
			`POST ${NOTES}/batch/read`,
			`POST ${TASKS}/batch/read`,
		]);
	});

	it('does not double somebody whom HubSpot could not know again', async () => {
		const nobody = { ...PHONE_ONLY, phone: undefined };
		const error = await errorOf(world.push(nobody, { isRepeat: true }));
		expect(error).toMatchObject({ kind: 'rejected', code: 'no-key' });
		expect(error.advice).toContain('lead ID');
		expect(world.vendor.requests).toEqual([]);
	});

	describe.each(FAILURES)('in spite of a %s', (_name, failure) => {
		it('at any one request, heard of or not, the first push is all it takes', async () => {
			for (const path of STEPS) {
				world.vendor.reset();
				world.vendor.failNext(failure, 1, {
					accepted: true,
					matching: (request) => request.path === path,
				});
				await world.push(JOHN);
				expect({ path, made: world.counts() }).toEqual({ path, made: [{ notes: 1, tasks: 1 }] });
			}
		});
	});

	it('takes a note for made whose answer was unreadable', async () => {
		world.vendor.failNext('html', 1, { accepted: true, matching: ({ path }) => path === NOTES });
		await world.push(JOHN);
		expect(world.counts()).toEqual([{ notes: 1, tasks: 1 }]);
	});
});

describe('HubSpot with an index that lags', () => {
	const world = hubSpotWorld({ searchLagMs: 60_000 });

	it.each(FAILURES)(
		'never creates in the dark a person with a phone alone (%s)',
		async (_, failure) => {
			world.vendor.failNext(failure, 1, {
				accepted: true,
				matching: ({ path }) => path === CONTACTS,
			});
			expect(['unavailable', 'unreachable', 'timed-out']).toContain(
				(await errorOf(world.push(PHONE_ONLY))).kind,
			);
			expect(world.counts()).toEqual([{ notes: 0, tasks: 0 }]);
		},
	);

	it('needs no index where the lead has an id of its own', async () => {
		const settings = { leadIdField: 'property_platform_lead_id' };
		world.vendor.failNext('reset', 1, {
			accepted: true,
			matching: ({ path }) => path === CONTACTS,
		});
		await world.push(PHONE_ONLY, { settings });
		await world.push(PHONE_ONLY, { settings, isRepeat: true });
		expect(world.counts()).toEqual([{ notes: 1, tasks: 1 }]);
	});
});

describe('HubSpot with a much noted contact', () => {
	const world = hubSpotWorld({ perTenSeconds: 1000 });

	it.each(['2026-09', 'v3'])(
		'finds its note behind hundreds of others in %s',
		async (apiVersion) => {
			const first = await world.push(JOHN);
			const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }];
			const body = {
				properties: { hs_timestamp: '2026-11-22T10:00:00Z', hs_note_body: 'Another' },
				associations: [{ to: { id: first.contact.id }, types }],
			};
			for (let count = 0; count < 650; count++) {
				await world.send({ method: 'POST', path: NOTES, body });
			}
			world.vendor.requests.length = 0;
			const second = await world.push(JOHN, { settings: { apiVersion }, isRepeat: true });
			expect(second.note).toEqual({ id: first.note.id, outcome: 'found' });
			const paths = world.vendor.requests.map(({ path }) => path);
			expect(paths.filter((path) => path.endsWith('/associations/notes'))).toHaveLength(2);
			expect(paths.filter((path) => path.endsWith('/notes/batch/read'))).toHaveLength(7);
		},
	);
});
