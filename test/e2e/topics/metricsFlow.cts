import { randomUUID } from 'node:crypto';

import { DEMO_COMPANIES } from '../../../sandbox/platform/demoCompanies.cts';
import type { Misbehaviour } from '../../../sandbox/platform/misbehaviour.cts';
import { until } from '../../integration/platform/until.cts';
import { addLead, newCompany, reportedOf } from '../companies.cts';
import { ended, errorsIn, itemsOf } from '../executions.cts';
import { parked } from '../letters.cts';
import { alertsAbout, run, saveCopy } from '../monitoring.cts';
import { heal, world } from '../world.cts';

/** A copy of the template for these companies, as a person edits its list. */
async function rollupOf(companyIds: string[]): Promise<string> {
	const companies = companyIds.map((companyId) => ({ companyId, name: 'A company' }));
	return await saveCopy('metrics-rollup', {
		Companies: { jsonOutput: JSON.stringify({ companies }) },
	});
}

/** Rolls companies up by hand; answers what came out, and what failed. */
async function rollUp(companyIds: string[]) {
	const output = await run(await rollupOf(companyIds), 'Roll Up Now');
	return { done: output('Roll Up Company'), failed: output('Roll Up Company', 1) };
}

/** The figures of a company by rows that are counted here, not by the platform's own question. */
async function countedOf(companyId: string) {
	const { pool } = world().platform;
	const count = async (from: string) =>
		(await pool.query<{ count: number }>(`SELECT count(*)::int FROM ${from}`, [companyId])).rows[0]!
			.count;
	const answers = await count(
		`event_log WHERE company_id = $1 AND direction = 'out' AND created_at > now() - interval '1 day'`,
	);
	const good = await count(
		`event_log WHERE company_id = $1 AND direction = 'out' AND created_at > now() - interval '1 day'
		 AND status IN (200, 202)`,
	);
	const all = await count('property WHERE company_id = $1');
	const fresh = await count(
		`property WHERE company_id = $1 AND narrative <> '' AND last_updated > now() - interval '25 days'`,
	);
	return {
		company_id: companyId,
		properties_total: all,
		leads_total: await count('lead WHERE company_id = $1'),
		webhook_success_rate_24h: answers === 0 ? 100 : Math.round((good / answers) * 10_000) / 100,
		narratives_stale_count: all - fresh,
	};
}

/** Everything is so much that its share can be reckoned by hand. */
const KNOWN = {
	enrichedDaysAgo: [1, 40, null],
	leads: 2,
	campaigns: [
		{ sent: 3_000, failed: 40, opened: 1_000, clicked: 300 },
		{ sent: 2_000, opened: 250, clicked: 12 },
	],
	answers: [200, 200, 200, 202, 200, 200, 200, 500],
};

const KNOWN_FIGURES = {
	properties_total: 3,
	leads_total: 2,
	webhook_success_rate_24h: 87.5,
	narratives_stale_count: 2,
};

describe('Metrics Rollup on a real n8n', () => {
	let known: string;

	beforeAll(async () => {
		heal();
		known = await newCompany(KNOWN);
	});
	afterEach(heal);

	it('tells the platform the figures of every company, and derives the rates', async () => {
		// Each delivery counts: there are none between our count and the platform's.
		world().platform.pause();
		const empty = await newCompany();
		const companies = [known, empty, ...DEMO_COMPANIES.map(({ id }) => id)];
		const counted = await Promise.all(companies.map(countedOf));
		const start = Math.floor(Date.now() / 1000) * 1000;
		const { done, failed } = await rollUp(companies);
		expect(failed).toEqual([]);
		expect(done).toHaveLength(companies.length);

		const reported = await Promise.all(companies.map(reportedOf));
		reported.forEach((row, index) => {
			expect(row).toEqual({ ...counted[index], last_updated: expect.any(Date) as Date });
			expect((row!.last_updated as Date).getTime()).toBeGreaterThanOrEqual(start);
		});
		expect(reported[0]).toMatchObject(KNOWN_FIGURES);
		expect(done[0]).toMatchObject({
			companyId: known,
			// 5,000 sent, 4,960 of them delivered, 1,250 opened, 312 clicked.
			rates: { open: 25.2, click: 6.29, clickToOpen: 24.96, delivery: 99.2 },
			staleNarratives: { count: 2, share: 66.67 },
			deltas: null,
			warnings: [],
			reported: { status: 200, duplicate: false },
		});
		expect(done[1]).toMatchObject({
			companyId: empty,
			rates: { open: null, click: null, clickToOpen: null, delivery: null },
			staleNarratives: { count: 0, share: null },
		});
	});

	it('says what has changed since the last rollup, and keeps both', async () => {
		await addLead(known);
		const { last_updated: last } = (await reportedOf(known))!;
		// A rollup is of a whole second.
		await until(() => Date.now() >= (last as Date).getTime() + 1_000);
		const { done } = await rollUp([known]);
		const [{ deltas }] = done as [{ deltas: object }];
		expect(deltas).toMatchObject({
			leads_total: { before: 2, now: 3, change: 1, changePercent: 50 },
			properties_total: { before: 3, now: 3, change: 0, changePercent: 0 },
			webhook_success_rate_24h: { before: 87.5, now: 87.5, change: 0 },
			rates: { open: { before: 25.2, now: 25.2, change: 0 } },
		});
		expect(await reportedOf(known)).toMatchObject({ ...KNOWN_FIGURES, leads_total: 3 });
		const { rows } = await world().platform.pool.query(
			`SELECT (figures #>> '{figures,leads_total}')::int AS leads
			 FROM property_platform.rollups WHERE company_id = $1 ORDER BY taken_at`,
			[known],
		);
		expect(rows).toEqual([{ leads: 2 }, { leads: 3 }]);
	});

	it('reports the companies that fail by name and field, and the others are unharmed', async () => {
		const spoilt = await newCompany({ campaigns: [{ sent: 10, opened: -5, clicked: 0 }] });
		const unknown = randomUUID();
		const strange = 'a b/../?&x=1"';
		const doubtful = await newCompany({ campaigns: [{ sent: 10, opened: 20, clicked: 1 }] });
		const { done, failed } = await rollUp([unknown, strange, spoilt, doubtful]);
		expect(failed).toMatchObject([
			{
				companyId: unknown,
				error: expect.stringContaining(`knows no company ${unknown}`) as string,
			},
			{
				companyId: strange,
				error: expect.stringContaining(`knows no company ${strange}`) as string,
			},
			{
				companyId: spoilt,
				error: expect.stringMatching(
					new RegExp(`figures of company ${spoilt} cannot be used: campaign_performance.opened`),
				) as string,
			},
		]);
		// More opened than were sent: named, and no rate is made of it.
		expect(done).toMatchObject([
			{
				companyId: doubtful,
				rates: { open: null, delivery: 100 },
				warnings: [{ field: 'campaign_performance.opened' }],
			},
		]);
		expect(await reportedOf(doubtful)).toBeDefined();
		expect(await reportedOf(spoilt)).toBeUndefined();

		for (const companyId of [unknown, strange, spoilt]) {
			expect(await parked(`rollup:${companyId}`)).toMatchObject({ state: 'dead', attempts: 1 });
		}
		expect((await alertsAbout('dead-letters:metrics-rollup')).at(-1)).toMatchObject({
			severity: 'critical',
			isOpen: true,
		});

		await world().platform.pool.query('UPDATE campaign SET opened = 5 WHERE company_id = $1', [
			spoilt,
		]);
		await rollUp([spoilt]);
		expect(await reportedOf(spoilt)).toBeDefined();
		expect(await parked(`rollup:${spoilt}`)).toMatchObject({ state: 'delivered', payload: null });
	});

	it('says that an entry of the list has no company, and rolls the others up', async () => {
		const company = await newCompany({ leads: 1 });
		const unknown = randomUUID();
		const id = await world().editor.run(await rollupOf(['', unknown, company]), 'Roll Up Now');
		const { status, kept } = await ended(id);
		expect([status, JSON.stringify(errorsIn(kept))]).toEqual([
			'error',
			expect.stringContaining('names no company (item 0)'),
		]);
		expect(await parked(`rollup:${unknown}`)).toMatchObject({ state: 'dead' });
		expect(itemsOf(kept, 'Keep in State Store')).toEqual([{ kept: 1 }]);
		expect(await reportedOf(company)).toMatchObject({ leads_total: 1 });
	});

	it.each<{ how: Misbehaviour; says: RegExp }>([
		{ how: 'negative', says: /cannot be used: leads_total/ },
		{ how: 'text', says: /cannot be used: leads_total/ },
		{ how: 'missing', says: /cannot be used: properties_total/ },
		{ how: 'rate-above-100', says: /cannot be used: webhook_success_rate_24h/ },
	])(
		'figures that cannot be true ($how) are not reported, and their field is named',
		async (row) => {
			const before = await reportedOf(known);
			world().platform.misbehave(row.how);
			const { done, failed } = await rollUp([known]);
			expect(done).toEqual([]);
			expect(failed).toMatchObject([
				{ companyId: known, error: expect.stringMatching(row.says) as string },
			]);
			expect(await reportedOf(known)).toEqual(before);
			expect(await parked(`rollup:${known}`)).toMatchObject({ state: 'dead' });
		},
	);

	it.each<{ how: Misbehaviour; says: RegExp }>([
		{ how: 'error-body', says: /answered 200 with an error \(.*The database is full/ },
		{ how: 'html', says: /answered 200 with a web page/ },
	])('an answer of 200 that is none ($how) is tried again until there are figures', async (row) => {
		const company = await newCompany({ leads: 1 });
		world().platform.misbehave(row.how);
		const id = await world().editor.run(await rollupOf([company]), 'Roll Up Now');
		await until(async () => (await parked(`rollup:${company}`))?.state === 'waiting', 20_000);
		expect(await reportedOf(company)).toBeUndefined();
		heal();
		const { status, kept } = await ended(id);
		expect(status).toBe('success');
		expect(itemsOf(kept, 'Roll Up Company', 1)).toMatchObject([
			{ companyId: company, error: expect.stringMatching(row.says) as string },
		]);
		expect(itemsOf(kept, 'Roll Up Company')).toMatchObject([{ companyId: company }]);
		expect(await reportedOf(company)).toMatchObject({ leads_total: 1 });
		expect(await parked(`rollup:${company}`)).toMatchObject({ state: 'delivered' });
	});

	it('clocks that disagree are named, and what they cost is a dead letter at once', async () => {
		const company = await newCompany();
		world().platform.skewClock(400);
		const { failed } = await rollUp([company]);
		const [{ error }] = failed as [{ error: string }];
		const [, skew] = /\(401\): its clock is (\d+) s ahead of the clock of this n8n/.exec(error)!;
		expect(Math.abs(Number(skew) - 400)).toBeLessThanOrEqual(2);
		expect(await parked(`rollup:${company}`)).toMatchObject({
			state: 'dead',
			attempts: 1,
			reason: 'The platform: credential-refused',
		});

		world().platform.skewClock(0);
		await rollUp([company]);
		expect(await parked(`rollup:${company}`)).toMatchObject({ state: 'delivered' });
	});
});
