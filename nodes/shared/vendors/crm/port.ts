/** What every CRM adapter does, in words that none of the vendors owns. */
import type { Clock, HttpResponse, Send } from '../../http/send';

export type CrmKey = 'hubspot' | 'salesforce' | 'pipedrive';

/** The value of a field of a person's own, under the CRM's name for it. */
export type CrmValue = string | number | boolean;

/** A lead as it is to stand in a CRM: made once, the same for every CRM. */
export interface CrmLead {
	/** The platform's id; what makes a repeated push the same push. */
	leadId: string;
	/** Trimmed and in lower case; absent where there is none that can be written to. */
	email?: string;
	/** E.164 where it could be read, else as it was given. */
	phone?: string;
	/** As the person gave it. Where nobody gave one, a CRM that insists gets `placeholderName`. */
	firstName?: string;
	lastName?: string;
	/** Only ever used to create, never to update. */
	placeholderName: string;
	/** Without it the CRM is told not to write or to call, and there is no task. */
	consent: boolean;
	note: CrmNote;
	task?: CrmTask;
	/** Fields that the user mapped, such as the score. Written on creation and on every update. */
	fields: Readonly<Record<string, CrmValue>>;
}

/** Text for people. Adapters turn it into what their CRM shows, escaped. */
export interface CrmNote {
	title: string;
	sections: ReadonlyArray<{ heading: string; lines: readonly string[] }>;
}

export interface CrmTask {
	subject: string;
	lines: readonly string[];
	dueAt: Date;
	/** The day on which it is due in the agency's time zone, `YYYY-MM-DD`. */
	dueDate: string;
	priority: 'high' | 'medium' | 'low';
	kind: 'call' | 'email';
}

/** What a person sets on the node; each adapter uses what its CRM has. */
export interface CrmSettings {
	/**
	 * The CRM's field that holds `leadId`: a HubSpot contact property with unique values, a
	 * Salesforce external id of Lead, the key of a Pipedrive person field. Absent: people are matched
	 * by e-mail, or by phone where there is none.
	 */
	leadIdField?: string;
	/** The CRM user who gets the contact and the task. */
	ownerId?: string;
	/** The vendor's API version where it has several, such as `2026-09` or `v68.0`. */
	apiVersion?: string;
	/** Salesforce insists on a company; private people have none. */
	companyPlaceholder?: string;
	/** Pipedrive knows a marketing status only in accounts with its Campaigns add-on. */
	hasCampaigns?: boolean;
	/** Price of the listing, where a CRM can show what a lead is worth. */
	value?: { amount: number; currency: string };
}

/** What an adapter works with. */
export interface CrmSession {
	/** Repeats what is safe to repeat, by the adapter's `retries`. `step` names the attempt in the log. */
	send(step: string): Send;
	clock: Clock;
	/**
	 * Whether this lead may have been pushed before. False only where a claim says that nobody ever
	 * worked on it: then nothing is looked for that cannot be there.
	 */
	isRepeat: boolean;
}

export type Found = 'created' | 'found';

export interface CrmPush {
	/** As the platform is told it, such as `hubspot_contact_12345`. */
	externalId: string;
	contact: { id: string; outcome: 'created' | 'updated' };
	note: { id: string; outcome: Found };
	task?: { id: string; outcome: Found };
}

/** How a vendor wants to be asked again. */
export interface CrmRetries {
	/** How long a response asks to wait, in milliseconds, where it says so in a way of its own. */
	askedWaitMs?(response: HttpResponse, attempt: number): number | undefined;
	/** Statuses with which the vendor turns a request away unread, so that it may be repeated. */
	refusals: readonly number[];
	/** Says no to a retry that the status alone would allow, such as an exhausted quota. */
	isFinal(response: HttpResponse): boolean;
}

export interface CrmAdapter {
	readonly key: CrmKey;
	readonly name: string;
	/** Name of the credential type; its base URL has no path. */
	readonly credential: string;
	/** Requests a second of one run of a node. */
	readonly perSecond: number;
	readonly retries: CrmRetries;
	/**
	 * Makes sure that the lead stands in the CRM once, with its note and its task, in the fewest calls.
	 * Throws a VendorError; whatever was made before it is found again by the next push.
	 */
	push(lead: CrmLead, settings: CrmSettings, session: CrmSession): Promise<CrmPush>;
}
