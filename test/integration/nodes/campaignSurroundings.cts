import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type {
	CampaignDefinition,
	OpenedCampaign,
} from '../../../nodes/CampaignDispatch/definition';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { startResend } from '../../../sandbox/vendors/resend.cts';
import { startReceiver } from '../platform/receiver.cts';
import type { StoredCredentials } from './credentialStore.cts';
import type { Execution, Step } from './runNode.cts';
import { type Items, searchedRuns } from './searchedRuns.cts';

const API_KEY = 're_that_nobody_may_see';
export const UNSUBSCRIBE_SECRET = 'unsubscribe-secret-that-nobody-may-see';
const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret that nobody may see').toString('base64')}`;
const SIGNING_SECRET = 'whsec-that-nobody-may-see';
const SECRETS = [API_KEY, UNSUBSCRIBE_SECRET, WEBHOOK_SECRET, SIGNING_SECRET];

/**
 * Resend and a platform to run Campaign Dispatch against. Every run is searched for secrets, and
 * whatever it says, but for values of statements and for previews, for addresses and names.
 */
export async function startCampaignSurroundings() {
	const resend = await startResend({ apiKey: API_KEY, perSecond: 1000 });
	const platform = await startReceiver(SIGNING_SECRET);
	const typedIn: StoredCredentials = {
		resendMailApi: {
			apiKey: API_KEY,
			baseUrl: `${resend.url}/`,
			webhookSecret: WEBHOOK_SECRET,
			unsubscribeSecret: UNSUBSCRIBE_SECRET,
		},
		signedWebhookApi: { baseUrl: platform.url, signingSecret: SIGNING_SECRET },
	};
	const credentials = { ...typedIn };
	const searched = searchedRuns(credentials, SECRETS);

	async function run(steps: Step[], items: Items): Promise<Execution> {
		const execution = await searched.run(steps, items);
		const said = [
			...failuresOf(execution),
			...(steps.some(handsPeopleOn)
				? []
				: execution.outputs.flat().map(({ json }) => withoutValues(json))),
		];
		const personal = personalData(items);
		for (const one of said) {
			expect(personal.filter((value) => one.includes(value))).toEqual([]);
		}
		return execution;
	}

	/** All that comes out of one operation; a failure is thrown. */
	async function runAll(
		operation: Operation,
		parameters: Step['parameters'],
		items: Items,
	): Promise<IDataObject[]> {
		const { outputs, error } = await run([campaignDispatch(operation, parameters)], items);
		if (error) throw error;
		return outputs[0]!.map(({ json }) => json);
	}

	return {
		resend,
		platform,
		credentials,
		run,
		runAll,
		/** The one item that comes out of one operation. */
		async runOne(
			operation: Operation,
			parameters: Step['parameters'],
			items: Items,
		): Promise<IDataObject> {
			const [json, ...more] = await runAll(operation, parameters, items);
			expect(more).toEqual([]);
			return json!;
		},
		/** The item that comes out of the error output. */
		async failOne(
			operation: Operation,
			parameters: Step['parameters'],
			items: Items,
		): Promise<{ error: string; details: { advice: string; itemIndex: number } & IDataObject }> {
			const step = campaignDispatch(operation, parameters);
			const { outputs, error } = await run([{ ...step, onError: 'continueErrorOutput' }], items);
			expect(error).toBeUndefined();
			expect(outputs[1]).toHaveLength(1);
			return outputs[1]![0]!.json as never;
		},
		forget() {
			resend.reset();
			platform.forget();
			Object.assign(credentials, typedIn);
		},
		async close() {
			await Promise.all([resend.close(), platform.close()]);
		},
	};
}

export type CampaignSurroundings = Awaited<ReturnType<typeof startCampaignSurroundings>>;

const OPERATIONS = {
	open: 'campaign',
	report: 'campaign',
	summarize: 'campaign',
	build: 'audience',
	enroll: 'audience',
	preview: 'mail',
	send: 'mail',
	take: 'mail',
	process: 'deliveryEvent',
} as const;

type Operation = keyof typeof OPERATIONS;

/** A Campaign Dispatch step with all its credentials chosen. */
export function campaignDispatch(operation: Operation, parameters: Step['parameters'] = {}): Step {
	return {
		type: 'campaignDispatch',
		parameters: { resource: OPERATIONS[operation], operation, ...parameters },
		credentials: ['resendMailApi', 'signedWebhookApi'],
	};
}

/** The statement of a step's output. */
export function statementIn(json: IDataObject, name: string): Statement {
	return (json.stateStore as unknown as Record<string, Statement>)[name]!;
}

/** The guide's own campaign. */
export const GUIDE_CAMPAIGN = {
	campaign_id: '3c1f6c5e-7a54-4b0a-9a11-4e1b52c0aa01',
	company_id: '5f0c9f6e-2f0b-4c39-9a55-0d6f7f3a1c01',
	audience_query: 'budget_max > 5000000 AND beds >= 2',
	template_id: 'luxury_properties_v2',
	sender: 'sales@company.com',
};

/** Shows everybody's city, and the first name where there is one. */
export const TEMPLATE = {
	id: 'luxury_properties_v2',
	subject: 'New in {{ city }}',
	html: '<p>Hello {{ first_name | default: "there" }}</p><a href="{{ unsubscribe_url }}">Leave</a>',
};

export const UNSUBSCRIBE_URL = 'https://n8n.example.com/webhook/campaign-unsubscribe';

/** A campaign as the ledger answers it, but for what a test changes. */
export function opened(
	definition: Partial<CampaignDefinition> = {},
	changed: Partial<OpenedCampaign> = {},
): OpenedCampaign & IDataObject {
	return {
		campaignId: GUIDE_CAMPAIGN.campaign_id,
		companyId: GUIDE_CAMPAIGN.company_id,
		correlationId: 'corr-1',
		definition: {
			audienceQuery: GUIDE_CAMPAIGN.audience_query,
			template: TEMPLATE,
			from: GUIDE_CAMPAIGN.sender,
			unsubscribeUrl: UNSUBSCRIBE_URL,
			data: {},
			utm: { source: 'property-platform', medium: 'email', campaign: GUIDE_CAMPAIGN.campaign_id },
			allowEverybody: false,
			...definition,
		},
		definitionHash: 'definition-hash',
		cursor: null,
		...changed,
	} as OpenedCampaign & IDataObject;
}

/** The ledger's name for an address, made without the code under test. */
export function recipientOf(email: string): string {
	return createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 32);
}

/** A row of the audience: somebody who may be mailed, but for what a test changes. */
export function personRow(number: number, changed: IDataObject = {}): IDataObject {
	return {
		id: `person-${String(number).padStart(5, '0')}`,
		email: `reader.${number}@example.com`,
		first_name: `Liwayway${number}`,
		city: 'Taguig',
		consent: true,
		unsubscribed: false,
		...changed,
	};
}

export function personRows(count: number): IDataObject[] {
	return Array.from({ length: count }, (_row, index) => personRow(index + 1));
}

/** Everything that an execution says about what went wrong. */
function failuresOf({ outputs, error }: Execution): string[] {
	const items = outputs.flat().filter(({ json }) => json.error !== undefined);
	return [
		...(error ? [`${JSON.stringify(error)} ${error.message} ${error.stack}`] : []),
		...items.map(({ json }) => JSON.stringify([json.error, json.message, json.details])),
	];
}

/** A preview shows mails, and a filter hands on the items that went in. */
function handsPeopleOn({ parameters: { operation, target } }: Step): boolean {
	return operation === 'preview' || target === 'items';
}

/** An item as it is shown, without the values of its statements; a failed one is told by `failuresOf`. */
function withoutValues(json: IDataObject): string {
	if (json.error !== undefined) return '';
	return JSON.stringify(json, (key, value: unknown) => (key === 'values' ? undefined : value));
}

/** Addresses and names, wherever they stand in what came in. */
function personalData(items: Items): string[] {
	const found = new Set<string>();
	JSON.stringify(items, (key, value: unknown) => {
		const isPersonal = key === 'email' || key === 'first_name' || key === 'to';
		if (isPersonal)
			for (const text of [value].flat()) if (typeof text === 'string') found.add(text);
		return value;
	});
	return [...found].filter((value) => value.length > 4);
}
