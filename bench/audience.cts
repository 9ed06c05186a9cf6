import { DatabaseSync } from 'node:sqlite';

import type { AudienceField } from '../nodes/CampaignDispatch/audience/fields';
import { compileAudience } from '../nodes/CampaignDispatch/audience/evaluate';
import { parseAudience } from '../nodes/CampaignDispatch/audience/parser';
import { cpuMicroseconds } from './cpuTime.cts';
import type { Measurement } from './report.cts';
import { interleave, type Rounds } from './rounds.cts';

const ROWS = 1_000_000;
const AT_MOST_THE_SCAN = 1;
const AT_MOST_THE_FUNCTION = 5;

const FIELDS: readonly AudienceField[] = (
	[
		['budget_max', 'number'],
		['beds', 'number'],
		['city', 'text'],
		['email', 'text'],
		['consent', 'boolean'],
		['created_at', 'date'],
	] as const
).map(([name, type]) => ({ name, type, column: name }));

interface Contact {
	budget_max: number | null;
	beds: number;
	city: string | null;
	email: string;
	consent: boolean;
	created_at: string;
}

interface Subject {
	name: string;
	query: string;
	/** The same filter as a person writes it in SQL, for these rows. */
	sql: string;
	/** And in JavaScript, in a loop of its own, so that nothing keeps the engine from inlining it. */
	byHand: (rows: readonly Contact[]) => number;
}

const SUBJECTS: Subject[] = [
	{
		name: "the guide's query",
		query: 'budget_max > 5000000 AND beds >= 2',
		sql: 'budget_max > 5000000 AND beds >= 2',
		byHand(rows) {
			let chosen = 0;
			for (const row of rows) {
				if (row.budget_max !== null && row.budget_max > 5_000_000 && row.beds >= 2) chosen++;
			}
			return chosen;
		},
	},
	{
		name: 'a list and NOT',
		query: "consent AND city IN ('Makati', 'Taguig', 'Pasig') AND NOT beds BETWEEN 2 AND 4",
		sql: "consent AND city IN ('Makati', 'Taguig', 'Pasig') AND NOT beds BETWEEN 2 AND 4",
		byHand(rows) {
			let chosen = 0;
			for (const { consent, city, beds } of rows) {
				const isNear = city === 'Makati' || city === 'Taguig' || city === 'Pasig';
				if (consent && isNear && !(beds >= 2 && beds <= 4)) chosen++;
			}
			return chosen;
		},
	},
	{
		name: 'patterns',
		query: "email LIKE '%.ph' OR city LIKE 'Mak%' AND budget_max <= 3000000",
		sql: "email GLOB '*.ph' OR city GLOB 'Mak*' AND budget_max <= 3000000",
		byHand(rows) {
			let chosen = 0;
			for (const { email, city, budget_max: budget } of rows) {
				const isModest = budget !== null && budget <= 3_000_000;
				if (email.endsWith('.ph') || (city?.startsWith('Mak') && isModest)) chosen++;
			}
			return chosen;
		},
	},
	{
		name: 'dates',
		query: "created_at >= '2026-06-01' AND created_at < '2026-07-01'",
		sql: `julianday(created_at) >= julianday('2026-06-01')
			AND julianday(created_at) < julianday('2026-07-01')`,
		byHand(rows) {
			let chosen = 0;
			const [from, to] = [Date.UTC(2026, 5, 1), Date.UTC(2026, 6, 1)];
			for (const row of rows) {
				const moment = Date.parse(row.created_at);
				if (moment >= from && moment < to) chosen++;
			}
			return chosen;
		},
	},
];

/** An audience chosen in memory, against SQLite over the same rows and a function for these alone. */
export async function benchAudience(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	onProgress(`making ${ROWS} rows`);
	// Out of JSON, as real ones come.
	const rows = Array.from({ length: ROWS }, (_, index) => makeContact(index)).map(
		(row) => JSON.parse(JSON.stringify(row)) as Contact,
	);
	const database = fillDatabase(rows);
	try {
		// All are run before any is measured, so that the engine knows each closure in several uses.
		const prepared = SUBJECTS.map((subject) => prepare(subject, rows, database));
		const measurements: Measurement[] = [];
		for (const { name, runs } of prepared) {
			onProgress(name);
			measurements.push(...compare(name, await interleave(measured(runs), isQuick ? 3 : 9)));
		}
		return measurements;
	} finally {
		database.close();
	}
}

/** The three ways to count an audience, once it is known that they find the same one. */
function prepare(
	{ name, query, sql, byHand }: Subject,
	rows: readonly Contact[],
	database: DatabaseSync,
) {
	const belongs = compileAudience(parseAudience(query, FIELDS)) as (row: object) => boolean;
	const scan = database.prepare(`SELECT count(*) AS chosen FROM contacts WHERE ${sql}`);
	const runs = {
		compiled: () => {
			let chosen = 0;
			for (const row of rows) if (belongs(row)) chosen++;
			return chosen;
		},
		sqlite: () => Number(scan.get()?.chosen),
		byHand: () => byHand(rows),
	};
	const chosen = Object.values(runs).map((run) => run());
	if (new Set(chosen).size > 1 || chosen[0] === 0 || chosen[0] === rows.length) {
		throw new Error(`${name}: not one audience: ${chosen.join(', ')}`);
	}
	return { name, runs };
}

type Runs = ReturnType<typeof prepare>['runs'];

/** In milliseconds. */
function measured(runs: Runs): Record<keyof Runs, () => number> {
	const cost = (run: () => void) => () => cpuMicroseconds(run, 1) / 1000;
	return { compiled: cost(runs.compiled), sqlite: cost(runs.sqlite), byHand: cost(runs.byHand) };
}

function compare(name: string, rounds: Rounds<keyof Runs>): Measurement[] {
	const line = (against: string, alternative: keyof Runs, atMost: number): Measurement => ({
		name: `${name}, 1,000,000 rows`,
		measured: rounds.cost('compiled'),
		against,
		alternative: rounds.cost(alternative),
		unit: 'ms',
		ratio: rounds.ratio('compiled', alternative),
		target: { atMost },
	});
	return [
		line('node:sqlite scanning', 'sqlite', AT_MOST_THE_SCAN),
		line('a function by hand', 'byHand', AT_MOST_THE_FUNCTION),
	];
}

const CITIES = [
	'Makati',
	'Taguig',
	'Pasig',
	'Quezon City',
	'Cebu City',
	'Parañaque',
	'Davao',
	null,
];
const DOMAINS = ['gmail.com', 'yahoo.com', 'company.com.ph', 'outlook.com'];
const NEW_YEAR = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;

/** The same for the same place in line: nothing is left to chance. */
function makeContact(index: number): Contact {
	const mixed = (index * 2_654_435_761) % 4_294_967_296;
	return {
		budget_max: mixed % 13 === 0 ? null : (mixed % 400) * 50_000,
		beds: mixed % 6,
		city: CITIES[mixed % 8]!,
		email: `contact${index}@${DOMAINS[index % 4]!}`,
		consent: index % 5 !== 0,
		created_at: new Date(NEW_YEAR + (mixed % 8000) * HOUR_MS).toISOString(),
	};
}

function fillDatabase(rows: readonly Contact[]): DatabaseSync {
	const database = new DatabaseSync(':memory:');
	database.exec(`CREATE TABLE contacts (budget_max INTEGER, beds INTEGER, city TEXT, email TEXT,
		consent INTEGER, created_at TEXT)`);
	const insert = database.prepare('INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?)');
	database.exec('BEGIN');
	for (const { budget_max: budget, beds, city, email, consent, created_at: created } of rows) {
		insert.run(budget, beds, city, email, Number(consent), created);
	}
	database.exec('COMMIT');
	return database;
}
