import { randomUUID } from 'node:crypto';

import type { LeadCreated } from '../../nodes/shared/contracts/leadCreated';
import type { CrmKey } from '../../nodes/shared/vendors/crm/port';
import { DEMO_COMPANIES } from '../../sandbox/platform/demoCompanies.cts';
import { saveLead } from '../../sandbox/platform/leads.cts';
import { saveListing } from '../../sandbox/platform/listings.cts';
import { countsIn, externalIdIn } from './crms.cts';
import { callbacksOf, type Sent } from './messages.cts';
import { world } from './world.cts';

/** Each lead is another person, so that none is found under the e-mail of another one. */
let nextPerson = 1_000_001;

/** Everybody who was made up so far. */
export const PEOPLE: LeadCreated[] = [];

/** A lead with the guide's fields and what helps a score, of the agency that has this CRM. */
export async function newLead(crm: CrmKey, more: Partial<LeadCreated> = {}): Promise<LeadCreated> {
	const person = nextPerson++;
	const lead: LeadCreated = {
		lead_id: randomUUID(),
		company_id: DEMO_COMPANIES.find((company) => company.crm === crm)!.id,
		property_id: randomUUID(),
		email: `ana.cruz.${person}@example.com`,
		phone: `+63917${person}`,
		first_name: 'Ana',
		last_name: 'Cruz',
		consent: true,
		utm: { source: 'facebook', campaign: 'summer2024' },
		preferences: { budget_max: 20_000_000, currency: 'PHP', areas: ['BGC'], beds: 2 },
		property: {
			title: 'Two-bedroom condo in BGC',
			neighborhood: 'Bonifacio Global City',
			city: 'Taguig',
			country: 'PH',
			price_amount: 18_500_000,
			currency: 'PHP',
			beds: 2,
		},
		...more,
	};
	await saveOnPlatform(lead);
	PEOPLE.push(lead);
	return lead;
}

/** The guide's own example of a payload, under new identifiers; the platform knows more. */
export async function newBareLead(crm: CrmKey): Promise<LeadCreated> {
	const { lead_id, company_id, property_id, email, phone, utm, consent } = await newLead(crm, {
		preferences: { budget_max: 20_000_000, preferred_city: 'Taguig', beds: 2 },
	});
	return { lead_id, company_id, property_id, email, phone, utm, consent };
}

/** Saves the lead, and the listing that it asked about. */
async function saveOnPlatform(lead: LeadCreated): Promise<void> {
	const { pool } = world().platform;
	if (lead.property_id) {
		await saveListing(pool, {
			property_id: lead.property_id,
			company_id: lead.company_id,
			address: '9th Avenue corner 38th Street',
			neighborhood: 'Bonifacio Global City',
			city: 'Taguig',
			country: 'PH',
			price_amount: 18_500_000,
			currency: 'PHP',
			beds: 2,
			baths: 2,
		});
	}
	await saveLead(pool, lead);
}

export interface SentLead extends Sent {
	lead: LeadCreated;
}

/** Puts the lead into the platform's outbox. */
export async function sendLead(lead: LeadCreated): Promise<SentLead> {
	return { ...(await world().platform.enqueue('lead.created', lead)), lead };
}

export interface LeadRow {
	crm: string | null;
	externalId: string | null;
	status: string | null;
	message: string | null;
	isSent: boolean;
}

/** What the platform knows about a lead. */
export async function leadRow(leadId: string): Promise<LeadRow> {
	const { rows } = await world().platform.pool.query<LeadRow>(
		`SELECT crm, crm_external_id AS "externalId", crm_status AS status, crm_message AS message,
		        webhook_sent AS "isSent"
		 FROM lead WHERE id = $1`,
		[leadId],
	);
	return rows[0]!;
}

/** The key under which the work on a lead is claimed. */
export const leadKey = (leadId: string) => `lead-score:${leadId}`;

/** What there is of a lead at both ends. */
export async function traceOf(crm: CrmKey, sent: SentLead) {
	const { status, message, isSent, externalId } = await leadRow(sent.lead.lead_id);
	const callbacks = await callbacksOf(sent);
	return {
		...countsIn(crm),
		status,
		isSent,
		hasScore: /^Lead synced successfully with score: \d{1,3}\/100$/.test(message ?? ''),
		isTheContact: externalId === externalIdIn(crm),
		applied: callbacks.filter((outcome) => outcome === 'applied').length,
	};
}

/** The trace of a lead that arrived, once. */
export const ONE_OF_EACH = {
	contacts: 1,
	notes: 1,
	tasks: 1,
	status: 'synced',
	isSent: true,
	hasScore: true,
	isTheContact: true,
	applied: 1,
};
