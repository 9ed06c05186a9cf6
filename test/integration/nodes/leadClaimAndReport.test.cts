/** Claim Lead and Report Sync Status: the first and the last step of the flow. */
import type { IDataObject } from 'n8n-workflow';

import {
	claimedLead,
	JOHN,
	leadScore,
	type LeadSurroundings,
	MARIA,
	mapping,
	startLeadSurroundings,
	withErrorOutput,
} from './leadSurroundings.cts';

let around: LeadSurroundings;
beforeAll(async () => {
	around = await startLeadSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

describe('Claim Lead', () => {
	const claim = async (item: object, claimOptions = {}) =>
		(await around.runOne('claim', { claimOptions }, item)).stateStore as {
			claim: { query: string; values: unknown[] };
		};

	it('makes the statement, and the same lead has the same key however it changes', async () => {
		const options = { leaseSeconds: 30, repeatWindowHours: 2 };
		const { claim: one } = await claim({ event: JOHN, correlationId: 'corr-1' }, options);
		const { claim: other } = await claim({ event: { ...JOHN, phone: null } }, options);
		const [key, flow, correlationId, lease, ...rest] = one.values;
		expect([key, flow, correlationId]).toEqual([
			`lead-score:${JOHN.lead_id}`,
			'lead-score',
			'corr-1',
		]);
		expect(rest.slice(0, 2)).toEqual([30, 7200]);
		expect(JSON.parse(String(rest[2]))).toEqual(JOHN);
		expect(other.values[0]).toBe(key);
		expect(other.values[3]).not.toBe(lease);
		expect(one.query).not.toContain('to_jsonb(known)');
	});

	it('keeps a result for thirty days where nothing is set', async () => {
		const { claim: made } = await claim({ event: JOHN });
		expect(made.values.slice(4, 6)).toEqual([120, 30 * 24 * 60 * 60]);
	});

	it('brings preferences and property along from tables of the same database', async () => {
		const options = { preferencesTable: 'crm_lead', propertyTable: 'public.listings_property' };
		const { claim: made } = await claim({ event: JOHN }, options);
		expect(made.query).toContain('FROM "crm_lead" AS known');
		expect(made.query).toContain('AS "preferences"');
		expect(made.query).toContain('FROM "public"."listings_property" AS known');
		expect(made.query).toContain('AS "property"');
		expect(made.values.slice(-2)).toEqual([JOHN.lead_id, JOHN.property_id]);
	});

	it('looks for no property where the lead names none', async () => {
		const { property_id: _, ...lead } = JOHN;
		const { claim: made } = await claim({ event: lead }, { propertyTable: 'listings' });
		expect(made.values.at(-1)).toBe('');
	});

	it.each([
		['preferencesTable', 'Look Up Preferences In'],
		['propertyTable', 'Look Up Property In'],
	])('refuses what is no name of a table by the name of its option: %s', async (option, name) => {
		for (const table of ['leads; DROP TABLE leads', 'a.b.c', 'le"ads', '1st']) {
			const claimOptions = { [option]: table };
			const { error } = await around.run([leadScore('claim', { claimOptions })], [JOHN]);
			expect(error).toMatchObject({
				message: `"${table}" is no name of a table`,
				description: expect.stringContaining(`the option ${name}`),
				context: { itemIndex: 0 },
			});
		}
	});

	it.each<[string, object, string]>([
		['no id', { ...JOHN, lead_id: undefined }, 'lead_id: is required'],
		['no company', { ...JOHN, company_id: '' }, 'company_id'],
		['a consent in words', { ...JOHN, consent: 'yes' }, 'consent'],
	])('refuses a lead with %s and names the field', async (_what, lead, advice) => {
		const json = await around.failOne('claim', {}, { event: lead });
		expect(json).toMatchObject({
			error: 'The lead does not keep to its contract',
			details: { itemIndex: 0, advice: expect.stringContaining(advice) },
		});
	});
});

describe('Report Sync Status', () => {
	const CALLBACK = {
		lead_id: JOHN.lead_id,
		crm: 'hubspot',
		status: 'synced',
		external_id: 'hubspot_contact_12345',
		message: 'Lead synced successfully with score: 85/100',
	};

	it.each<[string, object]>([
		['an item', { callback: CALLBACK }],
		['a result that a Postgres node brings', { result: { callback: CALLBACK }, recorded: true }],
	])('sends the callback of %s, word for word', async (_name, item) => {
		const json = await around.runOne('report', {}, { ...item, correlationId: 'corr-1' });
		expect(json).toEqual({
			reported: { status: 200, duplicate: false },
			correlationId: 'corr-1',
			callback: CALLBACK,
		});
		const [delivery, ...more] = around.platform.deliveries;
		expect(more).toEqual([]);
		expect(delivery).toMatchObject({
			path: '/internal/n8n/lead-sync-status',
			isValid: true,
			body: CALLBACK,
		});
		expect(delivery?.headers.get('x-correlation-id')).toBe('corr-1');
		expect(delivery?.headers.get('x-idempotency-key')).toMatch(
			new RegExp(`^lead-sync-status:${JOHN.lead_id}:[0-9a-f]{32}$`),
		);
	});

	it('finds the callback under another name', async () => {
		await around.runOne('report', { callbackField: 'mine' }, { mine: CALLBACK });
		expect(around.platform.deliveries).toHaveLength(1);
	});

	it('never sends fields that the guide does not have', async () => {
		const callback = { ...CALLBACK, score: 85, email: JOHN.email };
		await around.runOne('report', {}, { callback });
		expect(around.platform.deliveries[0]?.body).toEqual(CALLBACK);
	});

	it('sends a repeat under the same key, and says that the platform had it', async () => {
		around.platform.answer((_delivery, number) =>
			Response.json({ status: number === 1 ? 'ok' : 'duplicate' }),
		);
		await around.runOne('report', {}, { callback: CALLBACK });
		const json = await around.runOne('report', {}, { result: { callback: CALLBACK } });
		expect(json.reported).toEqual({ status: 200, duplicate: true });
		const keys = around.platform.deliveries.map(({ headers }) => headers.get('x-idempotency-key'));
		expect(new Set(keys).size).toBe(1);
	});

	it('makes the statement that completes the work', async () => {
		const json = await around.runOne('report', {}, { callback: CALLBACK, eventKey: 'key-1' });
		const { values } = (json.stateStore as { complete: { values: string[] } }).complete;
		expect(values[0]).toBe('key-1');
		expect(JSON.parse(values[1]!)).toMatchObject([
			{ step: 'callback', vendor: 'platform', outcome: 'ok', status: 200, attempt: 1 },
		]);
	});

	it.each<[string, object, string]>([
		['no callback', {}, 'The item has no callback in "callback"'],
		[
			'a status that there is not',
			{ callback: { ...CALLBACK, status: 'done' } },
			'The callback does not keep to its contract',
		],
	])('refuses an item with %s', async (_name, item, message) => {
		const { error } = await around.run([leadScore('report')], [item as IDataObject]);
		expect(error?.message).toBe(message);
		expect(around.platform.deliveries).toEqual([]);
	});
});

describe('Report Sync Status, of a failure', () => {
	const FAILURE = { what: 'failure' };

	it('says which CRM failed, why and what to do, as the error output of Process Lead has it', async () => {
		const parameters = { crm: 'hubspot', ...mapping({ field: 'not_there', value: 'score' }) };
		const failed = await around.failOne('process', parameters, claimedLead(MARIA));
		const json = await around.runOne('report', FAILURE, failed);
		expect(around.platform.deliveries.map(({ body }) => body)).toEqual([
			{
				lead_id: MARIA.lead_id,
				crm: 'hubspot',
				status: 'failed',
				external_id: null,
				message:
					'Lead sync failed: HubSpot did not accept the property not_there (PROPERTY_DOESNT_EXIST). ' +
					'Create it in HubSpot (Settings > Properties), or correct the field mapping.',
			},
		]);
		expect(json).toMatchObject({ correlationId: 'corr-1', eventKey: 'lead-score:key' });
	});

	it.each([
		['Salesforce', 'salesforce'],
		['Pipedrive', 'pipedrive'],
		['The platform', 'none'],
		[undefined, 'none'],
	])('tells %s as "%s"', async (vendor, crm) => {
		const item = { event: JOHN, error: 'It did not work', details: { vendor } };
		await around.runOne('report', FAILURE, item);
		expect(around.platform.deliveries[0]?.body).toMatchObject({ crm, status: 'failed' });
	});

	it('sends no address and no number, whoever wrote the error', async () => {
		const error = `Contact ${JOHN.email} (${JOHN.phone})\nexists already`;
		await around.runOne('report', FAILURE, { event: JOHN, error });
		expect(around.platform.deliveries[0]?.body.message).toBe(
			'Lead sync failed: Contact (e-mail) ((phone number)) exists already',
		);
	});

	it('cannot be about an item that is no lead', async () => {
		const step = withErrorOutput(leadScore('report', FAILURE));
		const { outputs } = await around.run([step], [{ error: 'It did not work' }]);
		expect(outputs[1]).toMatchObject([
			{ json: { error: 'The lead does not keep to its contract' } },
		]);
		expect(around.platform.deliveries).toEqual([]);
	});
});
