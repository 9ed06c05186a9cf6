import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import type { ClaimRow } from '../../../nodes/shared/stateStore/claim';
import { appendEventLog } from '../../../nodes/shared/stateStore/eventLog';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { storableJson, storableText } from '../../../nodes/shared/stateStore/storable';
import { type Database, openDatabase, PROTOCOLS, SCHEMA } from './database.cts';
import { HOSTILE } from './hostile.cts';
import { answer, claim, complete, logRow, record, release } from './work.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() =>
	database.pool.query(
		'TRUNCATE property_platform.processed_events, property_platform.vendor_answers, property_platform.event_log',
	),
);

describe.each(PROTOCOLS)('hostile text, values %s', (protocol) => {
	it.each(HOSTILE)('comes back as it went in: %j', async (text) => {
		const document = { [text]: text, list: [text] };
		const names = { eventKey: text, leaseToken: text };

		const claimed = await database.run<ClaimRow>(
			claim({ ...names, flow: text, correlationId: text, event: document }),
			protocol,
		);
		expect(claimed).toMatchObject({ ...names, correlationId: text, event: document });

		const answers = [answer({ questionKey: text, vendor: text, scope: text, answer: document })];
		const log = [logRow({ step: text, detail: text })];
		expect(
			await database.run(record({ ...names, result: document, answers, log }), protocol),
		).toEqual({ recorded: true, result: document, eventKey: text, correlationId: text });

		const repeat = await database.run<ClaimRow>(
			claim({ eventKey: text, answerScopes: [text] }),
			protocol,
		);
		expect(repeat.result).toEqual(document);
		expect(repeat.cachedAnswers).toMatchObject([{ questionKey: text, answer: document }]);
		expect(await database.run(complete({ eventKey: text }), protocol)).toEqual({
			completed: true,
			result: document,
		});
		const { rows } = await database.pool.query(
			'SELECT step, flow, correlation_id, detail FROM property_platform.event_log ORDER BY id',
		);
		const { flow, correlationId } = logRow();
		expect(rows).toEqual([
			{ step: 'claim', flow: text, correlation_id: text, detail: null },
			{ step: text, flow, correlation_id: correlationId, detail: text },
			{ step: 'record', flow: text, correlation_id: text, detail: null },
			{ step: 'claim', flow, correlation_id: correlationId, detail: null },
			{ step: 'complete', flow: text, correlation_id: text, detail: null },
		]);
	});

	it('loses the characters PostgreSQL cannot hold, and only those', async () => {
		const eventKey = 'nul \0, half an emoji \ud83c.';
		const event = { 'key\0': ['\0', 'six letters: \\u0000', '\\\0', '\udfe1 and 🏡'] };
		expect(await database.run<ClaimRow>(claim({ eventKey, event }), protocol)).toMatchObject({
			outcome: 'claimed',
			eventKey: 'nul , half an emoji \ufffd.',
			event: { key: ['', 'six letters: \\u0000', '\\', '\ufffd and 🏡'] },
		});
	});

	it('holds for any JSON and any text', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.jsonValue({ stringUnit: 'binary' }),
				fc.string({ unit: 'binary' }),
				async (event, correlationId) => {
					const row = await database.run<ClaimRow>(claim({ event, correlationId }), protocol);
					expect(row.correlationId).toBe(holdable(correlationId));
					const asSent: unknown = JSON.parse(JSON.stringify(event));
					expect(isDeepStrictEqual(row.event, holdable(asSent))).toBe(true);
				},
			),
		);
	});
});

/** What PostgreSQL can hold, done on the value with Unicode's own well-formedness. */
function holdable(value: unknown): unknown {
	if (typeof value === 'string') {
		const text = value.split('\0').join('') as string & { toWellFormed(): string };
		return text.toWellFormed();
	}
	if (Array.isArray(value)) return value.map(holdable);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, member]) => [holdable(key), holdable(member)]),
	);
}

describe('storable text', () => {
	it('is left as it is by a second cleaning', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(storableText(storableText(text))).toBe(storableText(text));
			}),
		);
	});

	it('has JSON for a value that is missing', () => {
		expect(storableJson(undefined)).toBe('null');
	});
});

describe("what n8n's Postgres node would rewrite", () => {
	it.each<[string, Statement]>([
		['claim', claim({ answerScopes: ['p-1'] })],
		['record', record({ answers: [answer()], log: [logRow()] })],
		['complete', complete({ log: [logRow()] })],
		['release', release({ answers: [answer()], log: [logRow()] })],
		['log', appendEventLog([logRow()])],
	])('is not in the statement: %s', (_name, statement) => {
		const { query, values } = statement;
		const placeholders = [...query.matchAll(/\$(\d+)::[a-z]/g)].map(([, number]) => Number(number));
		const positions = values.map((_value, index) => index + 1);
		expect([...new Set(placeholders)].sort()).toEqual(positions);
		expect(query.split('$')).toHaveLength(placeholders.length + 1);
		expect(query).not.toMatch(/\{\{|;|'\$|--/);
		expect(JSON.parse(JSON.stringify(values))).toEqual(values);
	});

	it('is not in the schema', () => {
		expect(SCHEMA).not.toMatch(/\$|\{\{/);
	});
});
