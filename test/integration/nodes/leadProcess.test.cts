/** Process Lead: a lead's whole way in one step, and what comes out when it breaks off. */
import type { IDataObject } from 'n8n-workflow';

import type { CrmKey } from '../../../nodes/shared/vendors/crm/port';
import { HUB_SPOT_FAILURES } from '../../../sandbox/vendors/hubSpot.cts';
import { PIPEDRIVE_FAILURES } from '../../../sandbox/vendors/pipedrive.cts';
import { SALESFORCE_FAILURES, SALESFORCE_REFUSALS } from '../../../sandbox/vendors/salesforce.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import {
	claimedLead,
	CRM_KEYS,
	JOHN,
	leadScore,
	type LeadSurroundings,
	MARIA,
	startLeadSurroundings,
} from './leadSurroundings.cts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let around: LeadSurroundings;
beforeAll(async () => {
	around = await startLeadSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

type Statement = { query: string; values: string[] };

const statement = (json: IDataObject, name: string) =>
	(json.stateStore as Record<string, Statement>)[name]!;

describe.each(CRM_KEYS)('Process Lead, into %s', (crm) => {
	it('does in one step what the steps do one after another', async () => {
		const steps = [leadScore('score'), leadScore('schedule'), leadScore('push', { crm })];
		const { outputs } = await around.run(steps, [claimedLead(MARIA)]);
		const inSteps = outputs[0]![0]!.json;
		const heldAfterSteps = namesAndTexts(crm);
		around.forget();

		const inOne = await around.runOne('process', { crm }, claimedLead(MARIA));
		expect(inOne.scoring).toEqual(inSteps.scoring);
		expect((inOne.callback as IDataObject).message).toEqual(
			(inSteps.callback as IDataObject).message,
		);
		expect(namesAndTexts(crm)).toEqual(heldAfterSteps);
	});

	it('reports to the platform what it made', async () => {
		const json = await around.runOne('process', { crm }, { event: MARIA });
		expect(json).toMatchObject({
			reported: { status: 200, duplicate: false },
			correlationId: expect.stringMatching(UUID),
			durationMs: expect.any(Number),
		});
		expect(json).not.toHaveProperty('stateStore');
		expect(around.platform.deliveries).toMatchObject([
			{ path: '/internal/n8n/lead-sync-status', isValid: true, body: json.callback },
		]);
		expect(around.platform.deliveries[0]?.body).toEqual({
			lead_id: MARIA.lead_id,
			crm,
			status: 'synced',
			external_id: expect.stringContaining(around.crms[crm].holds()[0]!.id),
			message: 'Lead synced successfully with score: 94/100',
		});
	});

	it('leaves the report to a later step where that is wished', async () => {
		const json = await around.runOne('process', { crm, reportToPlatform: false }, { event: MARIA });
		expect(json).toHaveProperty('callback.status', 'synced');
		expect(json).not.toHaveProperty('reported');
		expect(around.platform.deliveries).toEqual([]);
	});

	it('makes the statement that records the result under the claim', async () => {
		const json = await around.runOne('process', { crm }, claimedLead(MARIA));
		const { query, values } = statement(json, 'record');
		expect(query).toContain("state = 'recorded'");
		expect(values.slice(0, 2)).toEqual(['lead-score:key', 'lease-1']);
		const { callback, crm: made, scoring } = json;
		const { contact, ...kept } = scoring as IDataObject;
		expect(contact).toEqual(expect.objectContaining({ email: MARIA.email, phone: MARIA.phone }));
		expect(JSON.parse(values[2]!)).toMatchObject({ callback, crm: made, scoring: kept });
		// By these a campaign finds the leads that came of it.
		expect(JSON.parse(values[2]!)).toMatchObject({
			company_id: MARIA.company_id,
			utm: { source: 'facebook', campaign: 'summer2024' },
		});
		for (const detail of [MARIA.email, MARIA.phone, MARIA.last_name]) {
			expect(values[2]).not.toContain(detail);
		}
		const log = JSON.parse(values[4]!) as Array<{ step: string }>;
		expect(log.at(-1)).toMatchObject({ step: 'push', detail: crm, outcome: 'ok' });
		// Personal data stays in the result and never enters the log.
		for (const value of [MARIA.email, MARIA.phone]) expect(values[4]).not.toContain(value);
	});

	it('doubles nothing when the platform took the first report for lost', async () => {
		around.platform.answer(() => new Response(null, { status: 400 }));
		const failed = await around.failOne('process', { crm }, claimedLead(MARIA));
		expect(failed).toMatchObject({
			error: 'The platform did not accept the request (400)',
			details: { vendor: 'The platform', kind: 'rejected', passing: false },
		});
		around.platform.forget();
		const json = await around.runOne('process', { crm }, claimedLead(MARIA, { isNew: false }));
		expect(json).toMatchObject({
			crm: {
				contact: { outcome: 'updated' },
				note: { outcome: 'found' },
				task: { outcome: 'found' },
			},
			reported: { status: 200 },
		});
		const counts = around.crms[crm].holds().map(({ notes, tasks }) => [notes.length, tasks.length]);
		expect(counts).toEqual([[1, 1]]);
	});
});

describe('a CRM that fails', () => {
	it.each<[string, CrmKey, Failure, IDataObject]>([
		[
			'refuses the key',
			'hubspot',
			HUB_SPOT_FAILURES.unauthorized,
			{ kind: 'credential-refused', passing: false, status: 401, vendor: 'HubSpot' },
		],
		[
			'has used up its day',
			'hubspot',
			HUB_SPOT_FAILURES.daily,
			{ kind: 'quota-exhausted', passing: false, status: 429 },
		],
		[
			'demands a property',
			'hubspot',
			HUB_SPOT_FAILURES.requiredProperty,
			{ kind: 'rejected', passing: false, status: 400, code: 'REQUIRED_FIELD' },
		],
		[
			'is broken',
			'hubspot',
			HUB_SPOT_FAILURES.serverError,
			{ kind: 'unavailable', passing: true, status: 500 },
		],
		['answers with a web page', 'hubspot', 'html', { kind: 'unreadable', passing: true }],
		['cuts the connection', 'hubspot', 'reset', { kind: 'unreachable', passing: true, status: 0 }],
		['never answers', 'hubspot', 'timeout', { kind: 'timed-out', passing: true, status: 0 }],
		[
			'sends elsewhere',
			'hubspot',
			{ status: 302, headers: { location: 'https://elsewhere.example/' } },
			{ kind: 'redirected', passing: false, status: 302 },
		],
		[
			'has used up its day',
			'salesforce',
			SALESFORCE_FAILURES.dailyLimit,
			{ kind: 'quota-exhausted', passing: false, code: 'REQUEST_LIMIT_EXCEEDED' },
		],
		[
			'has its API switched off',
			'salesforce',
			SALESFORCE_FAILURES.apiDisabled,
			{ kind: 'credential-refused', passing: false, vendor: 'Salesforce' },
		],
		[
			'is under maintenance',
			'salesforce',
			SALESFORCE_FAILURES.unavailable,
			{ kind: 'unavailable', passing: true },
		],
		['answers with a web page', 'salesforce', 'html', { kind: 'unreadable', passing: true }],
		[
			'refuses the token',
			'pipedrive',
			PIPEDRIVE_FAILURES.unauthorized,
			{ kind: 'credential-refused', passing: false, vendor: 'Pipedrive' },
		],
		[
			'has used up its day',
			'pipedrive',
			PIPEDRIVE_FAILURES.dailyBudget,
			{ kind: 'quota-exhausted', passing: false, status: 429 },
		],
		[
			'is broken',
			'pipedrive',
			PIPEDRIVE_FAILURES.serverError,
			{ kind: 'unavailable', passing: true, status: 500 },
		],
		['answers with a web page', 'pipedrive', 'html', { kind: 'unreadable', passing: true }],
	])(
		'because it %s (%s) says so, and gives the claim back',
		async (_what, crm, failure, details) => {
			around.crms[crm].failNext(failure, 20, { matching: ({ path }) => !isTokenPath(path) });
			const json = await around.failOne('process', { crm }, claimedLead(MARIA));
			expect(json).toMatchObject({ event: MARIA, details: { itemIndex: 0, ...details } });
			const { query, values } = statement(json.details, 'failed');
			expect(query).toContain("state = 'released'");
			expect(values.slice(0, 2)).toEqual(['lead-score:key', 'lease-1']);
			const log = JSON.parse(values[3]!) as IDataObject[];
			expect(log.at(-1)).toMatchObject({ step: 'process', outcome: 'failed' });
			expect(around.platform.deliveries).toEqual([]);
		},
		30_000,
	);

	it('in a rule of its own names the field and not what stands in it', async () => {
		around.salesforce.org.refuseNext('Lead', 400, SALESFORCE_REFUSALS.customValidation);
		const json = await around.failOne('process', { crm: 'salesforce' }, claimedLead(JOHN));
		expect(json).toMatchObject({
			error: 'Salesforce did not accept the field Phone (FIELD_CUSTOM_VALIDATION_EXCEPTION)',
			details: { kind: 'rejected', passing: false, status: 400 },
		});
	});

	it('without a claim leaves no statement', async () => {
		around.hubspot.failNext(HUB_SPOT_FAILURES.unauthorized);
		const json = await around.failOne('process', { crm: 'hubspot' }, { event: JOHN });
		expect(json.details).not.toHaveProperty('stateStore');
	});

	it('without an error output fails the node as n8n shows it', async () => {
		around.hubspot.failNext(HUB_SPOT_FAILURES.unauthorized);
		const { error } = await around.run([leadScore('process', { crm: 'hubspot' })], [JOHN]);
		expect(error).toMatchObject({
			message: 'HubSpot refused the credential (401)',
			description: expect.stringContaining('Open the credential'),
			httpCode: '401',
			context: { itemIndex: 0 },
		});
	});
});

function isTokenPath(path: string): boolean {
	return path.endsWith('/token');
}

/** What people read in a CRM, without the ids it gave and the moment at which it was. */
function namesAndTexts(crm: CrmKey) {
	return around.crms[crm].holds().map(({ name, email, phone, notes, tasks }) => ({
		name,
		email,
		phone,
		notes: notes.map(({ text }) => timeless(text)),
		tasks: tasks.map(({ subject, text }) => [subject, timeless(text)]),
	}));
}

function timeless(text: string): string {
	return text.replace(/\w{3} \d{1,2} \w{3} \d{4}, \d\d:\d\d/g, '(moment)');
}
