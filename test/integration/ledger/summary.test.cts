import type { ReceivedEvent } from '../../../nodes/CampaignDispatch/ledger/deliveryEvent';
import {
	markReported,
	type MarkReportedRow,
} from '../../../nodes/CampaignDispatch/ledger/reported';
import {
	summarizeCampaigns,
	type SummaryRow,
} from '../../../nodes/CampaignDispatch/ledger/summarize';
import { claimEvent } from '../../../nodes/shared/stateStore/claim';
import { recordResult } from '../../../nodes/shared/stateStore/record';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { DAY, key, ledgerOn, people, person, sent } from './campaign.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => ledgerOn(database).clear());

const ledger = () => ledgerOn(database);

const NOTHING = {
	pending: 0,
	sending: 0,
	sent: 0,
	refused: 0,
	delivered: 0,
	bounced: 0,
	permanentBounces: 0,
	transientBounces: 0,
	complained: 0,
	opened: 0,
	clicked: 0,
	unsubscribed: 0,
	suppressedByVendor: 0,
	failed: 0,
	conversions: 0,
};

describe('the summary of a campaign', () => {
	it.each(PROTOCOLS)('counts every person once in each number, values %s', async (protocol) => {
		const asked = ledgerOn(database, protocol);
		await asked.open();
		await asked.enroll({
			recipients: [...people(10), person('p3')],
			leftOut: [
				{ recipient: key('x'), personId: 'x', reason: 'no_consent' },
				{ recipient: null, personId: 'y', reason: 'broken_address' },
				{ recipient: key('p4'), personId: 'z', reason: 'missing_variables' },
			],
			cursor: '14',
		});
		// Nine in three batches of three; one waits.
		const { batches } = await asked.take({ batches: 3 });
		const [one, two] = batches.map(sent);
		two!.results[0] = { ...two!.results[0]!, state: 'refused', reason: 'invalid' };
		await asked.record({ batches: [one!, two!] });

		const [a, b, c] = batches[0]!.recipients.map(({ recipient }) => recipient);
		const [d, e, f] = batches[1]!.recipients.map(({ recipient }) => recipient);
		const happened: Array<[string | undefined, ReceivedEvent['kind'], Partial<ReceivedEvent>?]> = [
			[a, 'delivered'],
			[a, 'opened'],
			[a, 'opened'],
			[a, 'clicked'],
			[a, 'complained'],
			[b, 'bounced', { bounce: 'permanent' }],
			[b, 'failed'],
			[c, 'bounced', { bounce: 'transient' }],
			[e, 'suppressed'],
			[f, 'delivered'],
			[f, 'opened'],
			[f, 'unsubscribed'],
		];
		for (const [recipient, kind, changed] of happened) {
			await asked.event(kind, { recipient, emailId: undefined, ...changed });
		}

		expect(await asked.summarize()).toEqual({
			...NOTHING,
			found: true,
			campaignId: 'c-1',
			companyId: 'company-1',
			correlationId: 'correlation-1',
			state: 'sending',
			stopReason: null,
			startedAt: expect.any(String),
			completedAt: null,
			asOf: expect.any(String),
			audience: 14,
			leftOut: { no_consent: 1, broken_address: 1, duplicate: 2 },
			pending: 1,
			sending: 3,
			sent: 6,
			refused: 1,
			delivered: 2,
			bounced: 2,
			permanentBounces: 1,
			transientBounces: 1,
			complained: 1,
			opened: 2,
			clicked: 1,
			unsubscribed: 1,
			suppressedByVendor: 1,
			// Refused: d. Bounced for good and failed: b, once. Suppressed by Resend: e.
			failed: 3,
		});
		expect(await asked.standing('recipient, state')).toContainEqual({
			recipient: d,
			state: 'refused',
		});
	});

	it.each(PROTOCOLS)('of a campaign nobody knows says so, values %s', async (protocol) => {
		expect(await ledgerOn(database, protocol).summarize()).toEqual({
			...NOTHING,
			found: false,
			campaignId: 'c-1',
			companyId: null,
			correlationId: null,
			state: null,
			stopReason: null,
			startedAt: null,
			completedAt: null,
			asOf: expect.any(String),
			audience: 0,
			leftOut: {},
		});
	});

	it('has every person of the audience in one place', async () => {
		await ledger().start(people(8));
		const { batches } = await ledger().take();
		await ledger().suppress([...people(8)].map(({ recipient }) => recipient).sort()[7]!);
		await ledger().record({ batches: [sent(batches[0]!)] });
		await ledger().take({ leaseToken: 'next' });
		const { audience, pending, sending, sent: out, leftOut } = await ledger().summarize();
		expect({ audience, pending, sending, out, leftOut }).toEqual({
			audience: 8,
			pending: 0,
			sending: 4,
			out: 3,
			leftOut: { 'suppressed: bounced': 1 },
		});
	});
});

describe('the conversions of a campaign', () => {
	let leads = 0;

	/** A lead whose result is in the state store, first seen so many seconds after the start. */
	async function lead(result: unknown, secondsAfterStart: number, flow = 'lead-score') {
		const eventKey = `lead-${leads++}`;
		await database.run(
			claimEvent({
				eventKey,
				flow,
				correlationId: 'c',
				leaseToken: 't',
				leaseSeconds: 60,
				repeatWindowSeconds: 60,
				event: {},
				answerScopes: [],
			}),
		);
		await database.run(recordResult({ eventKey, leaseToken: 't', result, answers: [], log: [] }));
		await database.pool.query(
			`UPDATE property_platform.processed_events SET
				first_seen_at = COALESCE(started_at, now()) + make_interval(secs => $2)
			FROM property_platform.campaigns WHERE event_key = $1 AND campaign_id = 'c-1'`,
			[eventKey, secondsAfterStart],
		);
	}

	const ours = { utm: { source: 'newsletter', campaign: 'c-1' } };

	const CASES: Array<[string, Parameters<typeof lead>, number]> = [
		['with the tag of the campaign', [ours, 60], 1],
		['at the very start', [ours, 0], 1],
		['just within the window', [ours, 7 * DAY - 1], 1],
		['after the window', [ours, 7 * DAY], 0],
		['before the start', [ours, -1], 0],
		['with another tag', [{ utm: { campaign: 'c-2' } }, 60], 0],
		['without a tag', [{ utm: null }, 60], 0],
		['of the same company', [{ ...ours, company_id: 'company-1' }, 60], 1],
		['of another company', [{ ...ours, company_id: 'company-2' }, 60], 0],
		['of another flow', [ours, 60, 'property-enrichment'], 0],
	];

	it.each(CASES)('has a lead %s: %#', async (_name, given, conversions) => {
		await ledger().send(people(1));
		await lead(...given);
		expect(await ledger().summarize({ conversionWindowDays: 7 })).toMatchObject({ conversions });
	});

	it('are found by the utm campaign of its definition, where it has one', async () => {
		await ledger().send(people(1), { definition: { utm: { campaign: 'summer' } } });
		await lead(ours, 60);
		await lead({ utm: { campaign: 'summer' } }, 60);
		await lead({ utm: { campaign: 'summer' } }, 61);
		expect(await ledger().summarize()).toMatchObject({ conversions: 2 });
	});

	it('are none before anything was sent', async () => {
		await ledger().start(people(1));
		await lead(ours, 60);
		expect(await ledger().summarize()).toMatchObject({ conversions: 0 });
	});

	it('are looked up by an index, which an older store gets', async () => {
		const { rows } = await database.pool.query<{ indexdef: string }>(
			"SELECT indexdef FROM pg_indexes WHERE indexname = 'processed_events_utm_campaign'",
		);
		expect(rows).toHaveLength(1);
		expect(rows[0]!.indexdef).toContain("WHERE (flow = 'lead-score'::text)");
	});
});

describe('the campaigns with news', () => {
	const withNews = async () => {
		const { query, values } = summarizeCampaigns({ campaignId: null, conversionWindowDays: 7 });
		const { rows } = await database.pool.query<SummaryRow>({ text: query, values });
		return rows;
	};
	const ids = async () => (await withNews()).map(({ campaignId }) => campaignId);
	const report = async (campaignId: string) => {
		const { asOf } = await ledger().summarize({ campaignId });
		return await database.run<MarkReportedRow>(markReported({ campaignId, asOf }, []));
	};
	/** As if everything so far was so much longer ago. */
	const pass = (minutes: number) =>
		database.pool.query(
			`UPDATE property_platform.campaigns SET
				completed_at = completed_at - make_interval(mins => $1),
				changed_at = changed_at - make_interval(mins => $1),
				reported_at = reported_at - make_interval(mins => $1)`,
			[minutes],
		);

	it('are those that are completed and were never reported', async () => {
		await ledger().open({ campaignId: 'c-0' });
		await ledger().start(people(1), { campaignId: 'c-1' });
		await ledger().send(people(1), { campaignId: 'c-2' });
		expect(await withNews()).toEqual(
			[await ledger().summarize({ campaignId: 'c-2' })].map((summary) => ({
				...summary,
				asOf: expect.any(String),
			})),
		);
	});

	it('are no news once they are reported, until an event changes a count', async () => {
		await ledger().send([person('ana')]);
		expect(await report('c-1')).toEqual({ reported: true });
		expect(await ids()).toEqual([]);
		await pass(10);
		await ledger().event('delayed');
		expect(await ids()).toEqual([]);
		await ledger().event('opened');
		expect(await ids()).toEqual(['c-1']);
	});

	it('are reported once more where an event may have come during the report', async () => {
		await ledger().send([person('ana')]);
		await pass(10);
		const { asOf } = await ledger().summarize();
		await ledger().event('opened');
		await database.run(markReported({ campaignId: 'c-1', asOf }, []));
		expect(await ids()).toEqual(['c-1']);
		await pass(1);
		await ledger().event('clicked');
		await pass(5);
		await report('c-1');
		expect(await ids()).toEqual([]);
	});

	it('are reported once more where an event came within the minute of another', async () => {
		await ledger().send([person('ana')]);
		await pass(10);
		await ledger().event('opened');
		const { asOf } = await ledger().summarize();
		await ledger().event('clicked');
		await database.run(markReported({ campaignId: 'c-1', asOf }, []));
		expect(await ids()).toEqual(['c-1']);
	});

	it('are those that were reported as stopped and completed later', async () => {
		await ledger().start(people(1));
		await ledger().record({ stop: 'quota' });
		await report('c-1');
		expect(await ids()).toEqual([]);
		await ledger().open();
		const { batches } = await ledger().take();
		await ledger().record({ batches: batches.map(sent) });
		await ledger().take();
		expect(await ids()).toEqual(['c-1']);
	});

	it('do not write to the campaign for every event', async () => {
		await ledger().send(people(5));
		const changes: unknown[] = [];
		for (const { recipient } of people(5)) {
			await ledger().event('opened', { recipient });
			const { rows } = await database.pool.query<{ xmin: string }>(
				'SELECT xmin::text FROM property_platform.campaigns',
			);
			changes.push(rows[0]!.xmin);
		}
		expect(new Set(changes).size).toBe(1);
	});

	it('cannot be marked where there is no such campaign', async () => {
		expect(
			await database.run(markReported({ campaignId: 'c-1', asOf: '2026-11-20T09:00:00Z' }, [])),
		).toEqual({ reported: false });
	});
});
