/** Answers that get lost, and pushes that die half-way: however often, one of each stands in the end. */
import { VendorError } from '../../../nodes/shared/http/vendorError';
import {
	PIPEDRIVE_FAILURES,
	PIPEDRIVE_PERSON_FIELDS,
} from '../../../sandbox/vendors/pipedrive.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { vendorErrorOf } from './crmSession.cts';
import { LEAD, leadWithout, startWorld, type World } from './pipedriveWorld.cts';

const ONE_OF_EACH = { persons: 1, leads: 1, notes: 1, activities: 1 };

const REQUESTS = [
	['GET', '/api/v2/persons/search'],
	['POST', '/api/v2/persons'],
	['POST', '/api/v1/leads'],
	['POST', '/api/v1/notes'],
	['POST', '/api/v2/activities'],
] as const;

const LOSSES: Array<[string, Failure]> = [
	['a time-out', 'timeout'],
	['a cut connection', 'reset'],
	['a 500', PIPEDRIVE_FAILURES.serverError],
	['a web page with 200', 'html'],
	['an empty 200', 'empty'],
];

const EACH = REQUESTS.flatMap(([method, path]) =>
	LOSSES.map(([name, failure]) => ({ method, path, name, failure })),
);

const is = (method: string, path: string) => (request: { method: string; path: string }) =>
	request.method === method && request.path === path;

describe('With a search that lags by a minute, Pipedrive', () => {
	let world: World;

	beforeAll(async () => void (world = await startWorld({ searchLagMs: 60_000 })));
	beforeEach(() => world.standIn.reset());
	afterAll(() => world.close());

	/** A push that may fail, but only in the one way. */
	async function attempt(lead = LEAD, isRepeat = false): Promise<VendorError | undefined> {
		return await world.push(lead, { isRepeat }).then(
			() => undefined,
			(error: unknown) => {
				if (error instanceof VendorError) return error;
				throw error;
			},
		);
	}

	it.each(EACH)(
		'has one of each after $name in answer to $method $path, and a second push',
		async ({ method, path, failure }) => {
			world.standIn.failNext(failure, 1, { accepted: true, matching: is(method, path) });
			const error = await attempt();
			if (error) expect(error.isPassing).toBe(true);
			world.standIn.heal();
			await world.push(LEAD, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
			await world.push(LEAD, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		},
	);

	it.each(REQUESTS)(
		'has one of each after dying with %s %s, which had been accepted',
		async (method, path) => {
			let isDead = false;
			world.standIn.failNext('reset', 99, {
				matching: (request) => {
					const wasDead = isDead;
					isDead ||= is(method, path)(request);
					return wasDead;
				},
			});
			world.standIn.failNext('reset', 1, { accepted: true, matching: is(method, path) });
			expect((await attempt())?.details.kind).toBe('unreachable');
			world.standIn.heal();
			await world.push(LEAD, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		},
	);

	it.each(EACH)(
		'has one of each after $name instead of $method $path, and a second push',
		async ({ method, path, failure }) => {
			world.standIn.failNext(failure, 1, { matching: is(method, path) });
			const error = await attempt();
			if (error) expect(error.isPassing).toBe(true);
			world.standIn.heal();
			await world.push(LEAD, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		},
	);

	it('has one of each for a lead with a phone only whose person got no answer', async () => {
		const lead = leadWithout('email');
		world.standIn.failNext('reset', 1, { accepted: true, matching: is('POST', '/api/v2/persons') });
		await attempt(lead);
		await world.push(lead, { isRepeat: true });
		expect(world.counts()).toEqual(ONE_OF_EACH);
	});

	it('has one of each for a lead without anything, by our id', async () => {
		const settings = { leadIdField: PIPEDRIVE_PERSON_FIELDS.leadId };
		const lead = leadWithout('email', 'phone');
		world.standIn.failNext('reset', 1, { accepted: true, matching: is('POST', '/api/v2/persons') });
		await world.push(lead, { settings }).catch(() => undefined);
		await world.push(lead, { settings, isRepeat: true });
		expect(world.counts()).toEqual(ONE_OF_EACH);
	});
});

describe('A push that gets no clear answer', () => {
	let world: World;

	beforeAll(async () => void (world = await startWorld()));
	beforeEach(() => world.standIn.reset());
	afterAll(() => world.close());

	it.each(REQUESTS.slice(2))(
		'goes on by itself after a 500 to %s %s, done or not',
		async (method, path) => {
			for (const accepted of [true, false]) {
				world.standIn.reset();
				world.standIn.failNext(PIPEDRIVE_FAILURES.serverError, 1, {
					accepted,
					matching: is(method, path),
				});
				await world.push(LEAD);
				expect(world.counts()).toEqual(ONE_OF_EACH);
			}
		},
	);

	it('leaves the person to the next push, as the search may not know it yet', async () => {
		world.standIn.failNext(PIPEDRIVE_FAILURES.serverError, 1, {
			matching: is('POST', '/api/v2/persons'),
		});
		const { details, isPassing } = await vendorErrorOf(world.push(LEAD));
		expect([details.kind, isPassing]).toEqual(['unavailable', true]);
		expect(world.counts().persons).toBe(0);
	});

	it('repeats a change of a person, which has the same effect twice', async () => {
		const { contact } = await world.push(LEAD);
		world.standIn.failNext(PIPEDRIVE_FAILURES.serverError, 2, {
			accepted: true,
			matching: is('PATCH', `/api/v2/persons/${contact.id}`),
		});
		await world.push({ ...LEAD, phone: '+639998887777' }, { isRepeat: true });
		const [person] = world.standIn.account.persons.values();
		expect(person?.phones.map(({ value }) => value)).toEqual(['+639171234567', '+639998887777']);
	});
});
