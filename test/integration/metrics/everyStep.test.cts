import { markReported } from '../../../nodes/CampaignDispatch/ledger/reported';
import type { RecordMessageRow } from '../../../nodes/MetaBroker/inbox/recordMessage';
import {
	edit,
	inboxOn,
	leadForm,
	message,
	record as recordMessage,
	unsend,
} from '../inbox/inbox.cts';
import { ledgerOn, people, person } from '../ledger/campaign.cts';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { claim, complete, HOUR, logRow, record } from '../stateStore/work.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
	await ledgerOn(database).clear();
	await inboxOn(database).clear();
});

const COLUMNS = 'correlation_id, flow, step, outcome, duration_ms, attempt, detail';
const EMPTY = { duration_ms: null, attempt: null, detail: null };

async function logged(step?: string) {
	const { rows } = await database.pool.query<Record<string, unknown>>(
		`SELECT ${COLUMNS} FROM property_platform.event_log
		WHERE vendor IS NULL AND step = COALESCE($1, step) ORDER BY id`,
		[step],
	);
	return rows;
}

/** Lets so many seconds go by for claimed work, campaigns and the inbox. */
const wait = (seconds: number) =>
	database.pool.query(
		[
			'processed_events SET first_seen_at',
			'campaigns SET opened_at',
			'channel_events SET received_at',
		]
			.map((column) => {
				const [, name] = column.split(' SET ');
				return `UPDATE property_platform.${column} = ${name} - interval '${seconds} seconds'`;
			})
			.join(';'),
	);

/** Durations are measured by the database: at least what was waited, and not much more. */
const about = (seconds: number) => ({
	asymmetricMatch: (ms: unknown) =>
		typeof ms === 'number' && ms >= seconds * 1000 && ms < seconds * 1000 + 30_000,
});

describe.each(PROTOCOLS)('claimed work, values %s', (protocol) => {
	const run = (statement: ReturnType<typeof claim>) => database.run(statement, protocol);
	const step = { ...EMPTY, correlation_id: 'correlation-1', flow: 'property-enrichment' };

	it('is logged when it is claimed, with how that ended and which attempt it was', async () => {
		await run(claim());
		await run(claim({ correlationId: 'second' }));
		await database.pool.query('UPDATE property_platform.processed_events SET lease_until = now()');
		await run(claim({ leaseToken: 'next' }));
		await run(record({ leaseToken: 'next' }));
		await run(claim());
		expect(await logged('claim')).toEqual([
			{ ...step, step: 'claim', outcome: 'claimed', attempt: 1 },
			{ ...step, step: 'claim', outcome: 'in_progress', attempt: 1, correlation_id: 'second' },
			{ ...step, step: 'claim', outcome: 'claimed', attempt: 2 },
			{ ...step, step: 'claim', outcome: 'repeat', attempt: 2 },
		]);
	});

	it('is logged when it is recorded, after its calls, or found taken over', async () => {
		await run(claim());
		await run(record({ log: [logRow({ step: 'narrative' })] }));
		await run(record());
		await run(record({ eventKey: 'never claimed' }));
		expect((await logged()).slice(1)).toEqual([
			{ ...step, step: 'narrative', outcome: 'ok' },
			{ ...step, step: 'record', outcome: 'recorded', attempt: 1 },
			{ ...step, step: 'record', outcome: 'superseded', attempt: 1 },
		]);
	});

	it('is logged once when it is complete, with the time since it was first seen', async () => {
		await run(claim());
		await run(record());
		await wait(45);
		await run(complete({ log: [logRow({ step: 'callback' })] }));
		await run(complete());
		expect((await logged()).slice(2)).toEqual([
			{ ...step, step: 'callback', outcome: 'ok' },
			{ ...step, step: 'complete', outcome: 'ok', duration_ms: about(45) },
		]);
	});

	it('that is done anew after the repeat window counts from then, and once more', async () => {
		await run(claim());
		await run(record());
		await run(complete());
		await wait(2 * HOUR);
		await database.pool.query(
			"UPDATE property_platform.processed_events SET recorded_at = now() - interval '2 hours'",
		);
		await run(claim());
		await wait(20);
		await run(record());
		await run(complete());
		expect(await logged('complete')).toMatchObject([
			{ duration_ms: about(0) },
			{ duration_ms: about(20) },
		]);
	});

	it.each([
		[-100, 0],
		[40 * 86_400, 2 ** 31 - 1],
	])('that seems to have taken %i s is logged with %i ms', async (seconds, duration_ms) => {
		await run(claim());
		await run(record());
		await wait(seconds);
		await run(complete());
		expect(await logged('complete')).toMatchObject([{ duration_ms }]);
	});
});

describe.each(PROTOCOLS)('a campaign, values %s', (protocol) => {
	const ledger = () => ledgerOn(database, protocol);
	const report = (asOf: string) =>
		database.run(markReported({ campaignId: 'c-1', asOf }, []), protocol);
	const step = { ...EMPTY, correlation_id: 'correlation-1', flow: 'campaign-dispatch' };

	it('is logged when it is opened, gone on with and asked for again', async () => {
		await ledger().send(people(2), { correlationId: 'correlation-1' });
		await ledger().open({ correlationId: 'later' });
		expect(await logged('open')).toEqual([
			{ ...step, step: 'open', outcome: 'opened', attempt: 1 },
			{ ...step, step: 'open', outcome: 'resumed', attempt: 2 },
			{
				...step,
				step: 'open',
				outcome: 'repeat',
				attempt: 3,
				correlation_id: 'later',
			},
		]);
	});

	it('is logged page by page as it is enrolled, with counts and nobody in them', async () => {
		await ledger().open();
		await ledger().suppress(person('ben').recipient);
		await ledger().enroll({
			recipients: [person('ana'), person('ana'), person('ben'), person('cleo')],
			leftOut: [{ recipient: null, personId: 'person-dan', reason: 'no_address' }],
			cursor: '5',
			isLast: false,
		});
		await ledger().enroll({ recipients: [person('eve')], previousCursor: 'elsewhere' });
		await ledger().enroll({ campaignId: 'never opened', recipients: [person('eve')] });
		expect(await logged('enroll')).toEqual([
			{
				...step,
				step: 'enroll',
				outcome: 'enrolled',
				detail: 'enrolled 2, left out 1, duplicates 1, suppressed 1',
			},
			{
				...step,
				step: 'enroll',
				outcome: 'superseded',
				detail: 'enrolled 0, left out 0, duplicates 0, suppressed 0',
			},
		]);
	});

	it('is logged as complete once, when the platform first has its final counts', async () => {
		await ledger().start(people(2));
		await report((await ledger().summarize()).asOf);
		await ledger().send(people(2));
		expect(await logged('complete')).toEqual([]);
		await wait(300);
		await report((await ledger().summarize()).asOf);
		await report((await ledger().summarize()).asOf);
		expect(await logged('complete')).toEqual([
			{ ...step, step: 'complete', outcome: 'ok', duration_ms: about(300) },
		]);
	});

	it('is not logged as complete by counts from before it was', async () => {
		await ledger().start(people(1));
		const { asOf } = await ledger().summarize();
		await database.pool.query('SELECT pg_sleep(0.01)');
		await ledger().send(people(1));
		await report(asOf);
		expect(await logged('complete')).toEqual([]);
	});
});

describe.each(PROTOCOLS)('the inbox, values %s', (protocol) => {
	const inbox = () => inboxOn(database, protocol);
	const step = { ...EMPTY, correlation_id: 'c-1', flow: 'meta-broker' };

	it('is logged event by event as they are received, without repeats and edits', async () => {
		await inbox().keep([message('m-1'), message('m-2', 1), leadForm('1')]);
		await inbox().keep([edit('m-1', 1, 'another text')]);
		await inbox().keep([message('m-1'), message('m-3', 2)]);
		const receive = { ...step, step: 'receive', outcome: 'waiting' };
		const log = await logged();
		expect(log).toHaveLength(4);
		expect(log).toEqual(
			expect.arrayContaining([
				{ ...receive, detail: 'message' },
				{ ...receive, detail: 'lead_form' },
			]),
		);
		expect(log.filter(({ detail }) => detail === 'message')).toHaveLength(3);
	});

	it('says in which state an event came', async () => {
		await inbox().keep([edit('early', 1, 'x'), message('gone'), unsend('gone')]);
		const outcomes = (await logged('receive')).map(({ outcome }) => outcome).sort();
		expect(outcomes).toEqual(['expected', 'withdrawn']);
	});

	it('is logged when a message is done, with the time since it was received', async () => {
		await inbox().keep([message('m-1')]);
		const taken = await inbox().takeOne();
		await wait(12);
		await inbox().record(taken, { outcome: 'answered', log: [logRow({ step: 'ask' })] });
		expect((await logged()).slice(1)).toEqual([
			expect.objectContaining({ step: 'ask' }),
			{ ...step, step: 'complete', outcome: 'ok', duration_ms: about(12), detail: 'answered' },
		]);
	});

	it('is not logged as done where the lease was lost or the message was unsent', async () => {
		await inbox().keep([message('m-1')]);
		const taken = await inbox().takeOne();
		await inbox().keep([unsend('m-1')]);
		const { recorded } = await inbox().record(taken);
		const lost = recordMessage({ ...taken, leaseToken: 'stranger' });
		expect((await database.run<RecordMessageRow>(lost, protocol)).recorded).toBe(false);
		expect(recorded).toBe(true);
		expect(await logged('complete')).toEqual([]);
	});
});
