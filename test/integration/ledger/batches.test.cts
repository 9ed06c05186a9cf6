import type { TakeRow } from '../../../nodes/CampaignDispatch/ledger/takeBatches';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { logRow } from '../stateStore/work.cts';
import { DAY, key, ledgerOn, people, person, sent } from './campaign.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => ledgerOn(database).clear());

const members = ({ batches }: TakeRow) =>
	batches.map(({ batch, recipients }) => [batch, recipients.map(({ recipient }) => recipient)]);

const sorted = (count: number) =>
	people(count)
		.map(({ recipient }) => recipient)
		.sort();

describe.each(PROTOCOLS)('the batches of a campaign, values %s', (protocol) => {
	const ledger = () => ledgerOn(database, protocol);

	it('are of the asked size, in the order of the recipients, with all that a mail needs', async () => {
		await ledger().start(people(8));
		const row = await ledger().take();
		const [p0, p1, p2, p3, p4, p5] = sorted(8);
		expect(members(row)).toEqual([
			[1, [p0, p1, p2]],
			[2, [p3, p4, p5]],
		]);
		const first = people(8).find(({ recipient }) => recipient === p0)!;
		expect(row).toEqual({
			campaignId: 'c-1',
			companyId: 'company-1',
			correlationId: 'correlation-1',
			state: 'sending',
			definition: { subject: 'Hello' },
			definitionHash: 'hash-1',
			cursor: null,
			startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			leaseToken: 'holder',
			batches: [
				{
					batch: 1,
					attempts: 1,
					firstAttemptAt: null,
					isKeyExpired: false,
					recipients: expect.arrayContaining([{ ...first, emailId: null, suppression: null }]),
				},
				expect.objectContaining({ batch: 2 }),
			],
			pending: 2,
			inFlight: 0,
			nextLeaseInSeconds: null,
		});
	});

	it('go to one execution each until everybody has a mail, then the campaign is over', async () => {
		await ledger().start(people(8));
		const one = await ledger().take({ leaseToken: 'one' });
		const other = await ledger().take({ leaseToken: 'other' });
		expect(members(other)).toEqual([[3, sorted(8).slice(6)]]);
		expect(other).toMatchObject({ pending: 0, inFlight: 2 });

		expect(await ledger().record({ leaseToken: 'one', batches: one.batches.map(sent) })).toEqual({
			campaignId: 'c-1',
			state: 'sending',
			sent: 6,
			refused: 0,
			pending: 0,
			inFlight: 1,
		});
		expect(await ledger().take({ leaseToken: 'one' })).toMatchObject({
			state: 'sending',
			batches: [],
			inFlight: 1,
			nextLeaseInSeconds: 60,
		});
		await ledger().record({ leaseToken: 'other', batches: other.batches.map(sent) });
		expect(await ledger().take({ leaseToken: 'one' })).toMatchObject({
			state: 'completed',
			nextLeaseInSeconds: null,
		});
		const row = { state: 'sent', data: null, sent_at: expect.any(Date) };
		expect(await ledger().standing('state, data, sent_at, email_id')).toEqual(
			sorted(8).map((recipient) => ({ ...row, email_id: `mail-${recipient}` })),
		);
	});

	it('whose holder died are the same again for the next, after the lease', async () => {
		await ledger().start(people(8));
		const dead = await ledger().take({ leaseToken: 'dead', batches: 1 });
		expect(members(await ledger().take({ leaseToken: 'early', batches: 1 }))).toEqual([
			[2, expect.any(Array)],
		]);
		await ledger().endLeases();
		const next = await ledger().take({ leaseToken: 'next', batches: 3 });

		expect(next.batches.map(({ batch, attempts }) => [batch, attempts])).toEqual([
			[1, 2],
			[2, 2],
			[3, 1],
		]);
		expect(JSON.stringify(next.batches[0]!.recipients)).toBe(
			JSON.stringify(dead.batches[0]!.recipients),
		);
		const [over, , fresh] = next.batches;
		expect(over).toMatchObject({ isKeyExpired: false, firstAttemptAt: dead.startedAt });
		expect(fresh).toMatchObject({ isKeyExpired: false, firstAttemptAt: null });
	});

	it('say when the vendor may have forgotten their key, and from which attempt on', async () => {
		await ledger().start(people(2));
		await ledger().take();
		const again = async () => {
			await ledger().endLeases();
			return (await ledger().take({ leaseToken: 'next' })).batches[0]!;
		};
		await ledger().age(DAY - 60);
		expect(await again()).toMatchObject({ attempts: 2, isKeyExpired: false });
		await ledger().age(60);
		expect(await again()).toMatchObject({ attempts: 3, isKeyExpired: true });
		// What is known does not become young by another attempt.
		expect(await again()).toMatchObject({ attempts: 4, isKeyExpired: true });
	});

	it('are counted as sent, whoever holds them by now, and once', async () => {
		await ledger().start(people(2));
		const slow = await ledger().take({ leaseToken: 'slow' });
		await ledger().endLeases();
		const next = await ledger().take({ leaseToken: 'next' });
		const told = { leaseToken: 'slow', batches: slow.batches.map(sent) };

		expect(await ledger().record(told)).toMatchObject({ sent: 2, inFlight: 0 });
		const before = await ledger().standing('*');
		expect(await ledger().record(told)).toMatchObject({ sent: 2, inFlight: 0 });
		const [batch] = next.batches;
		await ledger().record({
			leaseToken: 'next',
			batches: [
				{
					batch: batch!.batch,
					outcome: 'sent',
					results: batch!.recipients.map(({ recipient }) => ({
						recipient,
						state: 'refused',
						emailId: 'another',
						reason: 'late',
					})),
				},
			],
		});
		expect(await ledger().standing('*')).toEqual(before);
	});

	it('keep what each mail was refused for', async () => {
		await ledger().start(people(3));
		await ledger().take();
		const [one, two, three] = sorted(3);
		const row = await ledger().record({
			batches: [
				{
					batch: 1,
					outcome: 'sent',
					results: [
						{ recipient: one!, state: 'sent', emailId: 'mail-1' },
						{ recipient: two!, state: 'refused', reason: 'invalid address' },
						{ recipient: three!, state: 'left_out', reason: 'suppressed: unsubscribed' },
					],
				},
			],
		});
		expect(row).toMatchObject({ sent: 1, refused: 1, inFlight: 0 });
		const at = expect.any(Date);
		expect(await ledger().standing('state, reason, email_id, sent_at, data')).toEqual([
			{ state: 'sent', reason: null, email_id: 'mail-1', sent_at: at, data: null },
			{ state: 'refused', reason: 'invalid address', email_id: null, sent_at: null, data: null },
			{
				state: 'left_out',
				reason: 'suppressed: unsubscribed',
				email_id: null,
				sent_at: null,
				data: null,
			},
		]);
		expect(await ledger().summarize()).toMatchObject({
			audience: 3,
			sent: 2,
			refused: 1,
			failed: 1,
		});
		expect(await ledger().leftOut()).toEqual({ 'suppressed: unsubscribed': 1 });
	});

	it('are not done while a member has no result', async () => {
		await ledger().start(people(3));
		const { batches } = await ledger().take();
		const [batch] = batches.map(sent);
		const row = await ledger().record({
			batches: [{ ...batch!, results: batch!.results.slice(1) }],
		});
		expect(row).toMatchObject({ sent: 0, inFlight: 1 });
		await ledger().endLeases();
		expect((await ledger().take({ leaseToken: 'next' })).batches[0]!.recipients).toEqual(
			batches[0]!.recipients,
		);
	});

	it('that were not sent can be taken again at once, if their holder says so', async () => {
		await ledger().start(people(3));
		await ledger().take();
		const unsent = [{ batch: 1, outcome: 'unsent' as const }];
		await ledger().record({ leaseToken: 'stranger', batches: unsent });
		expect((await ledger().take({ leaseToken: 'next' })).batches).toEqual([]);
		expect(await ledger().record({ batches: unsent })).toMatchObject({ sent: 0, inFlight: 1 });
		expect(await ledger().take({ leaseToken: 'next' })).toMatchObject({
			batches: [{ batch: 1, attempts: 2, firstAttemptAt: expect.any(String) }],
		});
	});

	it('are not given out once the campaign is stopped, until it is opened again', async () => {
		await ledger().start(people(8));
		const { batches } = await ledger().take();
		const row = await ledger().record({
			batches: [sent(batches[0]!), { batch: 2, outcome: 'unsent' }],
			stop: 'daily_quota_exceeded',
			log: [logRow({ step: 'send', detail: 'stopped' })],
		});
		expect(row).toMatchObject({ state: 'stopped', sent: 3, pending: 2, inFlight: 1 });
		expect(await ledger().take({ leaseToken: 'next' })).toMatchObject({
			state: 'stopped',
			batches: [],
			pending: 2,
			inFlight: 1,
			nextLeaseInSeconds: null,
		});
		expect(await ledger().summarize()).toMatchObject({ stopReason: 'daily_quota_exceeded' });
		await ledger().open();
		const next = await ledger().take({ leaseToken: 'next' });
		expect(members(next)).toEqual([
			[2, sorted(8).slice(3, 6)],
			[3, sorted(8).slice(6)],
		]);
		expect(
			(
				await database.pool.query(
					"SELECT detail FROM property_platform.event_log WHERE step = 'send'",
				)
			).rows,
		).toEqual([{ detail: 'stopped' }]);
	});

	it('that are under way when it is stopped still count', async () => {
		await ledger().start(people(3));
		const { batches } = await ledger().take();
		await ledger().record({ leaseToken: 'other', stop: 'domain' });
		expect(await ledger().record({ batches: batches.map(sent) })).toMatchObject({
			state: 'stopped',
			sent: 3,
			inFlight: 0,
		});
	});

	it('do not stop a campaign that is completed', async () => {
		await ledger().send(people(1));
		expect(await ledger().record({ stop: 'late' })).toMatchObject({ state: 'completed' });
	});

	it('are none where there is no such campaign, or it is still enrolling', async () => {
		const nothing = { batches: [], pending: 0, inFlight: 0, nextLeaseInSeconds: null };
		expect(await ledger().take()).toMatchObject({ ...nothing, state: null, companyId: null });
		expect(await ledger().record({ batches: [sent({ batch: 1, recipients: [] })] })).toEqual({
			campaignId: 'c-1',
			state: null,
			sent: 0,
			refused: 0,
			pending: 0,
			inFlight: 0,
		});
		await ledger().open();
		await ledger().enroll({ recipients: people(2), cursor: '2', isLast: false });
		expect(await ledger().take()).toMatchObject({ ...nothing, state: 'enrolling', pending: 2 });
	});

	it('leave other campaigns alone', async () => {
		await ledger().start(people(2));
		await ledger().start(people(2), { campaignId: 'c-2' });
		const { batches } = await ledger().take();
		await ledger().record({ campaignId: 'c-2', batches: batches.map(sent) });
		expect(await ledger().standing('state')).toEqual([{ state: 'sending' }, { state: 'sending' }]);
		expect(await ledger().standing('state', 'c-2')).toEqual([
			{ state: 'pending' },
			{ state: 'pending' },
		]);
		expect(await ledger().take({ campaignId: 'c-2' })).toMatchObject({ inFlight: 0 });
	});
});

describe('people who are suppressed after they were enrolled', () => {
	const ledger = () => ledgerOn(database);

	it('are left out before they are given to a batch', async () => {
		await ledger().start([person('ana'), person('bob'), person('cid')]);
		await ledger().suppress(key('ana'), 'company-1', 'unsubscribed');
		await ledger().suppress(key('bob'), 'company-2', 'unsubscribed');
		const row = await ledger().take();
		expect(row.batches[0]!.recipients.map(({ email }) => email).sort()).toEqual([
			'bob@example.com',
			'cid@example.com',
		]);
		expect(await ledger().standing('recipient, state, email, reason')).toContainEqual({
			recipient: key('ana'),
			state: 'left_out',
			email: null,
			reason: 'suppressed: unsubscribed',
		});
	});

	it('stay members of a batch that may be out already, which says that they are', async () => {
		await ledger().start([person('ana'), person('bob')]);
		const first = await ledger().take();
		await ledger().suppress(key('ana'), 'company-1', 'unsubscribed');
		await ledger().endLeases();
		const again = await ledger().take({ leaseToken: 'next' });
		expect(members(again)).toEqual(members(first));
		const suppression = (row: TakeRow) =>
			row.batches[0]!.recipients.find(({ recipient }) => recipient === key('ana'))!.suppression;
		expect([suppression(first), suppression(again)]).toEqual([null, 'unsubscribed']);
	});

	it('complete the campaign when nobody else is left', async () => {
		await ledger().start(people(2));
		for (const { recipient } of people(2)) await ledger().suppress(recipient);
		expect(await ledger().take()).toMatchObject({ state: 'completed', batches: [], pending: 0 });
		expect(await ledger().leftOut()).toEqual({ 'suppressed: bounced': 2 });
	});

	it('do not make anybody wait who could ask for the next', async () => {
		await ledger().start(people(8));
		await ledger().take({ batches: 1, leaseToken: 'other' });
		for (const recipient of sorted(8).slice(3, 6)) await ledger().suppress(recipient);
		expect(await ledger().take({ batches: 1 })).toMatchObject({
			batches: [],
			pending: 2,
			inFlight: 1,
			nextLeaseInSeconds: 0,
		});
	});

	it('do not end it while others wait behind them', async () => {
		await ledger().start(people(8));
		for (const recipient of sorted(8).slice(0, 6)) await ledger().suppress(recipient);
		expect(await ledger().take()).toMatchObject({
			state: 'sending',
			batches: [],
			pending: 2,
			nextLeaseInSeconds: 0,
		});
		expect(members(await ledger().take())).toEqual([[1, sorted(8).slice(6)]]);
	});
});

describe('what an event has proved before the result came', () => {
	const ledger = () => ledgerOn(database);

	it('is kept, and shown to whoever takes the batch over', async () => {
		await ledger().start([person('ana'), person('bob')]);
		const first = await ledger().take();
		await ledger().event('delivered', { emailId: 'real', at: '2026-11-20T09:00:00Z' });
		await ledger().endLeases();
		const again = await ledger().take({ leaseToken: 'next' });
		const blank = (row: TakeRow) =>
			row.batches[0]!.recipients.map((member) => ({ ...member, emailId: null }));
		expect(blank(again)).toEqual(blank(first));
		const ana = again.batches[0]!.recipients.find(({ recipient }) => recipient === key('ana'))!;
		expect(ana.emailId).toBe('real');

		const refused = again.batches[0]!.recipients.map(({ recipient }) => ({
			recipient,
			state: 'refused' as const,
			emailId: 'other',
			reason: 'no',
		}));
		await ledger().record({
			leaseToken: 'next',
			batches: [{ batch: 1, outcome: 'sent', results: refused }],
		});
		expect(
			await ledger().standing('recipient, state, reason, email_id, sent_at, data'),
		).toContainEqual({
			recipient: key('ana'),
			state: 'sent',
			reason: null,
			email_id: 'real',
			sent_at: new Date('2026-11-20T09:00:00Z'),
			data: null,
		});
	});

	it('closes a batch together with the results of the others', async () => {
		await ledger().start([person('ana'), person('bob')]);
		await ledger().take();
		await ledger().event('sent');
		const results = [{ recipient: key('bob'), state: 'sent' as const, emailId: 'mail-bob' }];
		await ledger().record({ batches: [{ batch: 1, outcome: 'sent', results }] });
		expect(await ledger().standing('state, data')).toEqual([
			{ state: 'sent', data: null },
			{ state: 'sent', data: null },
		]);
		expect(await ledger().take()).toMatchObject({ state: 'completed' });
	});
});
