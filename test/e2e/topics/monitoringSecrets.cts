/** Of all topics the last, for it looks at what the others have left behind too. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { SECRETS } from '../../../sandbox/sandbox.cts';
import { PEOPLE } from '../leads.cts';
import { world } from '../world.cts';

describe('what is left of secrets and of people where a person watches', () => {
	let hidden: string[];

	beforeAll(async () => {
		const apiKey = await readFile(path.join(world().n8n.userFolder, '.n8n', 'api-key'), 'utf8');
		const people = PEOPLE.flatMap(({ email, phone }) => [email, phone]);
		hidden = [...Object.values(SECRETS), apiKey, ...people].filter(
			(word) => typeof word === 'string',
		);
		expect(people.length).toBeGreaterThan(0);
	});

	const hiddenIn = (text: string) => hidden.filter((word) => text.includes(word));

	it.each([
		['event log', 'SELECT * FROM property_platform.event_log', /"step":"complete"/],
		['alerts', 'SELECT * FROM property_platform.alerts', /Dead letters: lead-score/],
		["platform's entries of alerts", 'SELECT * FROM alert_entry', /alert\.resolved/],
		['rollups', 'SELECT * FROM property_platform.rollups', /leads_total/],
		[
			'deliveries, but for what crashed executions were given',
			`SELECT * FROM property_platform.deliveries WHERE kind <> 'event'`,
			/metrics-rollup/,
		],
	])('is nothing in the %s', async (_, query, holds) => {
		const text = JSON.stringify((await world().platform.pool.query(query)).rows);
		expect(text).toMatch(holds);
		expect(hiddenIn(text)).toEqual([]);
	});

	it('is nothing in the mails about alerts', () => {
		const text = JSON.stringify(world().smtp.mails);
		expect(text).toContain('A workflow failed');
		expect(hiddenIn(text)).toEqual([]);
	});

	it('of what was delivered or dismissed, nothing but that it was', async () => {
		const { rows } = await world().platform.pool.query<{ state: string; payload: unknown }>(
			`SELECT state, payload FROM property_platform.deliveries
			 WHERE state IN ('delivered', 'dismissed')`,
		);
		expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['delivered', 'dismissed']));
		expect(rows.filter(({ payload }) => payload !== null)).toEqual([]);
	});
});
