import { type Database, ON_A_SERVER, openDatabase } from '../stateStore/database.cts';
import { overlap } from '../stateStore/overlap.cts';
import type { EnrollRow } from '../../../nodes/CampaignDispatch/ledger/enroll';
import type { OpenRow } from '../../../nodes/CampaignDispatch/ledger/open';
import type { TakeRow } from '../../../nodes/CampaignDispatch/ledger/takeBatches';
import type { DeliveryEventRow } from '../../../nodes/CampaignDispatch/ledger/deliveryEvent';
import {
	enroll,
	event,
	key,
	ledgerOn,
	open,
	people,
	person,
	record,
	sent,
	take,
} from './campaign.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase(10);
}, 60_000);
afterAll(() => database.close());
beforeEach(() => ledgerOn(database).clear());

const ledger = () => ledgerOn(database);

/** Takes until the campaign is over; every third portion dies and is never recorded. */
async function work(leaseToken: string, seen: Map<string, number>, dies: boolean): Promise<number> {
	for (let portion = 0; ; portion++) {
		const row = await ledger().take({ leaseToken });
		if (row.state === 'completed') return portion;
		for (const { batch, recipients } of row.batches) {
			for (const { recipient } of recipients) {
				// Whoever has it again has it in the same batch.
				expect(seen.get(recipient) ?? batch).toBe(batch);
				seen.set(recipient, batch);
			}
		}
		if (dies && portion % 3 === 1) await ledger().endLeases(leaseToken);
		else if (row.batches.length > 0) {
			await ledger().record({ leaseToken, batches: row.batches.map(sent) });
		}
	}
}

describe('many executions of one campaign', () => {
	it('never share a batch', async () => {
		await ledger().start(people(100));
		const rows = await Promise.all(
			Array.from({ length: 10 }, (_value, index) =>
				ledger().take({ leaseToken: `token-${index}` }),
			),
		);
		const given = rows.flatMap(({ batches }) => batches);
		expect(new Set(given.map(({ batch }) => batch)).size).toBe(given.length);
		const recipients = given.flatMap((batch) => batch.recipients.map((member) => member.recipient));
		expect(new Set(recipients).size).toBe(recipients.length);
		expect(recipients).toHaveLength(60);
	});

	it.each([
		['that all live', false],
		['of which some die', true],
	])('%s bring everybody into one batch and end it', async (_name, dies) => {
		await ledger().start(people(120));
		const seen = new Map<string, number>();
		await Promise.all(
			Array.from({ length: 6 }, (_value, index) => work(`token-${index}`, seen, dies)),
		);
		expect(seen.size).toBe(120);
		expect(await ledger().summarize()).toMatchObject({ state: 'completed', sent: 120, sending: 0 });
		const sizes = await database.pool.query<{ size: number }>(
			`SELECT count(*)::int AS size FROM property_platform.campaign_recipients
			GROUP BY batch ORDER BY size DESC`,
		);
		expect(sizes.rows[0]!.size).toBeLessThanOrEqual(3);
	});

	it('write every page of the audience once', async () => {
		await ledger().open();
		const enrollAll = async () => {
			for (;;) {
				const { cursor, state } = await ledger().open();
				if (state !== 'enrolling') return;
				const from = Number(cursor ?? 0);
				await ledger().enroll({
					recipients: people(Math.min(10, 50 - from), from),
					leftOut: [{ recipient: null, personId: null, reason: 'broken_address' }],
					previousCursor: cursor,
					cursor: String(from + 10),
					isLast: from === 40,
				});
			}
		};
		await Promise.all([enrollAll(), enrollAll(), enrollAll(), enrollAll()]);
		expect(await ledger().summarize()).toMatchObject({
			audience: 55,
			pending: 50,
		});
		expect(await ledger().leftOut()).toEqual({ broken_address: 5 });
	});

	it('are told once that they opened something new', async () => {
		const rows = await Promise.all(Array.from({ length: 10 }, () => ledger().open()));
		expect(rows.filter(({ isNew }) => isNew)).toHaveLength(1);
	});

	it('do not block each other when they tell the same in another order', async () => {
		await ledger().start(people(90));
		const { batches } = await ledger().take({ batches: 30 });
		const told = batches.map(sent);
		const rows = await Promise.all(
			Array.from({ length: 40 }, (_value, index) =>
				ledger().record({ batches: index % 2 === 0 ? told : told.toReversed() }),
			),
		);
		expect(rows.map((row) => row.sent)).toEqual(Array(40).fill(90));
	});

	it('and its events and records go on side by side', async () => {
		const everybody = people(60);
		await ledger().start(everybody);
		const { batches } = await ledger().take({ batches: 20 });
		await Promise.all([
			...batches.flatMap((batch) => [
				ledger().record({ batches: [sent(batch)] }),
				ledger().record({ leaseToken: 'late', batches: [sent(batch)], stop: 'quota' }),
			]),
			ledger().record({ batches: [...batches].reverse().map(sent) }),
			...everybody.flatMap(({ recipient }) =>
				(['delivered', 'opened', 'bounced'] as const).map((kind) =>
					ledger().event(kind, {
						recipient,
						emailId: `mail-${recipient}`,
						bounce: 'permanent',
						...(kind === 'bounced' && { suppress: { reason: 'bounced' as const } }),
					}),
				),
			),
			...Array.from({ length: 10 }, () => ledger().take({ leaseToken: 'other' })),
		]);
		expect(await ledger().summarize()).toMatchObject({
			state: 'stopped',
			sent: 60,
			delivered: 60,
			opened: 60,
			permanentBounces: 60,
			failed: 60,
		});
	});

	it('count one event once, and its first of a kind once', async () => {
		await ledger().send([person('ana')]);
		const rows = await Promise.all(
			Array.from({ length: 12 }, (_value, index) =>
				ledger().event('opened', { eventId: `e-${index % 6}` }),
			),
		);
		expect(rows.filter(({ outcome }) => outcome === 'counted')).toHaveLength(6);
		expect(rows.filter(({ isFirst }) => isFirst)).toHaveLength(1);
	});
});

/**
 * What only real sessions can show: a statement that began before another transaction ended.
 * Run with TEST_DATABASE_URL naming a PostgreSQL server.
 */
(ON_A_SERVER ? describe : describe.skip)('a statement that waits for another transaction', () => {
	const other = { leaseToken: 'other' };

	it('takes what the other left, with numbers of its own', async () => {
		await ledger().start(people(8));
		const row = await overlap<TakeRow>(database, take(other), take());
		expect(row.batches.map(({ batch, recipients }) => [batch, recipients.length])).toEqual([
			[3, 2],
		]);
	});

	it('takes what the other gave back by dying', async () => {
		await ledger().start(people(8));
		const row = await overlap<TakeRow>(database, take(other), take(), 'ROLLBACK');
		expect(row.batches.map(({ batch }) => batch)).toEqual([1, 2]);
	});

	it('is told to ask again where the other took the rest, and does not end the campaign', async () => {
		await ledger().start(people(6));
		expect(await overlap<TakeRow>(database, take(other), take())).toMatchObject({
			state: 'sending',
			batches: [],
			nextLeaseInSeconds: 0,
		});
		expect(await ledger().take()).toMatchObject({ inFlight: 2, nextLeaseInSeconds: 60 });
	});

	it('does not take over what the other took over', async () => {
		await ledger().start(people(6));
		await ledger().take();
		await ledger().endLeases();
		expect(
			(await overlap<TakeRow>(database, take(other), take({ leaseToken: 'next' }))).batches,
		).toEqual([]);
	});

	it('does not end a campaign whose audience it has not seen', async () => {
		await ledger().open();
		const lastPage = enroll({ recipients: people(8) });
		expect(await overlap<TakeRow>(database, lastPage, take())).toMatchObject({ state: 'sending' });
		const row = await ledger().take();
		expect(row.batches.map(({ recipients }) => recipients.length)).toEqual([3, 3]);
		expect(row.pending).toBe(2);
	});

	it('does not end a campaign that began anew meanwhile', async () => {
		await ledger().start([]);
		const anew = { definitionHash: 'hash-2' };
		const began = [open(anew), enroll({ ...anew, recipients: people(2) })];
		expect(await overlap<TakeRow>(database, began, take())).toMatchObject({ state: 'sending' });
		expect((await ledger().take()).batches[0]!.recipients).toHaveLength(2);
	});

	it('takes nothing of a campaign that the other stopped', async () => {
		await ledger().start(people(4));
		expect(await overlap<TakeRow>(database, record({ stop: 'quota' }), take())).toMatchObject({
			state: 'stopped',
			batches: [],
		});
	});

	it('leaves the page to the other that wrote it, and says where the ledger stands', async () => {
		await ledger().open();
		const page = { recipients: people(3), cursor: '3', isLast: false };
		expect(await overlap<EnrollRow>(database, enroll(page), enroll(page))).toMatchObject({
			outcome: 'superseded',
			cursor: '3',
			enrolled: 0,
			duplicates: 0,
		});
		expect(await ledger().summarize()).toMatchObject({ audience: 3 });
	});

	it('writes the page that the other could not', async () => {
		await ledger().open();
		const page = enroll({ recipients: people(3) });
		expect(await overlap<EnrollRow>(database, page, page, 'ROLLBACK')).toMatchObject({
			enrolled: 3,
		});
	});

	it('opens anew, and what the other wrote at that moment is in no batch', async () => {
		await ledger().open();
		const page = enroll({ recipients: people(3, 10), cursor: '3', isLast: false });
		const anew = { definitionHash: 'hash-2' };
		expect(await overlap<OpenRow>(database, page, open(anew))).toMatchObject({ cursor: null });
		await ledger().enroll({ ...anew, recipients: people(2) });
		expect((await ledger().take()).batches[0]!.recipients.map(({ email }) => email).sort()).toEqual(
			['p0@example.com', 'p1@example.com'],
		);
		expect(await ledger().summarize()).toMatchObject({ audience: 2 });
		expect(await ledger().leftOut()).toEqual({});
	});

	it('keeps the definition where the other took a batch', async () => {
		await ledger().start(people(3));
		expect(
			await overlap<OpenRow>(database, take(), open({ definitionHash: 'hash-2' })),
		).toMatchObject({
			state: 'sending',
			definitionHash: 'hash-1',
		});
		expect(await ledger().standing('state')).toHaveLength(3);
	});

	it('counts an event as the second of its kind after the first', async () => {
		await ledger().send([person('ana')]);
		const opened = () => event('opened', { recipient: key('ana') });
		expect(await overlap<DeliveryEventRow>(database, opened(), opened())).toMatchObject({
			outcome: 'counted',
			isFirst: false,
		});
	});

	it('counts an event as a repeat of itself', async () => {
		await ledger().send([person('ana')]);
		const opened = event('opened', { recipient: key('ana') });
		expect(await overlap<DeliveryEventRow>(database, opened, opened)).toMatchObject({
			outcome: 'repeat',
			isFirst: false,
		});
	});

	it('records nothing over what the event of the other proved', async () => {
		await ledger().start([person('ana')]);
		await ledger().take();
		const results = [{ recipient: key('ana'), state: 'refused' as const, reason: 'no' }];
		await overlap(
			database,
			event('delivered', { emailId: 'real' }),
			record({ batches: [{ batch: 1, outcome: 'sent', results }] }),
		);
		expect(await ledger().standing('state, reason, email_id')).toEqual([
			{ state: 'sent', reason: null, email_id: 'real' },
		]);
	});
});
