import { purgeHistory } from '../../../nodes/MetricsRollup/eventLog/purge';
import { traceCorrelation } from '../../../nodes/MetricsRollup/eventLog/trace';
import { applyAlerts } from '../../../nodes/MetricsRollup/health/applyAlerts';
import { markAlertTold } from '../../../nodes/MetricsRollup/health/markAlertTold';
import { measureHealth } from '../../../nodes/MetricsRollup/health/measureHealth';
import { keepRollups } from '../../../nodes/MetricsRollup/rollup/keepRollups';
import { previousRollups } from '../../../nodes/MetricsRollup/rollup/previousRollups';
import { appendEventLog } from '../../../nodes/shared/stateStore/eventLog';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { HOSTILE } from '../stateStore/hostile.cts';
import { logRow } from '../stateStore/work.cts';
import { asked, breach, calm, metricsOn, rollup, take } from './metrics.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => metricsOn(database).clear());

describe.each(PROTOCOLS)('hostile text, values %s', (protocol) => {
	const on = () => metricsOn(database, protocol);

	it.each(HOSTILE)('comes back as it went in: %j', async (text) => {
		const change = breach(text, { title: text, detail: text });
		expect(await on().apply([change])).toEqual({ raised: [text], resolved: [] });
		const [alert] = await on().take({ leaseToken: text });
		expect(alert).toMatchObject({ alertKey: text, title: text, detail: text, leaseToken: text });
		expect(await on().tell(alert!, 'mail')).toBe(true);
		expect(await on().tell(alert!, 'platform')).toBe(true);
		expect(await on().take()).toEqual([]);
		expect(await on().apply([{ ...change, condition: 'calm' }])).toEqual({
			raised: [],
			resolved: [text],
		});

		const figures = { text, nested: [text], [`key ${text}`]: text };
		await on().park(`rollup:${text}`, { kind: 'rollup', correlation_id: text });
		const log = [logRow({ correlationId: text, detail: text })];
		expect(await on().keep([rollup(text, { correlationId: text, figures })], log)).toEqual({
			kept: 1,
		});
		expect(await on().previous([{ ...asked(text), delivery: { text } }])).toMatchObject([
			{ companyId: text, delivery: { text }, previous: { figures } },
		]);
		const trace = await on().trace(text);
		expect(trace.map(({ step, outcome, detail }) => [step, outcome, detail])).toEqual(
			expect.arrayContaining([
				['market-data', 'ok', text],
				['complete', 'ok', null],
				['rollup', 'parked', `rollup:${text}`],
				['rollup', 'delivered', null],
			]),
		);
		expect(trace).toHaveLength(4);
	});

	it('loses the characters PostgreSQL cannot hold, and only those', async () => {
		const broken = 'nul \0, half an emoji \ud83c.';
		const kept = 'nul , half an emoji �.';
		await on().apply([breach(broken, { detail: broken })]);
		expect(await on().take({ leaseToken: broken })).toMatchObject([
			{ alertKey: kept, detail: kept, leaseToken: kept },
		]);
		await on().keep([rollup(broken, { figures: [broken] })]);
		expect(await on().previous([asked(broken)])).toMatchObject([
			{ companyId: kept, previous: { figures: [kept] } },
		]);
		await database.run(appendEventLog([logRow({ correlationId: broken })]));
		expect(await on().trace(broken)).toHaveLength(1);
	});
});

describe("what n8n's Postgres node would rewrite", () => {
	const told = { alertId: '1', leaseToken: 't', about: 'raised' as const };
	it.each<[string, Statement]>([
		['apply', applyAlerts([breach('a'), calm('b')], 600)],
		['take', take()],
		['told by mail', markAlertTold({ ...told, channel: 'mail' })],
		['told to the platform', markAlertTold({ ...told, about: 'resolved', channel: 'platform' })],
		['measure', measureHealth({ windowMinutes: 60, usualDays: 7 })],
		['keep', keepRollups([rollup('a')], [logRow()])],
		['previous', previousRollups([asked('a')])],
		['purge', purgeHistory({ eventLogDays: 1, settledDays: 1, rollupDays: 1, batch: 1 })],
		['trace', traceCorrelation('c-1')],
		['trace of the platform too', traceCorrelation('c-1', { platformEventLog: 'public.log' })],
	])('is not in the statement: %s', (_name, { query, values }) => {
		const placeholders = [...query.matchAll(/\$(\d+)::[a-z]/g)].map(([, number]) => Number(number));
		const positions = values.map((_value, index) => index + 1);
		expect([...new Set(placeholders)].sort((a, b) => a - b)).toEqual(positions);
		expect(query.split('$')).toHaveLength(placeholders.length + 1);
		expect(query).not.toMatch(/\{\{|;|'\$|--/);
		expect(JSON.parse(JSON.stringify(values))).toEqual(values);
	});
});
