import { createRequire } from 'node:module';
import path from 'node:path';

import fc from 'fast-check';

import { audienceStatement } from '../../../nodes/CampaignDispatch/audience/audienceStatement';
import { parseAudience } from '../../../nodes/CampaignDispatch/audience/parser';
import { model, MODEL_FIELDS, query } from '../../unit/CampaignDispatch/audience/model.cts';

/** n8n's own MySQL node and its driver, of the n8n that the other tests run. */
const inN8n = createRequire(path.join(__dirname, '../../../sandbox/n8n/package.json'));
const { prepareQueryAndReplacements } = inN8n(
	'n8n-nodes-base/dist/nodes/MySql/v2/helpers/utils.js',
) as {
	prepareQueryAndReplacements(
		query: string,
		nodeVersion: number,
		values: unknown[],
	): { query: string; values: unknown[] };
};
const { format } = inN8n('mysql2') as { format(query: string, values: unknown[]): string };

const FIELDS = MODEL_FIELDS.map((field) => ({ ...field, column: field.name }));

/** As the node's Execute Query does it: numbers of what looks like one, and values into the text. */
function asSent(statement: { query: string; values: unknown[] }, nodeVersion: number): string {
	const prepared = prepareQueryAndReplacements(statement.query, nodeVersion, statement.values);
	const values = prepared.values.map((value) => (Number(value) ? Number(value) : value));
	return format(prepared.query, values);
}

/** The same by plain replacement, each placeholder by its value as MySQL writes it. */
function expected({ query: text, values }: { query: string; values: unknown[] }): string {
	return text.replace(/\$(\d+)/g, (_placeholder, place) => {
		const value = values[Number(place) - 1];
		return typeof value === 'number' ? String(value) : `'${String(value)}'`;
	});
}

describe.each([2.3, 2.4, 2.5])("an audience statement through n8n's MySQL node %s", (version) => {
	it('arrives with each value in its place and nothing else changed', () => {
		fc.assert(
			fc.property(model, (part) => {
				const statement = audienceStatement({
					dialect: 'mysql',
					table: 'crm.leads',
					keyColumn: 'id',
					company: { column: 'company_id', id: '12' },
					predicate: parseAudience(query(part), FIELDS),
					columns: [{ column: 'email', name: 'email' }],
					pageSize: 500,
					withTotals: true,
				});
				const sent = asSent(statement, version);
				expect(sent).toBe(expected(statement));
				expect(sent.toLowerCase().startsWith('select')).toBe(true);
				expect(sent).not.toContain(';');
				expect(sent.replace(/\n/g, '')).toBe(sent.replace(/\n /g, ' '));
			}),
			{ numRuns: 500 },
		);
	});
});
