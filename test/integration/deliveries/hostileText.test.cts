import { dismissDeadLetters } from '../../../nodes/SignedWebhook/deadLetters/dismissDeadLetters';
import { listDeadLetters } from '../../../nodes/SignedWebhook/deadLetters/listDeadLetters';
import { replayDeadLetters } from '../../../nodes/SignedWebhook/deadLetters/replayDeadLetters';
import { parkWork } from '../../../nodes/shared/delivery/parkWork';
import { settleDeliveries } from '../../../nodes/shared/delivery/settleDeliveries';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { HOSTILE } from '../stateStore/hostile.cts';
import { logRow } from '../stateStore/work.cts';
import { delivered, deliveriesOn, failed, take, work } from './deliveries.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => deliveriesOn(database).clear());

describe.each(PROTOCOLS)('hostile text, values %s', (protocol) => {
	const on = () => deliveriesOn(database, protocol);

	it.each(HOSTILE)('comes back as it went in: %j', async (text) => {
		const names = { deliveryKey: text, flow: text, correlationId: text };
		const payload = { path: text, body: text };
		const log = [logRow({ step: text, detail: text })];
		expect(
			await on().park([work({ ...names, eventKey: text, payload, reason: text })], log),
		).toEqual([{ ...names, kind: 'callback', state: 'waiting', attempts: 1, isNew: true }]);
		await on().wait(60);
		const [taken] = await on().take({ leaseToken: text });
		expect(taken).toMatchObject({ ...names, eventKey: text, payload, leaseToken: text });

		const [dead] = await on().settle([failed(taken!, { reason: text, isPassing: false })], log);
		expect(dead).toMatchObject({ ...names, state: 'dead' });
		expect(await on().list({ which: 'one', deliveryKey: text })).toMatchObject([
			{ ...names, reason: text, about: text },
		]);
		const [alert] = await on().rows('alerts');
		expect(alert).toMatchObject({ alert_key: `dead-letters:${text}` });
		expect(alert.detail).toContain(`Given up for: ${text}. `);

		expect(await on().replay({ which: 'one', deliveryKey: text })).toMatchObject([
			{ deliveryKey: text, flow: text },
		]);
		expect(await on().settle((await on().take({ leaseToken: text })).map(delivered))).toMatchObject(
			[{ ...names, state: 'delivered' }],
		);
		await on().park([work({ ...names, isPassing: false })]);
		expect(await on().dismiss({ which: 'flow', flow: text })).toMatchObject([
			{ deliveryKey: text },
		]);
		expect(await on().rows('event_log', 'detail', 'id')).toContainEqual({ detail: text });
	});

	it('loses the characters PostgreSQL cannot hold, and only those', async () => {
		const deliveryKey = 'nul \0, half an emoji \ud83c.';
		const payload = { path: '/', body: '\0, six letters: \\u0000, \udfe1 and 🏡' };
		await on().park([work({ deliveryKey, payload, isUntried: true })]);
		expect(await on().take()).toMatchObject([
			{
				deliveryKey: 'nul , half an emoji \ufffd.',
				payload: { body: ', six letters: \\u0000, \ufffd and 🏡' },
			},
		]);
	});
});

describe("what n8n's Postgres node would rewrite", () => {
	const HELD = { deliveryKey: 'd-1', leaseToken: 'holder' };
	const since = { which: 'since', since: '2026-11-23T00:00:00Z' } as const;

	it.each<[string, Statement]>([
		['park', parkWork([work()], [logRow()])],
		['take', take()],
		['settle', settleDeliveries([failed(HELD)], [logRow()])],
		['list', listDeadLetters(since)],
		['replay', replayDeadLetters(since)],
		['dismiss', dismissDeadLetters(since)],
	])('is not in the statement: %s', (_name, statement) => {
		const { query, values } = statement;
		const placeholders = [...query.matchAll(/\$(\d+)::[a-z]/g)].map(([, number]) => Number(number));
		const positions = values.map((_value, index) => index + 1);
		expect([...new Set(placeholders)].sort()).toEqual(positions);
		expect(query.split('$')).toHaveLength(placeholders.length + 1);
		expect(query).not.toMatch(/\{\{|;|'\$|--/);
		expect(JSON.parse(JSON.stringify(values))).toEqual(values);
	});
});
