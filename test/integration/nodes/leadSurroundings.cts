import type { IDataObject } from 'n8n-workflow';

import type { CrmKey } from '../../../nodes/shared/vendors/crm/port';
import type { CrmStandIn } from '../../../sandbox/vendors/crmView.cts';
import { startHubSpot } from '../../../sandbox/vendors/hubSpot.cts';
import { PIPEDRIVE_PERSON_FIELDS, startPipedrive } from '../../../sandbox/vendors/pipedrive.cts';
import { startSalesforce } from '../../../sandbox/vendors/salesforce.cts';
import { startReceiver } from '../platform/receiver.cts';
import type { StoredCredentials } from './credentialStore.cts';
import type { Execution, Step } from './runNode.cts';
import { type Items, searchedRuns } from './searchedRuns.cts';

const HUB_SPOT_KEY = 'pat-na1-that-nobody-may-see';
const PIPEDRIVE_TOKEN = 'pipedrive-token-that-nobody-may-see';
const CLIENT_ID = 'consumer-key-that-nobody-may-see';
const CLIENT_SECRET = 'consumer-secret-that-nobody-may-see';
const SIGNING_SECRET = 'whsec-that-nobody-may-see';
/** What every access token of the Salesforce stand-in begins with. */
const SALESFORCE_TOKEN = '00DSb0000000001!';
const SECRETS = [
	HUB_SPOT_KEY,
	PIPEDRIVE_TOKEN,
	CLIENT_ID,
	CLIENT_SECRET,
	SIGNING_SECRET,
	SALESFORCE_TOKEN,
];

/** How many requests a second a plan allows is not what these tests are about. */
const PLENTY = { burst: 1000 };

/**
 * The three CRMs and a platform to run Lead Score against. Every run is searched for secrets, and
 * every failure for the e-mail address and the phone number of the leads.
 */
export async function startLeadSurroundings() {
	const [hubspot, salesforce, pipedrive, platform] = await Promise.all([
		startHubSpot({ accessToken: HUB_SPOT_KEY }),
		startSalesforce({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }),
		startPipedrive({ apiToken: PIPEDRIVE_TOKEN, ...PLENTY }),
		startReceiver(SIGNING_SECRET),
	]);
	const crms = { hubspot, salesforce, pipedrive };
	const credentials: StoredCredentials = {
		hubSpotCrmApi: { accessToken: HUB_SPOT_KEY, baseUrl: `${hubspot.url}/` },
		salesforceCrmOAuth2Api: salesforceCredential(salesforce),
		pipedriveCrmApi: { apiToken: PIPEDRIVE_TOKEN, baseUrl: `${pipedrive.url}/` },
		signedWebhookApi: {
			baseUrl: platform.url,
			signingSecret: SIGNING_SECRET,
			previousSigningSecret: '',
			toleranceSeconds: 300,
		},
	};
	const searched = searchedRuns(credentials, SECRETS);

	async function run(steps: Step[], items: Items): Promise<Execution> {
		const execution = await searched.run(steps, items);
		for (const failure of failuresOf(execution)) {
			for (const value of items.flatMap(personalData)) expect(failure).not.toContain(value);
		}
		return execution;
	}

	return {
		...crms,
		crms,
		platform,
		credentials,
		...searched,
		run,
		/** What one operation of Lead Score makes of one item. */
		async runOne(
			operation: Operation,
			parameters: Step['parameters'],
			item: object,
		): Promise<IDataObject> {
			return await searched.runItem(leadScore(operation, parameters), item);
		},
		/** The item that comes out of the error output. */
		async failOne(
			operation: Operation,
			parameters: Step['parameters'],
			item: object,
		): Promise<IDataObject & { details: IDataObject }> {
			const step = withErrorOutput(leadScore(operation, parameters));
			const { outputs, error } = await run([step], [item as IDataObject]);
			expect(error).toBeUndefined();
			expect(outputs.map(({ length }) => length)).toEqual([0, 1]);
			return outputs[1]![0]!.json as IDataObject & { details: IDataObject };
		},
		forget() {
			for (const crm of Object.values(crms)) crm.reset();
			platform.forget();
			credentials.salesforceCrmOAuth2Api = salesforceCredential(salesforce);
		},
		async close() {
			await Promise.all([...Object.values(crms), platform].map(async (each) => await each.close()));
		},
	};
}

export type LeadSurroundings = Awaited<ReturnType<typeof startLeadSurroundings>>;

const OPERATIONS = {
	claim: 'lead',
	process: 'lead',
	score: 'lead',
	push: 'crm',
	schedule: 'followUp',
	report: 'syncStatus',
} as const;

type Operation = keyof typeof OPERATIONS;

/** A Lead Score step with all its credentials chosen. */
export function leadScore(operation: Operation, parameters: Step['parameters'] = {}): Step {
	return {
		type: 'leadScore',
		parameters: { resource: OPERATIONS[operation], operation, ...parameters },
		credentials: ['hubSpotCrmApi', 'salesforceCrmOAuth2Api', 'pipedriveCrmApi', 'signedWebhookApi'],
	};
}

/** The same with its error output switched on. */
export function withErrorOutput(step: Step): Step {
	return { ...step, onError: 'continueErrorOutput' };
}

/** The node's Field Mapping, one row a CRM field. */
export function mapping(...fields: Array<{ field: string; value: string; other?: string }>) {
	return { fieldMapping: { fields } };
}

/** The fields of a person's own that each stand-in's account has been given. */
export const OWN_FIELDS: Record<
	CrmKey,
	Record<'leadId' | 'score' | 'grade' | 'consent', string>
> = {
	hubspot: {
		leadId: 'property_platform_lead_id',
		score: 'lead_score',
		grade: 'lead_grade',
		consent: 'contact_consent',
	},
	salesforce: {
		leadId: 'PropertyIQ_Lead_Id__c',
		score: 'Lead_Score__c',
		grade: 'Lead_Grade__c',
		consent: 'Lead_Consent__c',
	},
	pipedrive: {
		leadId: PIPEDRIVE_PERSON_FIELDS.leadId,
		score: PIPEDRIVE_PERSON_FIELDS.leadScore,
		grade: PIPEDRIVE_PERSON_FIELDS.leadGrade,
		consent: PIPEDRIVE_PERSON_FIELDS.consent,
	},
};

export const CRM_KEYS: readonly CrmKey[] = ['hubspot', 'salesforce', 'pipedrive'];

/** The guide's own example, with an id of its own. */
export const JOHN = {
	lead_id: '6b1d0a52-8c3e-4f7a-9d24-b5e6f7a80901',
	company_id: 'c-1',
	email: 'john@example.com',
	phone: '+639171234567',
	property_id: 'p-1',
	utm: { source: 'facebook', campaign: 'summer2024' },
	consent: true,
};

/** One of whom everything is known. */
export const MARIA = {
	...JOHN,
	lead_id: '6b1d0a52-8c3e-4f7a-9d24-b5e6f7a80902',
	email: 'maria.santos@example.com',
	phone: '+639170000001',
	first_name: 'Maria',
	last_name: 'Santos',
	preferences: { budget_max: '₱20M', currency: 'PHP', areas: ['BGC'] },
	property: {
		title: 'Two-bedroom condo in BGC',
		neighborhood: 'Bonifacio Global City',
		city: 'Taguig',
		country: 'PH',
		price_amount: 18_900_000,
		currency: 'PHP',
	},
};

/** An item as the Postgres node hands it on after the claim. */
export function claimedLead(lead: object, more: IDataObject = {}): IDataObject {
	return {
		outcome: 'claimed',
		event: lead as IDataObject,
		correlationId: 'corr-1',
		eventKey: 'lead-score:key',
		leaseToken: 'lease-1',
		isNew: true,
		cachedAnswers: [],
		...more,
	};
}

function salesforceCredential({ url }: CrmStandIn) {
	return {
		baseUrl: `${url}/`,
		grantType: 'clientCredentials',
		clientId: CLIENT_ID,
		clientSecret: CLIENT_SECRET,
	};
}

/** Everything that an execution says about what went wrong. */
function failuresOf({ outputs, error }: Execution): string[] {
	const items = outputs.flat().filter(({ json }) => json.error !== undefined);
	return [
		...(error ? [`${JSON.stringify(error)} ${error.message} ${error.stack}`] : []),
		...items.map(({ json }) => JSON.stringify([json.error, json.message, json.details])),
	];
}

function personalData(item: Items[number]): string[] {
	const lead = (item.event ?? item) as { email?: unknown; phone?: unknown };
	return [lead.email, lead.phone].filter(
		(value): value is string => typeof value === 'string' && value.length > 4,
	);
}
