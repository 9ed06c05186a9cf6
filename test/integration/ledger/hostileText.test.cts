import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { markReported } from '../../../nodes/CampaignDispatch/ledger/reported';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { HOSTILE } from '../stateStore/hostile.cts';
import { logRow } from '../stateStore/work.cts';
import {
	enroll,
	event,
	key,
	ledgerOn,
	open,
	person,
	record,
	sent,
	summarize,
	take,
} from './campaign.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => ledgerOn(database).clear());

describe.each(PROTOCOLS)('hostile text, values %s', (protocol) => {
	const ledger = () => ledgerOn(database, protocol);

	it.each(HOSTILE)('comes back as it went in: %j', async (text) => {
		const document = { [text]: text, list: [text] };
		const campaign = {
			campaignId: text,
			companyId: text,
			correlationId: text,
			definition: document,
			definitionHash: text,
		};
		const about = { campaignId: text, leaseToken: text };
		expect(await ledger().open(campaign)).toMatchObject(campaign);

		const recipients = [
			{ recipient: text, email: text, personId: text, data: document },
			person('ana'),
		];
		const leftOut = [
			{ recipient: key('bob'), personId: text, reason: text },
			{ recipient: null, personId: text, reason: text },
		];
		const page = { campaignId: text, definitionHash: text, recipients, leftOut };
		expect(await ledger().enroll({ ...page, cursor: text, isLast: false })).toMatchObject({
			enrolled: 2,
			leftOut: 2,
			cursor: text,
		});
		expect(
			await ledger().enroll({
				...page,
				recipients: [],
				leftOut: [],
				previousCursor: text,
				cursor: text,
			}),
		).toMatchObject({ outcome: 'enrolled', state: 'sending' });

		const taken = await ledger().take(about);
		expect(taken).toMatchObject({ ...about, companyId: text, definition: document });
		expect(taken.batches[0]!.recipients).toContainEqual({
			...recipients[0]!,
			emailId: null,
			suppression: null,
		});

		const results = [
			{ recipient: text, state: 'refused' as const, reason: text },
			{ recipient: key('ana'), state: 'sent' as const, emailId: text },
		];
		const batches = [{ batch: 1, outcome: 'sent' as const, results }];
		expect(
			await ledger().record({ ...about, batches, stop: text, log: [logRow({ detail: text })] }),
		).toMatchObject({ campaignId: text, state: 'stopped', sent: 1, refused: 1 });
		expect(await ledger().summarize({ campaignId: text })).toMatchObject({
			campaignId: text,
			stopReason: text,
			leftOut: { [text]: 2 },
		});

		const happened = { eventId: text, emailId: text, campaignId: text, reason: text };
		expect(
			await ledger().event('unsubscribed', {
				...happened,
				recipient: key('ana'),
				companyId: text,
				suppress: { reason: 'unsubscribed' },
			}),
		).toMatchObject({ outcome: 'counted', campaignId: text, companyId: text });
		expect(await ledger().standing('recipient, email, reason, email_id', text)).toEqual(
			expect.arrayContaining([
				{ recipient: text, email: text, reason: text, email_id: null },
				{ recipient: key('ana'), email: 'ana@example.com', reason: text, email_id: text },
			]),
		);
	});

	it('loses the characters PostgreSQL cannot hold, and only those', async () => {
		await ledger().start([person('ana', { data: { 'key\0': 'half an emoji \ud83c and 🏡' } })]);
		const { batches } = await ledger().take();
		expect(batches[0]!.recipients[0]!.data).toEqual({ key: 'half an emoji \ufffd and 🏡' });
		await ledger().record({ batches: batches.map(sent) });
		expect(await ledger().event('opened', { eventId: 'nul \0', reason: '\ud83c' })).toMatchObject({
			outcome: 'counted',
		});
	});

	it("holds for any JSON that PostgreSQL can hold as a person's data", async () => {
		await fc.assert(
			fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (given) => {
				await ledger().clear();
				const data: unknown = JSON.parse(JSON.stringify(given).replaceAll('\\u0000', ''));
				await ledger().start([person('ana', { data })]);
				const { batches } = await ledger().take();
				expect(isDeepStrictEqual(batches[0]!.recipients[0]!.data, data)).toBe(true);
			}),
			{ numRuns: 30 },
		);
	});
});

describe("what n8n's Postgres node would rewrite", () => {
	it.each<[string, Statement]>([
		['open', open()],
		['enroll', enroll({ recipients: [person('ana')] })],
		['take', take()],
		['record', record({ stop: 'quota', log: [logRow()] })],
		['a bounce', event('bounced', { bounce: 'permanent', suppress: { reason: 'bounced' } })],
		['an event without a moment', event('delayed')],
		['summarize', summarize()],
		['summarize those with news', summarize({ campaignId: null })],
		['reported', markReported({ campaignId: 'c-1', asOf: '2026-11-20T09:00:00.000Z' }, [])],
	])('is not in the statement: %s', (_name, statement) => {
		const { query, values } = statement;
		const placeholders = [...query.matchAll(/\$(\d+)::[a-z]/g)].map(([, number]) => Number(number));
		const positions = values.map((_value, index) => index + 1);
		expect([...new Set(placeholders)].sort((a, b) => a - b)).toEqual(positions);
		expect(query.split('$')).toHaveLength(placeholders.length + 1);
		expect(query).not.toMatch(/\{\{|;|'\$|--/);
		expect(JSON.parse(JSON.stringify(values))).toEqual(values);
	});
});
