/** The three CRMs, each with its stand-in and its own words for what they have in common. */
import type { HttpRequest } from '../../../nodes/shared/http/send';
import { hubSpot } from '../../../nodes/shared/vendors/crm/hubSpot';
import { pipedrive } from '../../../nodes/shared/vendors/crm/pipedrive';
import type {
	CrmAdapter,
	CrmSettings,
	CrmTask,
	CrmValue,
} from '../../../nodes/shared/vendors/crm/port';
import { salesforce } from '../../../nodes/shared/vendors/crm/salesforce';
import type { CrmStandIn } from '../../../sandbox/vendors/crmView.cts';
import { HUB_SPOT_FAILURES, startHubSpot } from '../../../sandbox/vendors/hubSpot.cts';
import {
	PIPEDRIVE_FAILURES,
	PIPEDRIVE_PERSON_FIELDS,
	startPipedrive,
} from '../../../sandbox/vendors/pipedrive.cts';
import { SALESFORCE_FAILURES, startSalesforce } from '../../../sandbox/vendors/salesforce.cts';
import type { FailureAnswer } from '../../../sandbox/vendors/standIn.cts';

/** Somebody whom the agency itself wrote into its CRM. */
export interface Somebody {
	firstName?: string;
	lastName: string;
	email?: string;
	phone?: string;
	/** By the CRM's own names. */
	fields?: Record<string, CrmValue>;
}

export interface Crm {
	adapter: CrmAdapter;
	/** Starts the stand-in; `headers` are what the credential adds to a request. */
	start(now: () => number): Promise<{
		vendor: CrmStandIn;
		headers: Record<string, string>;
		/** Has the CRM refuse a second record of the same person, where it can be told to. */
		forbidDuplicates?(): void;
	}>;
	/** What a new lead costs, as the issue has it. */
	callsOfNewLead: number;
	externalIdPrefix: string;
	/** The agency's own fields. */
	fields: Record<'leadId' | 'score' | 'grade' | 'consent', string>;
	/** How it shows a yes in the agency's own field. */
	yes: string;
	owner: { id: string; inBody: string };
	/** How it shows a task's priority. */
	priorities: Record<CrmTask['priority'], string>;
	/** What it holds of somebody who may be written to, and of the same person without consent. */
	consent: { settings: CrmSettings; given: Record<string, CrmValue>; missing: object };
	/** How text comes out that the vendor would read as something else. */
	asShown(text: string): string;
	/** A value that the vendor refuses, and a field that it does not know. */
	refused: { field: string; value: CrmValue };
	unknownField: string;
	failures: Record<'limit' | 'quota' | 'serverError', FailureAnswer>;
	limitWaitMs: number;
	/** A refusal that quotes what was sent. */
	quoting(text: string): FailureAnswer;
	/** Where the vendor has no other way than a URL. */
	mayNameSomebody(path: string): boolean;
	create(somebody: Somebody): HttpRequest;
}

const post = (path: string, body: unknown): HttpRequest => ({ method: 'POST', path, body });
const same = (text: string) => text;
const never = () => false;

const HUB_SPOT: Crm = {
	adapter: hubSpot,
	async start() {
		const vendor = await startHubSpot({ accessToken: 'pat-test', perTenSeconds: 10_000 });
		return { vendor, headers: { authorization: 'Bearer pat-test' } };
	},
	callsOfNewLead: 3,
	externalIdPrefix: 'hubspot_contact_',
	fields: {
		leadId: 'property_platform_lead_id',
		score: 'lead_score',
		grade: 'lead_grade',
		consent: 'contact_consent',
	},
	yes: 'true',
	owner: { id: '42', inBody: '"hubspot_owner_id":"42"' },
	priorities: { high: 'HIGH', medium: 'MEDIUM', low: 'LOW' },
	// All of HubSpot's own properties about consent are read-only: there is only the mapped one.
	consent: {
		settings: {},
		given: { contact_consent: 'true' },
		missing: { contact_consent: 'false' },
	},
	asShown: same,
	refused: { field: 'lead_score', value: 'sky-high' },
	unknownField: 'shoe_size',
	failures: {
		limit: HUB_SPOT_FAILURES.tenSecondly,
		quota: HUB_SPOT_FAILURES.daily,
		serverError: HUB_SPOT_FAILURES.serverError,
	},
	limitWaitMs: 10_000,
	quoting: (text) => ({
		status: 400,
		body: { status: 'error', category: 'VALIDATION_ERROR', message: text, errors: [] },
	}),
	mayNameSomebody: never,
	create: ({ firstName: firstname, lastName: lastname, email, phone, fields }) =>
		post('/crm/objects/2026-09/contacts', {
			properties: { firstname, lastname, email, phone, ...fields },
		}),
};

const SALESFORCE: Crm = {
	adapter: salesforce,
	async start() {
		const vendor = await startSalesforce();
		const answer = await fetch(`${vendor.url}/services/oauth2/token`, {
			method: 'POST',
			body: new URLSearchParams({ grant_type: 'client_credentials' }),
		});
		const { access_token: token } = (await answer.json()) as { access_token: string };
		return {
			vendor,
			headers: { authorization: `Bearer ${token}` },
			forbidDuplicates: () => void (vendor.org.rules.duplicateRule = 'block'),
		};
	},
	callsOfNewLead: 1,
	externalIdPrefix: 'salesforce_lead_',
	fields: {
		leadId: 'PropertyIQ_Lead_Id__c',
		score: 'Lead_Score__c',
		grade: 'Lead_Grade__c',
		consent: 'Lead_Consent__c',
	},
	yes: 'true',
	owner: { id: '005Sb0000AAAAACIQ5', inBody: '"OwnerId":"005Sb0000AAAAACIQ5"' },
	priorities: { high: 'High', medium: 'Normal', low: 'Low' },
	consent: {
		settings: {},
		given: { HasOptedOutOfEmail: false, DoNotCall: false },
		missing: { HasOptedOutOfEmail: true, DoNotCall: true },
	},
	// `@{` is a reference to another part of a composite, and cannot be escaped.
	asShown: (text) => text.replaceAll('@{', '@ {'),
	refused: { field: 'Lead_Grade__c', value: 'sky-high grade' },
	unknownField: 'Shoe_Size__c',
	failures: {
		limit: SALESFORCE_FAILURES.concurrentLimit,
		quota: SALESFORCE_FAILURES.dailyLimit,
		serverError: SALESFORCE_FAILURES.serverError,
	},
	limitWaitMs: 2_000,
	quoting: (text) => ({
		status: 400,
		body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: text, fields: [text] }],
	}),
	mayNameSomebody: never,
	create: ({ firstName, lastName, email, phone, fields }) =>
		post('/services/data/v64.0/sobjects/Lead', {
			...{ FirstName: firstName, LastName: lastName, Email: email, Phone: phone },
			...{ Company: 'Individual', ...fields },
		}),
};

const { leadId, leadScore, leadGrade, consent } = PIPEDRIVE_PERSON_FIELDS;

const PIPEDRIVE: Crm = {
	adapter: pipedrive,
	async start(now) {
		const options = { apiToken: 'token-test', burst: 1_000, hasCampaigns: true, now };
		return { vendor: await startPipedrive(options), headers: { 'x-api-token': 'token-test' } };
	},
	callsOfNewLead: 5,
	externalIdPrefix: 'pipedrive_person_',
	fields: { leadId, score: leadScore, grade: leadGrade, consent },
	yes: 'Yes',
	owner: { id: '2', inBody: '"owner_id":2' },
	priorities: { high: 'Priority: high', medium: 'Priority: medium', low: 'Priority: low' },
	consent: {
		settings: { hasCampaigns: true },
		given: { marketing_status: 'subscribed' },
		missing: { marketing_status: 'no_consent' },
	},
	asShown: same,
	refused: { field: leadScore, value: 'sky-high' },
	unknownField: '0'.repeat(40),
	failures: {
		limit: PIPEDRIVE_FAILURES.burst,
		quota: PIPEDRIVE_FAILURES.dailyBudget,
		serverError: PIPEDRIVE_FAILURES.serverError,
	},
	limitWaitMs: 2_000,
	quoting: (text) => ({
		status: 400,
		body: { success: false, error: text, error_info: text, code: text },
	}),
	mayNameSomebody: (path) => path === '/api/v2/persons/search',
	create: ({ firstName = '', lastName, email, phone, fields = {} }) => {
		const { marketing_status, ...custom_fields } = fields;
		return post('/api/v2/persons', {
			name: `${firstName} ${lastName}`.trim(),
			...(email && { emails: [{ value: email }] }),
			...(phone && { phones: [{ value: phone }] }),
			...{ marketing_status, custom_fields },
		});
	},
};

export const CRMS: readonly Crm[] = [HUB_SPOT, SALESFORCE, PIPEDRIVE];
