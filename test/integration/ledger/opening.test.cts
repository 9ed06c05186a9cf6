import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { key, ledgerOn, people, person, sent } from './campaign.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => ledgerOn(database).clear());

/** How the campaign came to stand before it is opened once more, by one of two ways. */
const SITUATIONS = {
	'never opened': async () => {},
	'just opened': async () => {
		await ledger().open();
	},
	'half enrolled': async () => {
		await ledger().open();
		await ledger().enroll({ recipients: people(2), cursor: '2', isLast: false });
	},
	enrolled: async () => {
		await ledger().start(people(2));
	},
	'stopped half enrolled': async () => {
		await SITUATIONS['half enrolled']();
		await ledger().record({ stop: 'quota' });
	},
	'stopped when enrolled': async () => {
		await SITUATIONS.enrolled();
		await ledger().record({ stop: 'quota' });
	},
	'with a batch taken': async () => {
		await SITUATIONS.enrolled();
		await ledger().take();
	},
	'stopped with a batch taken': async () => {
		await SITUATIONS['with a batch taken']();
		await ledger().record({ stop: 'quota' });
	},
	completed: async () => {
		await ledger().send(people(2));
	},
	'completed with nobody': async () => {
		await ledger().start([]);
		await ledger().take();
	},
};

const ledger = () => ledgerOn(database);

type Case = [
	situation: keyof typeof SITUATIONS,
	state: string,
	replaced: 'the new one' | 'the old one',
	cursor: string | null,
	people: number,
];

const CASES: Case[] = [
	['never opened', 'enrolling', 'the new one', null, 0],
	['just opened', 'enrolling', 'the new one', null, 0],
	['half enrolled', 'enrolling', 'the new one', null, 0],
	['enrolled', 'enrolling', 'the new one', null, 0],
	['stopped half enrolled', 'enrolling', 'the new one', null, 0],
	['stopped when enrolled', 'enrolling', 'the new one', null, 0],
	['with a batch taken', 'sending', 'the old one', null, 2],
	['stopped with a batch taken', 'sending', 'the old one', null, 2],
	['completed', 'completed', 'the old one', null, 2],
	['completed with nobody', 'completed', 'the old one', null, 0],
];

const AGAIN: Array<[keyof typeof SITUATIONS, string, string | null, number]> = [
	['just opened', 'enrolling', null, 0],
	['half enrolled', 'enrolling', '2', 2],
	['enrolled', 'sending', null, 2],
	['stopped half enrolled', 'enrolling', '2', 2],
	['stopped when enrolled', 'sending', null, 2],
	['with a batch taken', 'sending', null, 2],
	['stopped with a batch taken', 'sending', null, 2],
	['completed', 'completed', null, 2],
];

describe.each(PROTOCOLS)('opening a campaign, values %s', (protocol) => {
	it.each(CASES)(
		'that is %s with another definition: it is %s by %s',
		async (situation, state, counts, cursor, rows) => {
			await SITUATIONS[situation]();
			const definition = { subject: 'Other' };
			const row = await ledgerOn(database, protocol).open({
				definition,
				definitionHash: 'hash-2',
				correlationId: 'correlation-2',
			});
			const isNew = counts === 'the new one';
			expect(row).toEqual({
				campaignId: 'c-1',
				companyId: 'company-1',
				correlationId: 'correlation-2',
				state,
				definition: isNew ? definition : { subject: 'Hello' },
				definitionHash: isNew ? 'hash-2' : 'hash-1',
				cursor,
				isNew: situation === 'never opened',
				stopReason: null,
				alreadyCompleted: state === 'completed',
			});
			expect(await ledger().standing()).toHaveLength(rows);
			expect(await ledger().summarize()).toMatchObject({ audience: rows, stopReason: null });
		},
	);

	it.each(AGAIN)(
		'that is %s with the same definition: it goes on %s',
		async (situation, state, cursor, rows) => {
			await SITUATIONS[situation]();
			const row = await ledgerOn(database, protocol).open();
			expect(row).toMatchObject({ state, cursor, isNew: false, definitionHash: 'hash-1' });
			expect(await ledger().standing()).toHaveLength(rows);
		},
	);
});

describe('opening a campaign', () => {
	it('of another company leaves it with the first, for the caller to see', async () => {
		await ledger().open();
		expect(await ledger().open({ companyId: 'company-2' })).toMatchObject({
			companyId: 'company-1',
		});
	});

	it('keeps the moment at which it was first opened and completed', async () => {
		await ledger().send(people(1));
		const moments = async () =>
			(await database.pool.query('SELECT opened_at, completed_at FROM property_platform.campaigns'))
				.rows;
		const before = await moments();
		await ledger().open({ definitionHash: 'hash-2' });
		expect(await moments()).toEqual(before);
	});
});

describe.each(PROTOCOLS)('enrolling, values %s', (protocol) => {
	const asked = () => ledgerOn(database, protocol);

	it('writes down who gets the mail and who does not, and why', async () => {
		await asked().open();
		await asked().suppress(key('bob'), 'company-1', 'unsubscribed');
		await asked().suppress(key('cid'), '', 'bounced');
		await asked().suppress(key('dan'), 'company-2', 'unsubscribed');
		const row = await asked().enroll({
			recipients: [person('ana'), person('bob'), person('cid'), person('dan'), person('ana')],
			leftOut: [
				{ recipient: key('eve'), personId: 'person-eve', reason: 'no_consent' },
				{ recipient: null, personId: 'person-x', reason: 'broken_address' },
				{ recipient: null, personId: null, reason: 'broken_address' },
			],
			cursor: '8',
		});
		expect(row).toEqual({
			outcome: 'enrolled',
			campaignId: 'c-1',
			state: 'sending',
			enrolled: 2,
			leftOut: 3,
			duplicates: 1,
			suppressed: 2,
			cursor: '8',
		});
		const rows = await asked().standing('person_id, email, data, state, reason');
		const byPerson = rows.toSorted((a, b) => (String(a.person_id) < String(b.person_id) ? -1 : 1));
		const none = { email: null, data: null, state: 'left_out' };
		expect(byPerson).toEqual([
			{
				person_id: 'person-ana',
				email: 'ana@example.com',
				data: { first_name: 'ana' },
				state: 'pending',
				reason: null,
			},
			{ person_id: 'person-bob', ...none, reason: 'suppressed: unsubscribed' },
			{ person_id: 'person-cid', ...none, reason: 'suppressed: bounced' },
			{
				person_id: 'person-dan',
				email: 'dan@example.com',
				data: { first_name: 'dan' },
				state: 'pending',
				reason: null,
			},
			{ person_id: 'person-eve', ...none, reason: 'no_consent' },
		]);
		expect(await asked().leftOut()).toEqual({
			'suppressed: unsubscribed': 1,
			'suppressed: bounced': 1,
			no_consent: 1,
			broken_address: 2,
			duplicate: 1,
		});
	});

	it('counts nobody twice when a page comes again', async () => {
		await asked().open();
		const page = {
			recipients: [...people(3), person('p0')],
			leftOut: [{ recipient: null, personId: null, reason: 'broken_address' }],
			cursor: '4',
			isLast: false,
		};
		await asked().enroll(page);
		const before = await asked().summarize();
		expect(await asked().enroll(page)).toEqual({
			outcome: 'superseded',
			campaignId: 'c-1',
			state: 'enrolling',
			enrolled: 0,
			leftOut: 0,
			duplicates: 0,
			suppressed: 0,
			cursor: '4',
		});
		expect(await asked().summarize()).toEqual({ ...before, asOf: expect.any(String) });
	});

	it.each([
		['of a campaign that was never opened', { campaignId: 'c-2' }, null],
		['of another definition', { definitionHash: 'hash-2' }, 'enrolling'],
		['after a page that is not there', { previousCursor: '9' }, 'enrolling'],
	])('takes no page %s', async (_name, changed, state) => {
		await asked().open();
		const row = await asked().enroll({ recipients: people(2), ...changed });
		expect(row).toMatchObject({ outcome: 'superseded', state, enrolled: 0 });
		expect(await asked().standing()).toEqual([]);
	});

	it.each(['enrolled', 'stopped half enrolled', 'with a batch taken', 'completed'] as const)(
		'takes no page of a campaign that is %s',
		async (situation) => {
			await SITUATIONS[situation]();
			const before = await asked().standing();
			const row = await asked().enroll({
				recipients: people(2, 10),
				previousCursor: situation === 'stopped half enrolled' ? '2' : null,
			});
			expect(row).toMatchObject({ outcome: 'superseded', enrolled: 0 });
			expect(await asked().standing()).toEqual(before);
		},
	);

	it('goes on from page to page, and ends with an empty one', async () => {
		await asked().open();
		await asked().enroll({ recipients: people(2), cursor: '2', isLast: false });
		await asked().enroll({
			recipients: people(2, 2),
			previousCursor: '2',
			cursor: '4',
			isLast: false,
		});
		const row = await asked().enroll({ previousCursor: '4', cursor: '4' });
		expect(row).toMatchObject({ outcome: 'enrolled', state: 'sending', enrolled: 0, cursor: '4' });
		expect(await asked().summarize()).toMatchObject({ audience: 4, pending: 4 });
	});

	it('starts anew with another definition, also over what an older page left', async () => {
		await asked().open();
		await asked().enroll({
			recipients: people(3),
			leftOut: [{ recipient: null, personId: null, reason: 'broken_address' }],
			cursor: '4',
			isLast: false,
		});
		await asked().open({ definitionHash: 'hash-2' });
		// As a page of the old definition that another transaction wrote meanwhile.
		await database.pool.query(
			`INSERT INTO property_platform.campaign_recipients
				(campaign_id, recipient, person_id, email, data, state)
			SELECT 'c-1', unnest, 'old', 'old@example.com', '{}', 'pending' FROM unnest($1::text[])`,
			[[key('p0'), key('p7')]],
		);
		await asked().enroll({ definitionHash: 'hash-2', recipients: people(2) });
		expect(new Set((await asked().standing('person_id')).map((row) => row.person_id))).toEqual(
			new Set(['person-p0', 'person-p1']),
		);
		expect(await asked().summarize()).toMatchObject({ audience: 2, pending: 2 });
		expect(await asked().leftOut()).toEqual({});
	});
});

describe('a campaign that was asked for a batch, but had none to give', () => {
	it('starts anew with another definition, and counts anew who waits', async () => {
		await ledger().start(people(8));
		const first = people(8)
			.map(({ recipient }) => recipient)
			.sort()
			.slice(0, 6);
		for (const recipient of first) await ledger().suppress(recipient);
		expect(await ledger().take()).toMatchObject({ batches: [], pending: 2 });
		expect(await ledger().open({ definitionHash: 'hash-2' })).toMatchObject({
			state: 'enrolling',
			definitionHash: 'hash-2',
		});
		await ledger().enroll({ definitionHash: 'hash-2', recipients: people(8, 10) });
		expect(await ledger().take()).toMatchObject({ batches: [{}, {}], pending: 2 });
	});
});

describe('one address in several rows of the audience', () => {
	const without = (reason: string) => ({
		recipients: [],
		leftOut: [{ recipient: key('ana'), personId: 'person-ana', reason }],
	});
	const ROWS = {
		'can be mailed': { recipients: [person('ana')], leftOut: [] },
		'is unsubscribed': without('unsubscribed'),
		'lacks a variable': without('missing_variables'),
	};
	type Row = keyof typeof ROWS;

	const CASES: Array<[Row, Row, string, Record<string, number>]> = [
		['can be mailed', 'can be mailed', 'pending', { duplicate: 1 }],
		['can be mailed', 'is unsubscribed', 'left_out', { unsubscribed: 1, duplicate: 1 }],
		['is unsubscribed', 'can be mailed', 'left_out', { unsubscribed: 1, duplicate: 1 }],
		['can be mailed', 'lacks a variable', 'pending', { duplicate: 1 }],
		['lacks a variable', 'can be mailed', 'pending', { duplicate: 1 }],
		['is unsubscribed', 'lacks a variable', 'left_out', { unsubscribed: 1, duplicate: 1 }],
		['lacks a variable', 'is unsubscribed', 'left_out', { unsubscribed: 1, duplicate: 1 }],
		['lacks a variable', 'lacks a variable', 'left_out', { missing_variables: 1, duplicate: 1 }],
	];

	const CUTS: Array<[string, (one: Row, other: Row) => Promise<unknown>]> = [
		[
			'in one page',
			(one, other) =>
				ledger().enroll({
					recipients: [...ROWS[one].recipients, ...ROWS[other].recipients],
					leftOut: [...ROWS[one].leftOut, ...ROWS[other].leftOut],
				}),
		],
		[
			'page after page',
			async (one, other) => {
				await ledger().enroll({ ...ROWS[one], cursor: '1', isLast: false });
				await ledger().enroll({ ...ROWS[other], previousCursor: '1' });
			},
		],
	];

	describe.each(CUTS)('%s', (_name, enrollBoth) => {
		it.each(CASES)('that %s and %s: %s, %j', async (one, other, state, leftOut) => {
			await ledger().open();
			await enrollBoth(one, other);
			expect(await ledger().standing('state')).toEqual([{ state }]);
			expect(await ledger().summarize()).toMatchObject({ audience: 2 });
			expect(await ledger().leftOut()).toEqual(leftOut);
		});
	});

	it('is not brought back by a later page once it is suppressed', async () => {
		await ledger().open();
		await ledger().suppress(key('ana'));
		await ledger().enroll({ recipients: [person('ana')], cursor: '1', isLast: false });
		await database.pool.query('TRUNCATE property_platform.suppressions');
		await ledger().enroll({ recipients: [person('ana')], previousCursor: '1' });
		expect(await ledger().standing('state, reason')).toEqual([
			{ state: 'left_out', reason: 'suppressed: bounced' },
		]);
	});
});

describe('an audience of nobody', () => {
	it('is completed by the first who asks for a batch', async () => {
		await ledger().start([]);
		expect(await ledger().take()).toMatchObject({
			state: 'completed',
			batches: [],
			pending: 0,
			startedAt: null,
		});
	});

	it('and a campaign of which everybody has a mail are the same afterwards: done', async () => {
		await ledger().start(people(2));
		const { batches } = await ledger().take();
		await ledger().record({ batches: batches.map(sent) });
		expect(await ledger().take()).toMatchObject({ state: 'completed', batches: [] });
		expect(await ledger().take()).toMatchObject({ state: 'completed', nextLeaseInSeconds: null });
	});
});
