/** Queries, composites and duplicate rules: Salesforce's own client against the stand-in. */
import type { Connection } from 'jsforce';

import { type SalesforceStandIn, startSalesforce } from '../../../sandbox/vendors/salesforce.cts';
import { CLIENT, connect, errorOf, JANE } from './salesforceClient.cts';

describe("jsforce against Salesforce's stand-in", () => {
	let salesforce: SalesforceStandIn;
	let connection: Connection;

	beforeAll(async () => void (salesforce = await startSalesforce(CLIENT)));
	beforeEach(async () => {
		salesforce.reset();
		connection = await connect(salesforce);
	});
	afterAll(() => salesforce.close());

	describe('in SOQL', () => {
		beforeEach(async () => {
			for (const [LastName, Email] of [
				['One', 'one@example.com'],
				['Two', 'one@example.com'],
				["O'Hara", 'two@example.com'],
			]) {
				await connection.sobject('Lead').create({ LastName, Company: 'Individual', Email });
			}
		});

		const names = async (rest: string) => {
			const { records } = await connection.query<{ LastName: string }>(
				`SELECT LastName FROM Lead ${rest}`,
			);
			return records.map(({ LastName }) => LastName);
		};

		it.each([
			["WHERE Email = 'ONE@example.com' ORDER BY LastName DESC", ['Two', 'One']],
			["WHERE LastName = 'O\\'Hara'", ["O'Hara"]],
			["WHERE LastName LIKE 'o%' ORDER BY LastName", ["O'Hara", 'One']],
			["WHERE LastName IN ('One', 'Two') AND Phone = null ORDER BY LastName LIMIT 1", ['One']],
			["WHERE (LastName = 'One' OR LastName = 'Two') AND IsConverted = true", []],
			["WHERE NOT (LastName = 'One' OR LastName = 'Two')", ["O'Hara"]],
			["WHERE Id IN (SELECT WhoId FROM Task WHERE Subject = 'Call')", []],
		])('answers %s', async (rest, expected) => {
			expect(await names(rest)).toEqual(expected);
		});

		it('counts and groups', async () => {
			const query = `SELECT Email, MAX(LastName) last FROM Lead GROUP BY Email HAVING COUNT(Id) = 2`;
			expect((await connection.query(query)).records).toMatchObject([
				{ attributes: { type: 'AggregateResult' }, Email: 'one@example.com', last: 'Two' },
			]);
			expect(await connection.query('SELECT COUNT() FROM Lead')).toMatchObject({ totalSize: 3 });
		});

		it.each([
			['an unknown field', 'SELECT Nope FROM Lead', 'INVALID_FIELD'],
			[
				'an unknown field of children',
				'SELECT (SELECT Nope FROM Tasks) FROM Lead',
				'INVALID_FIELD',
			],
			['an unknown object', 'SELECT Id FROM Nope', 'INVALID_TYPE'],
			['an unknown relationship', 'SELECT (SELECT Id FROM Nopes) FROM Lead', 'INVALID_TYPE'],
			['a filter by long text', "SELECT Id FROM Task WHERE Description = 'x'", 'INVALID_FIELD'],
			['every link there is', 'SELECT Id FROM ContentDocumentLink', 'MALFORMED_QUERY'],
			['a star', 'SELECT * FROM Lead', 'MALFORMED_QUERY'],
			['a text without an end', "SELECT Id FROM Lead WHERE Email = 'x", 'MALFORMED_QUERY'],
			[
				'AND beside OR',
				"SELECT Id FROM Lead WHERE Email = 'a' OR Email = 'b' AND Phone = null",
				'MALFORMED_QUERY',
			],
			['something after the end', 'SELECT Id FROM Lead LIMIT 1 FOR VIEW', 'MALFORMED_QUERY'],
			['nothing', '', 'MALFORMED_QUERY'],
		])('refuses %s', async (_name, soql, errorCode) => {
			expect(await errorOf(connection.query(soql).execute())).toMatchObject({ errorCode });
		});
	});

	describe('with a composite', () => {
		const ROOT = '/services/data/v64.0';
		const POST_LEAD = {
			method: 'POST',
			url: `${ROOT}/sobjects/Lead`,
			referenceId: 'lead',
			body: JANE,
		};
		const postTask = (WhoId: string, rest = {}) => ({
			method: 'POST',
			url: `${ROOT}/sobjects/Task`,
			referenceId: 'task',
			body: { WhoId, Subject: 'Call', ...rest },
		});
		const HALTED = {
			httpStatusCode: 400,
			body: [{ errorCode: 'PROCESSING_HALTED' }],
		};

		const composite = async (compositeRequest: object[], allOrNone = true) =>
			await connection.requestPost<{ compositeResponse: object[] }>('/composite', {
				allOrNone,
				compositeRequest,
			});

		it('refers to what it made, and counts as one call', async () => {
			const { compositeResponse } = await composite([POST_LEAD, postTask('@{lead.id}')]);
			expect(compositeResponse).toMatchObject([{ httpStatusCode: 201 }, { httpStatusCode: 201 }]);
			expect(salesforce.holds()).toMatchObject([{ tasks: [{ subject: 'Call' }] }]);
			expect(connection.limitInfo.apiUsage?.used).toBe(1);
		});

		it('undoes everything when one part fails, or keeps what it can', async () => {
			const parts = [POST_LEAD, postTask('@{lead.id}', { Priority: 'Urgent' })];
			const undone = await composite(parts);
			expect(undone.compositeResponse).toMatchObject([
				HALTED,
				{ body: [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }] },
			]);
			expect(salesforce.holds()).toEqual([]);
			await composite(parts, false);
			expect(salesforce.holds()).toMatchObject([{ tasks: [] }]);
		});

		it('sees in a query what it has just made', async () => {
			const soql = 'SELECT MAX(Id) FROM Lead GROUP BY IsConverted HAVING COUNT(Id) = 1';
			const query = {
				method: 'GET',
				url: `${ROOT}/query?q=${encodeURIComponent(soql)}`,
				referenceId: 'only',
			};
			const parts = [POST_LEAD, query, postTask('@{only.records[0].expr0}')];
			await composite(parts);
			expect(salesforce.holds()).toMatchObject([{ tasks: [{ subject: 'Call' }] }]);
			const { compositeResponse } = await composite(parts);
			expect(compositeResponse).toMatchObject([
				HALTED,
				HALTED,
				{
					body: [
						{
							errorCode: 'PROCESSING_HALTED',
							message:
								'Invalid reference specified. No value for only.records[0].expr0 found in only. ',
						},
					],
				},
			]);
			expect(salesforce.holds()).toHaveLength(1);
		});

		it.each<[string, object[]]>([
			['more than 25 parts', Array(26).fill(POST_LEAD)],
			['two parts of one name', [POST_LEAD, POST_LEAD]],
			['a name with a dash', [{ ...POST_LEAD, referenceId: 'the-lead' }]],
			['a token of its own', [{ ...POST_LEAD, httpHeaders: { Authorization: 'Bearer x' } }]],
			['an address elsewhere', [{ ...POST_LEAD, url: '/sobjects/Lead' }]],
			['nothing', []],
		])('does not take %s', async (_name, parts) => {
			const { errorCode } = await errorOf(composite(parts));
			expect(errorCode).toMatch(/INVALID_INPUT|JSON_PARSER_ERROR/);
			expect(salesforce.holds()).toEqual([]);
		});
	});

	describe('with a duplicate rule', () => {
		const duplicate = { ...JANE, Email: 'jane@example.COM' };

		it.each(['alert', 'block'] as const)('that says %s, finds the lead by e-mail', async (rule) => {
			const { id } = await connection.sobject('Lead').create(JANE);
			salesforce.org.rules.duplicateRule = rule;
			// jsforce takes a 300 for several records, and keeps the body.
			const { data } = await errorOf(connection.sobject('Lead').create(duplicate));
			expect([data].flat()).toMatchObject([
				{
					errorCode: 'DUPLICATES_DETECTED',
					duplicateResult: {
						allowSave: rule === 'alert',
						matchResults: [{ entityType: 'Lead', matchRecords: [{ record: { Id: id } }] }],
					},
				},
			]);
		});

		it('lets a duplicate through that is wanted', async () => {
			await connection.sobject('Lead').create(JANE);
			salesforce.org.rules.duplicateRule = 'alert';
			const headers = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
			expect(await connection.sobject('Lead').create(duplicate, { headers })).toMatchObject({
				success: true,
			});
		});
	});
});
