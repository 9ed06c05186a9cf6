import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');
const read = (name: string) => readFileSync(path.join(ROOT, 'docs', name), 'utf8');

export const MONITORING = read('monitoring.md');
export const RULES = read('prometheus-rules.yaml');
export const DASHBOARD = JSON.parse(read('grafana-dashboard.json')) as Dashboard;

interface Template {
	name: string;
	nodes: Array<{ type: string; parameters: { path?: string } }>;
}

/** The workflow templates, by file name. */
export const TEMPLATES: Readonly<Record<string, Template>> = Object.fromEntries(
	readdirSync(path.join(ROOT, 'workflows'))
		.filter((name) => name.endsWith('.json'))
		.map((name) => {
			const file = readFileSync(path.join(ROOT, 'workflows', name), 'utf8');
			return [name, JSON.parse(file) as Template];
		}),
);

export interface Dashboard {
	panels: Panel[];
	annotations: { list: Array<{ name: string; target?: Target }> };
	templating: { list: Array<{ name: string; type: string; query: string }> };
}

export interface Panel {
	id: number;
	type: string;
	title: string;
	description?: string;
	gridPos: { x: number; y: number; w: number; h: number };
	datasource?: Datasource;
	targets?: Target[];
}

export interface Target {
	refId: string;
	datasource: Datasource;
	rawSql?: string;
	format?: 'table' | 'time_series';
	expr?: string;
}

interface Datasource {
	type: string;
	uid: string;
}

export interface Query {
	title: string;
	sql: string;
	isOverTime: boolean;
}

/** The SQL of monitoring.md, each under the heading it stands below. */
export function documentedQueries(): Query[] {
	return MONITORING.split(/^#+ /m).flatMap((section) => {
		const blocks = [...section.matchAll(/```sql\n(.*?)```/gs)];
		return blocks.map(([, sql], index) => ({
			title: `${section.split('\n')[0]}${index > 0 ? ` (${index + 1})` : ''}`,
			sql: sql!,
			isOverTime: false,
		}));
	});
}

/** The SQL of the dashboard, as Grafana sends it for the last day in steps of five minutes. */
export function dashboardQueries(): Query[] {
	const annotations = DASHBOARD.annotations.list.map(({ name, target }) => ({
		title: name,
		targets: target ? [target] : [],
	}));
	return [...DASHBOARD.panels, ...annotations].flatMap(({ title, targets = [] }) =>
		targets.flatMap(({ rawSql, format }) =>
			rawSql ? [{ title, sql: expand(rawSql), isOverTime: format === 'time_series' }] : [],
		),
	);
}

/** @see https://grafana.com/docs/grafana/latest/datasources/postgres/#macros */
function expand(sql: string): string {
	return sql
		.replaceAll('$__interval', '5m')
		.replace(/\$__timeGroupAlias\((\w+), 5m\)/g, 'floor(extract(epoch from $1)/300)*300 AS "time"')
		.replace(
			/\$__timeFilter\((\w+)\)/g,
			"$1 BETWEEN now() - interval '1 day' AND now() + interval '1 minute'",
		);
}
