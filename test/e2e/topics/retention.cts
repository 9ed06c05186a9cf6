import { run } from '../monitoring.cts';
import { heal, world } from '../world.cts';

const MARK = 'e2e-retention';

/** A row of each kind; the number is its age in days, or what it is named after. */
async function saveRows(): Promise<void> {
	const { pool } = world().platform;
	const ago = (days: string) => `now() - make_interval(days => ${days})`;
	await pool.query(
		`INSERT INTO property_platform.event_log (at, correlation_id, flow, step, outcome)
		 SELECT ${ago('days')}, '${MARK}', '${MARK}', days::text, 'ok'
		 FROM unnest(ARRAY[29, 31, 400]) AS days`,
	);
	await pool.query(
		`INSERT INTO property_platform.deliveries
		   (delivery_key, kind, flow, correlation_id, payload, state, parked_at, settled_at)
		 SELECT '${MARK}:' || state || ':' || days, 'rollup', '${MARK}', '${MARK}',
		   CASE WHEN state IN ('dead', 'waiting') THEN '{}'::jsonb END, state, ${ago('days')},
		   CASE WHEN state <> 'waiting' THEN ${ago('days')} END
		 FROM unnest(ARRAY['delivered', 'dismissed', 'dead', 'waiting']) AS state,
		   unnest(ARRAY[89, 91]) AS days`,
	);
	await pool.query(
		`INSERT INTO property_platform.alerts
		   (alert_key, severity, title, detail, raised_at, resolved_at, raise_mailed_at,
		    raise_reported_at, end_mailed_at, end_reported_at, lease_token, lease_until)
		 SELECT '${MARK}:' || days || CASE WHEN told THEN ':told' ELSE ':untold' END, 'warning', 'An alert',
		   'Of a test', ${ago('days')}, ${ago('days')}, now(), now(), now(),
		   CASE WHEN told THEN now() END,
		   -- Somebody is about to tell it: nobody else does.
		   CASE WHEN NOT told THEN 'e2e' END, CASE WHEN NOT told THEN now() + interval '1 hour' END
		 FROM unnest(ARRAY[89, 91]) AS days, unnest(ARRAY[true, false]) AS told`,
	);
	await pool.query(
		`INSERT INTO property_platform.rollups (company_id, taken_at, correlation_id, figures)
		 SELECT days::text, ${ago('days')}, '${MARK}', '{}' FROM unnest(ARRAY[729, 731]) AS days`,
	);
	await pool.query(
		`INSERT INTO property_platform.vendor_answers (question_key, vendor, scope, answer, expires_at)
		 SELECT '${MARK}:' || hours, '${MARK}', '${MARK}', '{}', now() + make_interval(hours => hours)
		 FROM unnest(ARRAY[-1, 1]) AS hours`,
	);
}

async function namesOf(question: string): Promise<string[]> {
	const { rows } = await world().platform.pool.query<{ name: string }>(question);
	return rows.map(({ name }) => name).sort();
}

describe('retention on a real n8n', () => {
	beforeAll(async () => {
		heal();
		await saveRows();
		await run('retention', 'Delete Now');
	});
	afterAll(async () => {
		const { pool } = world().platform;
		for (const table of ['deliveries', 'alerts']) {
			const key = table === 'alerts' ? 'alert_key' : 'delivery_key';
			await pool.query(
				`DELETE FROM property_platform.${table} WHERE starts_with(${key}, '${MARK}')`,
			);
		}
	});

	it.each([
		[
			'events of more than 30 days',
			`SELECT step AS name FROM property_platform.event_log WHERE flow = '${MARK}'`,
			['29'],
		],
		[
			'rollups of more than two years',
			`SELECT company_id AS name FROM property_platform.rollups WHERE correlation_id = '${MARK}'`,
			['729'],
		],
		[
			'answers of vendors that have expired',
			`SELECT question_key AS name FROM property_platform.vendor_answers WHERE scope = '${MARK}'`,
			[`${MARK}:1`],
		],
		[
			'deliveries that ended 90 days ago, and no dead letter and nothing that waits',
			`SELECT delivery_key AS name FROM property_platform.deliveries WHERE flow = '${MARK}'`,
			[
				`${MARK}:dead:89`,
				`${MARK}:dead:91`,
				`${MARK}:delivered:89`,
				`${MARK}:dismissed:89`,
				`${MARK}:waiting:89`,
				`${MARK}:waiting:91`,
			],
		],
		[
			'alerts that ended 90 days ago, once everybody has heard of it',
			`SELECT alert_key AS name FROM property_platform.alerts
			 WHERE starts_with(alert_key, '${MARK}')`,
			[`${MARK}:89:told`, `${MARK}:89:untold`, `${MARK}:91:untold`],
		],
	])('deletes %s', async (_, question, stay) => {
		expect(await namesOf(question)).toEqual(stay);
	});
});
