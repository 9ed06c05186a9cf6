import { DASHBOARD, type Panel } from './documents.cts';

const COLUMNS = 24;
const { panels, templating } = DASHBOARD;
const shown = panels.filter(({ type }) => type !== 'row');

function overlap({ gridPos: a }: Panel, { gridPos: b }: Panel): boolean {
	return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

describe('the dashboard', () => {
	it('gives every panel an id of its own and a title', () => {
		const ids = panels.map(({ id }) => id);
		expect(new Set(ids).size).toBe(panels.length);
		expect(panels.filter(({ title }) => !title)).toEqual([]);
	});

	it('keeps its panels within the page, none upon another', () => {
		for (const [index, panel] of panels.entries()) {
			const { x, w, h } = panel.gridPos;
			expect(x + w).toBeLessThanOrEqual(COLUMNS);
			expect(h).toBeGreaterThan(0);
			expect(panels.slice(index + 1).filter((other) => overlap(panel, other))).toEqual([]);
		}
	});

	it.each(shown)(
		'$title: says what it shows, and asks a data source that a person chose',
		(panel) => {
			expect(panel.description).toMatch(/\.$/);
			const chosen = templating.list.map(({ name, query }) => ({
				type: query,
				uid: `\${${name}}`,
			}));
			expect(chosen).toContainEqual(panel.datasource);
			expect(panel.targets).not.toEqual([]);
			for (const { datasource, rawSql, expr } of panel.targets!) {
				expect(datasource).toEqual(panel.datasource);
				expect([rawSql, expr].filter(Boolean)).toHaveLength(1);
			}
			const refIds = panel.targets!.map(({ refId }) => refId);
			expect(new Set(refIds).size).toBe(refIds.length);
		},
	);
});
