import fc from 'fast-check';

import type { AudienceField } from '../../../../nodes/CampaignDispatch/audience/fields';
import { toMySql } from '../../../../nodes/CampaignDispatch/audience/mysql';
import { parseAudience } from '../../../../nodes/CampaignDispatch/audience/parser';
import { toPostgres } from '../../../../nodes/CampaignDispatch/audience/postgres';
import { toSqlite } from '../../../../nodes/CampaignDispatch/audience/sqlite';
import { model, MODEL_FIELDS, query as queryOf } from './model.cts';

const FIELDS: readonly AudienceField[] = [
	{ name: 'beds', type: 'number', column: 'leads.beds' },
	{ name: 'floor', type: 'number', column: 'floor' },
	{ name: 'city', type: 'text', column: 'City' },
	{ name: 'consent', type: 'boolean', column: 'consent' },
	{ name: 'created', type: 'date', column: 'created_at' },
];
const MIDNIGHT = Date.UTC(2026, 0, 31);

const ofPostgres = {
	beds: `NULLIF("leads"."beds"::double precision, 'NaN'::double precision)`,
	floor: `NULLIF("floor"::double precision, 'NaN'::double precision)`,
};
const DECIMAL = "'^-{0,1}[0-9]+([.][0-9]+){0,1}(e[+-]{0,1}[0-9]+){0,1}$'";
const ofMySql = {
	beds: `CASE WHEN CAST(\`leads\`.\`beds\` AS CHAR) REGEXP ${DECIMAL} THEN \`leads\`.\`beds\` + 0e0 END`,
	floor: `CASE WHEN CAST(\`floor\` AS CHAR) REGEXP ${DECIMAL} THEN \`floor\` + 0e0 END`,
	city: 'CAST(CONVERT(`City` USING utf8mb4) AS BINARY)',
	consent:
		"CASE WHEN CAST(`consent` AS CHAR) IN ('1', 't', 'true') THEN 1 " +
		"WHEN CAST(`consent` AS CHAR) IN ('0', 'f', 'false') THEN 0 END",
};
const ofSqlite = {
	beds: "CASE WHEN typeof(`leads`.`beds`) IN ('integer', 'real') THEN `leads`.`beds` + 0.0 END",
	floor: "CASE WHEN typeof(`floor`) IN ('integer', 'real') THEN `floor` + 0.0 END",
	city: "CASE WHEN typeof(`City`) = 'text' THEN `City` END",
	consent:
		"CASE WHEN `consent` IN (1, '1', 't', 'true') THEN 1 " +
		"WHEN `consent` IN (0, '0', 'f', 'false') THEN 0 END",
	created:
		'CASE WHEN date(substr(`created_at`, 1, 10)) = substr(`created_at`, 1, 10) ' +
		'THEN round((julianday(`created_at`) - 2440587.5) * 86400000) END',
};

type Printed = [query: string, text: string, values: unknown[]];

const POSTGRES: Printed[] = [
	[
		'beds > 5000000 AND NOT floor <= 2.5',
		`((${ofPostgres.beds} > $1::double precision) AND (NOT (${ofPostgres.floor} <= $2::double precision)))`,
		[5_000_000, 2.5],
	],
	["city = 'O''Hara'", `("City"::text COLLATE "C" = $1::text)`, ["O'Hara"]],
	['consent', '("consent"::boolean = $1::boolean)', [true]],
	['consent IS NOT FALSE', '(NOT ("consent"::boolean IS FALSE))', []],
	['beds IS NULL', `(${ofPostgres.beds} IS NULL)`, []],
	[
		"created >= '2026-01-31'",
		'(floor(extract(epoch FROM "created_at") * 1000) >= $1::double precision)',
		[MIDNIGHT],
	],
	[
		"city IN ('a', 'b') OR beds = floor",
		`(("City"::text COLLATE "C" IN ($1::text, $2::text)) OR (${ofPostgres.beds} = ${ofPostgres.floor}))`,
		['a', 'b'],
	],
	[
		"city LIKE 'a!_\\%' ESCAPE '!'",
		`("City"::text COLLATE "C" LIKE $1::text ESCAPE '!')`,
		['a!_\\%'],
	],
	[
		"city ILIKE '%ÑaA1İ_'",
		`(translate("City"::text, $1::text, $2::text) COLLATE "C" LIKE $3::text ESCAPE '!')`,
		['ÑA', 'ña', '%ñaa1İ_'],
	],
	["city ILIKE '1%'", `("City"::text COLLATE "C" LIKE $1::text ESCAPE '!')`, ['1%']],
];

const MYSQL: Printed[] = [
	[
		'beds > 5000000 AND NOT floor <= 2.5',
		`((${ofMySql.beds} > $1) AND (NOT (${ofMySql.floor} <= $2)))`,
		[5_000_000, 2.5],
	],
	["city = 'Cé'", `(${ofMySql.city} = UNHEX(SUBSTRING($1, 2)))`, ['x43c3a9']],
	["city <> ''", `(${ofMySql.city} <> UNHEX(SUBSTRING($1, 2)))`, ['x']],
	['consent', `(${ofMySql.consent} = $1)`, [1]],
	['consent IS FALSE', `(${ofMySql.consent} IS FALSE)`, []],
	[
		"created >= '2026-01-31'",
		"(FLOOR(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', `created_at`) / 1000) >= $1)",
		[MIDNIGHT],
	],
	[
		"city IN ('a', 'b') OR beds = floor",
		`((${ofMySql.city} IN (UNHEX(SUBSTRING($1, 2)), UNHEX(SUBSTRING($2, 2)))) ` +
			`OR (${ofMySql.beds} = ${ofMySql.floor}))`,
		['x61', 'x62'],
	],
	[
		"city LIKE 'a\\%'",
		'(CONVERT(`City` USING utf8mb4) COLLATE utf8mb4_bin LIKE ' +
			"CONVERT(UNHEX(SUBSTRING($1, 2)) USING utf8mb4) COLLATE utf8mb4_bin ESCAPE '!')",
		['x615c25'],
	],
	[
		"city ILIKE 'ñA%'",
		"(REPLACE(REPLACE(CONVERT(`City` USING utf8mb4), _utf8mb4 X'c391', _utf8mb4 X'c3b1'), " +
			"_utf8mb4 X'41', _utf8mb4 X'61') COLLATE utf8mb4_bin LIKE " +
			"CONVERT(UNHEX(SUBSTRING($1, 2)) USING utf8mb4) COLLATE utf8mb4_bin ESCAPE '!')",
		['xc3b16125'],
	],
];

const SQLITE: Printed[] = [
	[
		'beds > 5000000 AND NOT floor <= 2.5',
		`((${ofSqlite.beds} > ?) AND (NOT (${ofSqlite.floor} <= ?)))`,
		[5_000_000, 2.5],
	],
	["city = 'O''Hara'", `(${ofSqlite.city} = ?)`, ["O'Hara"]],
	['consent', `(${ofSqlite.consent} = ?)`, [1]],
	["created >= '2026-01-31'", `(${ofSqlite.created} >= ?)`, [MIDNIGHT]],
	["city LIKE '*a[_]?%'", `(${ofSqlite.city} GLOB ?)`, ['[*]a[[]?][?]*']],
	["city ILIKE 'ÑA%'", `(replace(lower(${ofSqlite.city}), ?, ?) GLOB ?)`, ['Ñ', 'ñ', 'ña*']],
];

const parse = (query: string) => parseAudience(query, FIELDS);

describe('a predicate', () => {
	it.each(POSTGRES)('%s is in PostgreSQL %s', (query, text, values) => {
		expect(toPostgres(parse(query))).toEqual({ text, values });
	});

	it.each(MYSQL)('%s is in MySQL %s', (query, text, values) => {
		expect(toMySql(parse(query))).toEqual({ text, values });
	});

	it.each(SQLITE)('%s is in SQLite %s', (query, text, values) => {
		expect(toSqlite(parse(query))).toEqual({ text, values });
	});

	it('counts its placeholders on from those before it', () => {
		const predicate = parse("city = 'a' AND consent");
		expect(toPostgres(predicate, 3).text).toBe(
			'(("City"::text COLLATE "C" = $3::text) AND ("consent"::boolean = $4::boolean))',
		);
		expect(toMySql(predicate, 9).text).toContain('SUBSTRING($9, 2)');
		expect(toMySql(predicate, 9).text).toContain('= $10)');
	});
});

describe('whatever a query holds', () => {
	const fields = MODEL_FIELDS.map((field) => ({ ...field, column: field.name }));
	const statements = fc.record({ part: model }).map(({ part }) => {
		const predicate = parseAudience(queryOf(part), fields);
		return {
			postgres: toPostgres(predicate),
			mysql: toMySql(predicate),
			sqlite: toSqlite(predicate),
		};
	});
	const places = (text: string) =>
		Array.from(text.matchAll(/\$(\d+)/g), ([, place]) => Number(place));
	const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

	it('n8n finds nothing in the text to rewrite but each placeholder, once and in order', () => {
		fc.assert(
			fc.property(statements, ({ postgres, mysql }) => {
				expect(places(postgres.text)).toEqual(upTo(postgres.values.length));
				expect(postgres.text.replace(/\$\d+::(text|boolean|double precision)/g, '')).not.toMatch(
					/[${}?;\\]|--|\/\*/,
				);
				expect(places(mysql.text)).toEqual(upTo(mysql.values.length));
				expect(mysql.text.replaceAll(DECIMAL, '').replace(/\$\d+/g, '')).not.toMatch(
					/[${}?;\\"]|--|\/\*/,
				);
			}),
			{ numRuns: 500 },
		);
	});

	it('no text of it stands in the SQL, and to MySQL it travels as hex digits', () => {
		fc.assert(
			fc.property(statements, ({ postgres, mysql, sqlite }) => {
				for (const { text } of [postgres, mysql, sqlite]) expect(text).toMatch(/^[\x20-\x7e]*$/);
				for (const value of mysql.values) {
					if (typeof value === 'string') expect(value).toMatch(/^x([0-9a-f]{2})*$/);
					else expect(typeof value).toBe('number');
				}
			}),
			{ numRuns: 500 },
		);
	});
});
