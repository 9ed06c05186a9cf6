import type { ClaimRow } from '../../../nodes/shared/stateStore/claim';
import type { CompleteRow } from '../../../nodes/shared/stateStore/complete';
import type { RecordRow } from '../../../nodes/shared/stateStore/record';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { type Database, openDatabase, PROTOCOLS } from './database.cts';
import { claim, complete, HOUR, record, release } from './work.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => database.pool.query('TRUNCATE property_platform.processed_events'));

const endLease = () =>
	database.pool.query(
		"UPDATE property_platform.processed_events SET lease_until = now() - interval '1 second'",
	);

const age = (seconds: number) =>
	database.pool.query(
		'UPDATE property_platform.processed_events SET recorded_at = now() - make_interval(secs => $1)',
		[seconds],
	);

async function storedRow(): Promise<Record<string, unknown> | undefined> {
	const { rows } = await database.pool.query('SELECT * FROM property_platform.processed_events');
	return rows[0];
}

/** How the work came to stand before the statement under test, always by the token `holder`. */
const SITUATIONS = {
	unknown: async () => {},
	claimed: async () => {
		await database.run(claim());
	},
	'run out': async () => {
		await database.run(claim());
		await endLease();
	},
	released: async () => {
		await database.run(claim());
		await database.run(release());
	},
	recorded: async () => {
		await database.run(claim());
		await database.run(record());
	},
	'recorded long ago': async () => {
		await SITUATIONS.recorded();
		await age(HOUR + 10);
	},
	completed: async () => {
		await SITUATIONS.recorded();
		await database.run(complete());
	},
	'completed long ago': async () => {
		await SITUATIONS.completed();
		await age(HOUR + 10);
	},
};

const STATEMENTS = {
	'a claim': claim({ leaseToken: 'next' }),
	'its holder recording': record(),
	'a stranger recording': record({ leaseToken: 'stranger' }),
	completing: complete(),
	'its holder releasing': release(),
	'a stranger releasing': release({ leaseToken: 'stranger' }),
} satisfies Record<string, Statement>;

type Case = [
	keyof typeof SITUATIONS,
	keyof typeof STATEMENTS,
	string | boolean,
	string | undefined,
];

const CASES: Case[] = [
	['unknown', 'a claim', 'claimed', 'claimed'],
	['claimed', 'a claim', 'in_progress', 'claimed'],
	['run out', 'a claim', 'claimed', 'claimed'],
	['released', 'a claim', 'claimed', 'claimed'],
	['recorded', 'a claim', 'repeat', 'recorded'],
	['recorded long ago', 'a claim', 'claimed', 'claimed'],
	['completed', 'a claim', 'repeat', 'completed'],
	['completed long ago', 'a claim', 'claimed', 'claimed'],

	['unknown', 'its holder recording', false, undefined],
	['claimed', 'its holder recording', true, 'recorded'],
	['run out', 'its holder recording', true, 'recorded'],
	['released', 'its holder recording', false, 'released'],
	['recorded', 'its holder recording', false, 'recorded'],
	['completed', 'its holder recording', false, 'completed'],

	['unknown', 'a stranger recording', false, undefined],
	['claimed', 'a stranger recording', false, 'claimed'],
	['run out', 'a stranger recording', false, 'claimed'],
	['released', 'a stranger recording', false, 'released'],
	['recorded', 'a stranger recording', false, 'recorded'],
	['completed', 'a stranger recording', false, 'completed'],

	['unknown', 'completing', false, undefined],
	['claimed', 'completing', false, 'claimed'],
	['run out', 'completing', false, 'claimed'],
	['released', 'completing', false, 'released'],
	['recorded', 'completing', true, 'completed'],
	['recorded long ago', 'completing', true, 'completed'],
	['completed', 'completing', true, 'completed'],

	['unknown', 'its holder releasing', false, undefined],
	['claimed', 'its holder releasing', true, 'released'],
	['run out', 'its holder releasing', true, 'released'],
	['released', 'its holder releasing', false, 'released'],
	['recorded', 'its holder releasing', false, 'recorded'],
	['completed', 'its holder releasing', false, 'completed'],

	['unknown', 'a stranger releasing', false, undefined],
	['claimed', 'a stranger releasing', false, 'claimed'],
	['run out', 'a stranger releasing', false, 'claimed'],
	['released', 'a stranger releasing', false, 'released'],
	['recorded', 'a stranger releasing', false, 'recorded'],
	['completed', 'a stranger releasing', false, 'completed'],
];

const REFUSALS: unknown[] = ['in_progress', 'repeat', false];

describe.each(PROTOCOLS)('one piece of work, values %s', (protocol) => {
	it.each(CASES)('being %s, answers %s with %s', async (situation, action, answer, state) => {
		await SITUATIONS[situation]();
		const before = await storedRow();

		const row = await database.run(STATEMENTS[action], protocol);

		expect(row.outcome ?? row.recorded ?? row.completed ?? row.released).toBe(answer);
		const after = await storedRow();
		expect(after?.state).toBe(state);
		if (REFUSALS.includes(answer)) expect(after).toEqual(before);
	});
});

describe('claiming', () => {
	it('takes the lease for as long as asked, by the clock of the database', async () => {
		await database.run(claim({ leaseSeconds: 90.5 }));
		const { rows } = await database.pool.query(
			'SELECT extract(epoch FROM lease_until - updated_at)::float AS lease FROM property_platform.processed_events',
		);
		expect(rows).toEqual([{ lease: 90.5 }]);
	});

	it('answers with what came along and the correlation id of this delivery', async () => {
		await SITUATIONS.recorded();
		const event = { property_id: 'p-1', nested: { list: [1, null, 'x'] } };
		expect(
			await database.run(claim({ correlationId: 'second', leaseToken: 'next', event })),
		).toEqual({
			outcome: 'repeat',
			event,
			correlationId: 'second',
			isNew: false,
			eventKey: 'key-1',
			leaseToken: 'next',
			attempt: 1,
			result: { estimate: 5_000_000 },
			cachedAnswers: [],
		});
	});

	it('counts the attempts until a result is there, then starts again at one', async () => {
		const attempts: number[] = [];
		const take = async () => attempts.push((await database.run<ClaimRow>(claim())).attempt);
		await take();
		await endLease();
		await take();
		await database.run(release());
		await take();
		await take();
		await database.run(record());
		await take();
		await age(HOUR + 10);
		await take();
		expect(attempts).toEqual([1, 2, 3, 3, 3, 1]);
	});

	it.each([
		[HOUR - 10, 'repeat'],
		[HOUR + 10, 'claimed'],
	])(
		'takes a result of %i s ago for a %s within a window of one hour',
		async (seconds, outcome) => {
			await SITUATIONS.completed();
			await age(seconds);
			const row = await database.run<ClaimRow>(claim({ leaseToken: 'next' }));
			expect(row.outcome).toBe(outcome);
			expect(row.result).toEqual(outcome === 'repeat' ? { estimate: 5_000_000 } : null);
		},
	);

	it('forgets the result it replaces, so that nobody can complete the old one', async () => {
		await SITUATIONS['completed long ago']();
		await database.run(claim({ leaseToken: 'next' }));
		expect(await database.run<CompleteRow>(complete())).toEqual({ completed: false, result: null });
		expect(await storedRow()).toMatchObject({
			result: null,
			recorded_at: null,
			completed_at: null,
		});
	});

	it('remembers when the work was first seen', async () => {
		await database.run(claim());
		const first = (await storedRow())?.first_seen_at;
		await endLease();
		await database.run(claim());
		expect((await storedRow())?.first_seen_at).toEqual(first);
	});

	it('leaves other work alone', async () => {
		await database.run(claim({ eventKey: 'key-1', leaseToken: 'one' }));
		await database.run(claim({ eventKey: 'key-2', leaseToken: 'two' }));
		await database.run(record({ eventKey: 'key-2', leaseToken: 'two' }));
		const { rows } = await database.pool.query(
			'SELECT event_key, state FROM property_platform.processed_events ORDER BY event_key',
		);
		expect(rows).toEqual([
			{ event_key: 'key-1', state: 'claimed' },
			{ event_key: 'key-2', state: 'recorded' },
		]);
	});
});

describe('recording', () => {
	it.each([
		['an object', { z: 1, a: { 'ñ ₱': [1.5, 1e21, 1e-7, true, null] }, long_name: 'x' }],
		['an empty object', {}],
		['null', null],
		['text', 'plain'],
		['a list', [3, 2, 1]],
	])('answers repeats with %s as it was first answered, to the byte', async (_name, result) => {
		await database.run(claim());
		const recorded = await database.run<RecordRow>(record({ result }));
		const repeat = await database.run<ClaimRow>(claim({ leaseToken: 'next' }));
		const completed = await database.run<CompleteRow>(complete());

		expect(recorded.result).toEqual(result);
		expect(repeat.outcome).toBe('repeat');
		expect(JSON.stringify(repeat.result)).toBe(JSON.stringify(recorded.result));
		expect(JSON.stringify(completed.result)).toBe(JSON.stringify(recorded.result));
	});

	it("gives whoever lost the lease the other's result, once there is one", async () => {
		await SITUATIONS['run out']();
		await database.run(claim({ leaseToken: 'next', correlationId: 'second' }));
		const late = record({ result: { estimate: 1 } });

		expect(await database.run<RecordRow>(late)).toEqual({
			recorded: false,
			result: null,
			eventKey: 'key-1',
			correlationId: 'second',
		});
		await database.run(record({ leaseToken: 'next', result: { estimate: 2 } }));
		expect(await database.run<RecordRow>(late)).toMatchObject({
			recorded: false,
			result: { estimate: 2 },
		});
	});

	it('answers with nulls where the work was never claimed', async () => {
		expect(await database.run<RecordRow>(record())).toEqual({
			recorded: false,
			result: null,
			eventKey: 'key-1',
			correlationId: null,
		});
	});
});

describe('completing', () => {
	it('keeps the moment it was first completed', async () => {
		await SITUATIONS.completed();
		const first = (await storedRow())?.completed_at;
		await database.run(complete());
		expect((await storedRow())?.completed_at).toEqual(first);
	});
});
