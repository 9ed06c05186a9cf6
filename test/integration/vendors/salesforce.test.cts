/** Salesforce's own client against the stand-in: the half that we did not write. */
import { type Connection, OAuth2 } from 'jsforce';

import {
	SALESFORCE_FAILURES,
	SALESFORCE_REFUSALS,
	type SalesforceStandIn,
	startSalesforce,
} from '../../../sandbox/vendors/salesforce.cts';
import { CLIENT, connect, errorOf, JANE } from './salesforceClient.cts';

const LEAD_ID = '6f1c9a52-0000-4000-8000-000000000001';
const LEAD_ID_FIELD = 'PropertyIQ_Lead_Id__c';

describe("jsforce against Salesforce's stand-in", () => {
	let salesforce: SalesforceStandIn;
	let connection: Connection;

	beforeAll(async () => {
		salesforce = await startSalesforce({ ...CLIENT, dailyLimit: 50 });
	});
	beforeEach(async () => {
		salesforce.reset();
		connection = await connect(salesforce);
		salesforce.requests.length = 0;
	});
	afterAll(() => salesforce.close());

	const leads = () => connection.sobject('Lead');

	it('fetches a token, and nothing that is remembered of it is secret', async () => {
		expect((await connect(salesforce)).accessToken).toMatch(/^00D/);
		const seen = JSON.stringify(salesforce.requests);
		expect(seen).toContain('client_secret=(present)');
		expect(seen).not.toContain(CLIENT.clientSecret);
	});

	it.each([
		['a wrong secret', { ...CLIENT, clientSecret: 'wrong' }, 'invalid_client'],
		['an unknown client', { ...CLIENT, clientId: 'wrong' }, 'invalid_client_id'],
	])('refuses %s', async (_name, client, name) => {
		const oauth2 = new OAuth2({ ...client, loginUrl: salesforce.url });
		const work = oauth2.requestToken({ grant_type: 'client_credentials' });
		await expect(work).rejects.toMatchObject({ name });
	});

	it('takes id and secret from a header, too', async () => {
		const basic = Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString('base64');
		const answer = await fetch(`${salesforce.url}/services/oauth2/token`, {
			method: 'POST',
			headers: { authorization: `Basic ${basic}` },
			body: new URLSearchParams({ grant_type: 'client_credentials' }),
		});
		expect(await answer.json()).toMatchObject({ token_type: 'Bearer', scope: 'api' });
	});

	it('lets the client refresh a token that expired in between', async () => {
		salesforce.expireTokens();
		expect(await leads().create(JANE)).toMatchObject({ success: true });
		expect(salesforce.requests.map(({ path }) => path)).toEqual([
			'/services/data/v64.0/sobjects/Lead',
			'/services/oauth2/token',
			'/services/data/v64.0/sobjects/Lead',
		]);
		expect(salesforce.holds()).toHaveLength(1);
	});

	it('creates, reads, updates and deletes a lead', async () => {
		const { id } = await leads().create(JANE);
		expect(id).toMatch(/^00Q[A-Za-z0-9]{15}$/);
		expect(await leads().retrieve(id!)).toMatchObject({
			Id: id,
			LastName: 'Doe',
			Status: 'Open - Not Contacted',
			IsConverted: false,
			Phone: null,
		});
		expect(await leads().retrieve(id!.slice(0, 15))).toMatchObject({ Id: id });
		await leads().update({ Id: id!, Rating: 'Hot' });
		expect(await leads().retrieve(id!)).toMatchObject({ Rating: 'Hot', LastName: 'Doe' });
		await leads().destroy(id!);
		expect(await errorOf(leads().retrieve(id!))).toMatchObject({ errorCode: 'NOT_FOUND' });
	});

	it('upserts by an external id, and finds it in letters of either case', async () => {
		const upsert = (Rating: string) =>
			leads().upsert({ ...JANE, Rating, [LEAD_ID_FIELD]: LEAD_ID.toUpperCase() }, LEAD_ID_FIELD);
		expect(await upsert('Cold')).toMatchObject({ success: true, created: true });
		expect(await upsert('Hot')).toMatchObject({ success: true, created: false });
		const [lead, ...others] = await leads().find({ [LEAD_ID_FIELD]: LEAD_ID });
		expect(lead).toMatchObject({ Rating: 'Hot' });
		expect(others).toEqual([]);
	});

	it.each<[string, object, string, string[] | undefined]>([
		[
			'without what it insists on',
			{ FirstName: 'Jane' },
			'REQUIRED_FIELD_MISSING',
			['LastName', 'Company'],
		],
		['with a field that it has not got', { ...JANE, Nope__c: 1 }, 'INVALID_FIELD', undefined],
		[
			'with an e-mail that is none',
			{ ...JANE, Email: 'jane@' },
			'INVALID_EMAIL_ADDRESS',
			['Email'],
		],
		[
			'with a name too long',
			{ ...JANE, FirstName: 'J'.repeat(41) },
			'STRING_TOO_LONG',
			['FirstName'],
		],
		['with text for a number', { ...JANE, Lead_Score__c: 'high' }, 'JSON_PARSER_ERROR', undefined],
		[
			'with a field of its own',
			{ ...JANE, IsConverted: true },
			'INVALID_FIELD_FOR_INSERT_UPDATE',
			['IsConverted'],
		],
		['with an owner of no kind', { ...JANE, OwnerId: 'me' }, 'MALFORMED_ID', ['OwnerId']],
	])('refuses a lead %s', async (_name, lead, errorCode, fields) => {
		const error = await errorOf(leads().create(lead as typeof JANE));
		expect(error).toMatchObject({ errorCode, data: fields ? { fields } : { errorCode } });
		expect(salesforce.holds()).toEqual([]);
	});

	it('keeps an external id for one lead', async () => {
		const { id } = await leads().create({ ...JANE, [LEAD_ID_FIELD]: LEAD_ID });
		expect(await errorOf(leads().create({ ...JANE, [LEAD_ID_FIELD]: LEAD_ID }))).toMatchObject({
			errorCode: 'DUPLICATE_VALUE',
			message: `duplicate value found: ${LEAD_ID_FIELD} duplicates value on record with id: ${id}`,
		});
	});

	it('creates many at once, each for itself or all or none', async () => {
		const records = [JANE, { LastName: 'Nobody' }] as Array<typeof JANE>;
		expect(await leads().create(records)).toMatchObject([{ success: true }, { success: false }]);
		await leads().create(records, { allOrNone: true });
		expect(salesforce.holds()).toHaveLength(1);
	});

	it('describes a lead and says how many calls are left', async () => {
		const { fields } = await leads().describe();
		expect(fields.find(({ name }) => name === LEAD_ID_FIELD)).toMatchObject({
			externalId: true,
			unique: true,
			custom: true,
		});
		expect(await connection.limits()).toMatchObject({ DailyApiRequests: { Max: 50 } });
		expect(connection.limitInfo).toEqual({ apiUsage: { used: 2, limit: 50 } });
	});

	describe('with notes and tasks', () => {
		let leadId: string;

		beforeEach(async () => {
			leadId = (await leads().create(JANE)).id!;
		});

		it('hangs them on a lead, shows them with it, and hands them to the contact it becomes', async () => {
			const content = Buffer.from('<p>Wants a view</p>').toString('base64');
			const note = await connection
				.sobject('ContentNote')
				.create({ Title: 'Score', Content: content });
			await connection.sobject('ContentDocumentLink').create({
				ContentDocumentId: note.id!,
				LinkedEntityId: leadId,
				ShareType: 'V',
			});
			await connection.sobject('Note').create({ ParentId: leadId, Title: 'Old', Body: 'Text' });
			await connection.sobject('Task').create({ WhoId: leadId, Subject: 'Call', Priority: 'High' });
			const { records } = await connection.query(
				`SELECT Id, (SELECT ContentDocument.Title FROM ContentDocumentLinks), (SELECT Subject FROM Tasks) FROM Lead`,
			);
			expect(records).toMatchObject([
				{
					ContentDocumentLinks: { records: [{ ContentDocument: { Title: 'Score' } }] },
					Tasks: { totalSize: 1, records: [{ Subject: 'Call' }] },
				},
			]);
			salesforce.org.convert(leadId);
			expect(salesforce.holds()).toMatchObject([
				{ id: leadId, kind: 'lead', notes: [], tasks: [], fields: { IsConverted: true } },
				{
					kind: 'contact',
					name: 'Doe',
					notes: [
						{ title: 'Score', text: '<p>Wants a view</p>' },
						{ title: 'Old', text: 'Text' },
					],
					tasks: [{ subject: 'Call', priority: 'High' }],
				},
			]);
			expect(await errorOf(leads().update({ Id: leadId, Rating: 'Hot' }))).toMatchObject({
				errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD',
			});
		});

		it.each([
			[
				'a priority of nobody',
				'Task',
				{ Priority: 'Urgent' },
				'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
			],
			['a task for nobody', 'Task', { WhoId: '00QSb0000AAAzzzAAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
			['a day that is none', 'Task', { ActivityDate: 'tomorrow' }, 'JSON_PARSER_ERROR'],
			['a note on nothing', 'Note', { Title: 'Lost' }, 'REQUIRED_FIELD_MISSING'],
			[
				'text that is not base64',
				'ContentNote',
				{ Title: 'x', Content: '<p>' },
				'JSON_PARSER_ERROR',
			],
		])('refuses %s', async (_name, type, record, errorCode) => {
			expect(await errorOf(connection.sobject(type).create(record))).toMatchObject({ errorCode });
		});

		it('may be an org without enhanced notes', async () => {
			salesforce.org.rules.contentNotes = false;
			const work = connection.sobject('ContentNote').create({ Title: 'Score' });
			expect(await errorOf(work)).toMatchObject({ errorCode: 'NOT_FOUND' });
		});
	});

	it('assigns leads by its rule, unless it is told not to', async () => {
		const { records } = await connection.query<{ Id: string }>(
			"SELECT Id FROM User WHERE Username = 'user2@sandbox'",
		);
		const other = records[0]!.Id;
		salesforce.org.rules.assignsLeadsTo = other;
		const { id } = await leads().create(JANE);
		const { id: kept } = await leads().create(JANE, { headers: { 'Sforce-Auto-Assign': 'FALSE' } });
		expect(await leads().retrieve(id!)).toMatchObject({ OwnerId: other });
		expect((await leads().retrieve(kept!)).OwnerId).not.toBe(other);
	});

	it.each([
		['a daily limit', SALESFORCE_FAILURES.dailyLimit, 'REQUEST_LIMIT_EXCEEDED'],
		['too many calls at once', SALESFORCE_FAILURES.concurrentLimit, 'REQUEST_LIMIT_EXCEEDED'],
		['an org without the API', SALESFORCE_FAILURES.apiDisabled, 'API_DISABLED_FOR_ORG'],
		['an error of its own', SALESFORCE_FAILURES.serverError, 'UNKNOWN_EXCEPTION'],
	])('fails with %s on order', async (_name, failure, errorCode) => {
		salesforce.failNext(failure);
		expect(await errorOf(leads().create(JANE))).toMatchObject({ errorCode });
		expect(salesforce.holds()).toEqual([]);
	});

	it('fails for one kind of record on order, and heals', async () => {
		salesforce.org.refuseNext('Lead', 400, SALESFORCE_REFUSALS.rowLocked);
		expect(await errorOf(leads().create(JANE))).toMatchObject({ errorCode: 'UNABLE_TO_LOCK_ROW' });
		expect(await leads().create(JANE)).toMatchObject({ success: true });
	});

	it('refuses every call beyond those of the day', async () => {
		for (let call = 0; call < 50; call++) await connection.query('SELECT COUNT() FROM Lead');
		const work = connection.query('SELECT COUNT() FROM Lead').execute();
		expect(await errorOf(work)).toMatchObject({ errorCode: 'REQUEST_LIMIT_EXCEEDED' });
	});

	it('is asked again by the client where it was not available', async () => {
		salesforce.failNext(SALESFORCE_FAILURES.unavailable);
		expect(await connection.query('SELECT COUNT() FROM Lead')).toMatchObject({ totalSize: 0 });
		expect(salesforce.requests).toHaveLength(2);
	});

	it('lists its versions, and knows no others', async () => {
		const answer = await fetch(`${salesforce.url}/services/data`);
		const versions = (await answer.json()) as Array<{ version: string }>;
		expect(versions.at(-1)?.version).toBe('68.0');
		connection.version = '99.0';
		const work = connection.query('SELECT COUNT() FROM Lead').execute();
		expect(await errorOf(work)).toMatchObject({ errorCode: 'NOT_FOUND' });
	});
});
