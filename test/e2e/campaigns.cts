/** Campaigns, the people they are meant for, and what became of both. */
import { randomUUID } from 'node:crypto';

import type { CampaignRequested } from '../../nodes/shared/contracts/campaignRequested';
import type { CampaignStatus } from '../../nodes/shared/contracts/campaignStatus';
import { ledgerCounts, type LedgerCounts } from '../../sandbox/console/campaignLedger.cts';
import { saveCampaign } from '../../sandbox/platform/campaigns.cts';
import { type Contact, saveContact } from '../../sandbox/platform/contacts.cts';
import type { ResendMail } from '../../sandbox/vendors/resend.cts';
import type { Failure } from '../../sandbox/vendors/standIn.cts';
import { until } from '../integration/platform/until.cts';
import type { Sent } from './messages.cts';
import { world } from './world.cts';

/** Each person has an address of their own, so that nobody is suppressed by another test. */
let nextPerson = 1;

export const newAddress = (mailbox = 'ana.cruz') => `${mailbox}.${nextPerson++}@example.com`;

/** Whom the query of `newCampaign` selects, and who may be mailed. */
const SELECTED: Omit<Contact, 'id' | 'company_id' | 'email'> = {
	first_name: 'Ana',
	last_name: 'Cruz',
	city: 'Taguig',
	budget_max: 20_000_000,
	beds: 2,
	consent: true,
	unsubscribed: false,
	property_title: 'Two-bedroom condo in BGC',
	property_url: 'https://homes.example.com/bgc-2',
	property_price: 18_500_000,
};

/**
 * Saves people of one company, a new one by default. They are those that `newCampaign` selects,
 * unless a row says otherwise; there is always one more, whom it does not select.
 */
export async function newAudience(
	rows: Array<Partial<Contact>>,
	companyId: string = randomUUID(),
): Promise<Contact[]> {
	const { pool } = world().platform;
	await pool.query('INSERT INTO company (id, name) VALUES ($1, $1) ON CONFLICT DO NOTHING', [
		companyId,
	]);
	const people = [...rows, { beds: 1 }].map((row) => ({
		...SELECTED,
		id: randomUUID(),
		company_id: companyId,
		email: newAddress(),
		...row,
	}));
	for (const person of people) await saveContact(pool, person);
	return people.slice(0, -1);
}

/** So many people, of one company, whom `newCampaign` selects. */
export async function newCrowd(count: number): Promise<Contact[]> {
	return await newAudience(Array.from({ length: count }, () => ({})));
}

/** The guide's own payload in little, under new identifiers, for the company of these people. */
export async function newCampaign(
	[{ company_id } = { company_id: randomUUID() as string }]: Array<Pick<Contact, 'company_id'>>,
	more: Partial<CampaignRequested> = {},
): Promise<CampaignRequested> {
	const campaign: CampaignRequested = {
		campaign_id: randomUUID(),
		company_id,
		audience_query: 'beds >= 2',
		template_id: 'luxury_properties_v2',
		sender: 'Company Realty <sales@company.com>',
		...more,
	};
	await saveCampaign(world().platform.pool, campaign);
	return campaign;
}

export interface SentCampaign extends Sent {
	campaign: CampaignRequested;
}

/** Puts the campaign into the platform's outbox. */
export async function sendCampaign(campaign: CampaignRequested): Promise<SentCampaign> {
	return { ...(await world().platform.enqueue('campaign.dispatch', campaign)), campaign };
}

/** The mails of a campaign that Resend took, in that order. */
export function mailsOf({ campaign_id }: CampaignRequested): ResendMail[] {
	return world().resend.mails.filter(({ tags }) =>
		tags.some(({ name, value }) => name === 'campaign' && value === campaign_id),
	);
}

/** To whom the mails of a campaign went, in the order of the alphabet. */
export function readersOf(campaign: CampaignRequested): string[] {
	return mailsOf(campaign)
		.flatMap(({ to }) => to)
		.sort();
}

export const addressesOf = (people: Contact[]): string[] => people.map(({ email }) => email).sort();

/** The next mails of a campaign meet this failure; of `accepted` ones only the answer is lost. */
export function failSending(
	{ campaign_id }: CampaignRequested,
	failure: Failure,
	times = 1,
	accepted = false,
): void {
	world().resend.failNext(failure, times, {
		accepted,
		matching: ({ headers }) =>
			headers['idempotency-key']?.startsWith(`campaign/${campaign_id}/`) ?? false,
	});
}

export interface CampaignRow {
	status: string;
	sent: number;
	failed: number;
	opened: number;
	clicked: number;
	deliveryRate: number | null;
}

/** What the platform knows about a campaign. */
export async function campaignRow({ campaign_id }: CampaignRequested): Promise<CampaignRow> {
	const { rows } = await world().platform.pool.query<CampaignRow>(
		`SELECT status, sent, failed, opened, clicked, delivery_rate AS "deliveryRate"
		 FROM campaign WHERE id = $1`,
		[campaign_id],
	);
	return rows[0]!;
}

/** Waits until the platform has heard that a campaign is in this state. */
export async function heardOf(
	campaign: CampaignRequested,
	status: string,
	limitMs = 20_000,
): Promise<void> {
	await until(async () => (await campaignRow(campaign)).status === status, limitMs);
}

/** What n8n's own ledger counts of a campaign. */
export async function ledgerOf({ campaign_id }: CampaignRequested): Promise<LedgerCounts> {
	return (await ledgerCounts(world().platform.pool, [campaign_id])).get(campaign_id)!;
}

/** The callbacks about a campaign that differ, oldest first, but for the news. */
export async function statusesOf(campaign: CampaignRequested): Promise<CampaignStatus[]> {
	return (await callbacksAbout(campaign)).filter((body) => !isNews(body));
}

/** Those that come of themselves, at any time after the end. */
export async function newsOf(campaign: CampaignRequested): Promise<CampaignStatus[]> {
	return (await callbacksAbout(campaign)).filter(isNews);
}

const isNews = (body: CampaignStatus) => 'opened' in body;

async function callbacksAbout({ campaign_id }: CampaignRequested): Promise<CampaignStatus[]> {
	const { rows } = await world().platform.pool.query<{ body: CampaignStatus }>(
		`SELECT body FROM callback_received
		 WHERE endpoint = 'campaign-status' AND body ->> 'campaign_id' = $1 ORDER BY id`,
		[campaign_id],
	);
	return rows.map(({ body }) => body);
}
