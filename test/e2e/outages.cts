/** Units of work of all five flows at once, and where each of them has to arrive in the end. */
import type { CrmKey } from '../../nodes/shared/vendors/crm/port';
import { DEMO_COMPANIES } from '../../sandbox/platform/demoCompanies.cts';
import type { Contact } from '../../sandbox/platform/contacts.cts';
import { until } from '../integration/platform/until.cts';
import {
	addressesOf,
	campaignRow,
	newCampaign,
	newCrowd,
	readersOf,
	type SentCampaign,
	sendCampaign,
	statusesOf,
} from './campaigns.cts';
import { newListing, rowOf, send, type SentListing } from './listings.cts';
import { newLead, ONE_OF_EACH, sendLead, type SentLead, traceOf } from './leads.cts';
import { answered, type Sent } from './messages.cts';
import { ACCOUNTS, answersFor, askedOf, newWriter, say, textsTo, type Writer } from './meta.cts';
import { inboxOf } from './metaInbox.cts';
import { world } from './world.cts';

/** Nobody sells a home there: the answer is one message. */
const QUESTION = 'Any homes in Marikina?';

export interface Units {
	/** Those that n8n works on, and one that is still in the platform's outbox; so of the leads. */
	listings: SentListing[];
	lateListing: SentListing;
	leads: Array<[CrmKey, SentLead]>;
	lateLead: [CrmKey, SentLead];
	campaign: SentCampaign;
	readers: Contact[];
	writers: Writer[];
	/** The company ids of the rollups. */
	companies: string[];
	/** Callbacks up to this one are older. */
	callbacksBefore: number;
}

/** The list of companies as a person edits it: all of the demo. */
export const ALL_COMPANIES = {
	Companies: {
		jsonOutput: JSON.stringify({
			companies: DEMO_COMPANIES.map(({ id, name }) => ({ companyId: id, name })),
		}),
	},
};

/**
 * Has n8n work on units of all flows, and takes the platform out of the world in the middle of them:
 * listings wait for the model, leads for their CRM, the campaign for Resend, people for an answer,
 * and the rollups begin at that moment. What the outbox could not deliver by then stays there.
 */
export async function goOutAmidWork(): Promise<Units> {
	const { platform, openAi, crms, resend } = world();
	for (const vendor of [openAi, ...Object.values(crms)]) vendor.delayMs = SLOW_MS;
	resend.processingMs = SLOW_MS;
	const callbacksBefore = await latestCallback();
	const readers = await newCrowd(20);
	const listings = await Promise.all([newListing(), newListing(), newListing()]);
	const leads = await Promise.all(DEMO_COMPANIES.map(async ({ crm }) => await newLead(crm)));
	const crmOf = (position: number) => DEMO_COMPANIES[position]!.crm;

	const writers = [
		newWriter(ACCOUNTS.messenger),
		newWriter(ACCOUNTS.secondPage),
		newWriter(ACCOUNTS.instagram),
	];
	const campaign = await sendCampaign(await newCampaign(readers));
	const sent = [await send(listings[0]!), await send(listings[1]!)];
	const pushed: Array<[CrmKey, SentLead]> = [
		[crmOf(0), await sendLead(leads[0]!)],
		[crmOf(1), await sendLead(leads[1]!)],
	];
	await handedOver([campaign, ...sent, ...pushed.map(([, lead]) => lead)]);
	const key = `campaign/${campaign.campaign.campaign_id}/`;
	await until(
		() => resend.requests.some(({ headers }) => headers['idempotency-key']?.startsWith(key)),
		30_000,
	);
	// n8n waits two seconds for a second message of theirs.
	for (const writer of writers) say(writer, QUESTION);
	await until(
		async () => (await Promise.all(writers.map(inboxOf))).every((rows) => rows.length === 1),
		30_000,
	);

	platform.outage();
	for (const vendor of [openAi, resend, ...Object.values(crms)]) vendor.heal();
	const lateListing = await send(listings[2]!);
	const lateLead: [CrmKey, SentLead] = [crmOf(2), await sendLead(leads[2]!)];
	await world().editor.listenForTestEvent('metrics-rollup', 'Roll Up Now');
	return {
		listings: sent,
		lateListing,
		leads: pushed,
		lateLead,
		campaign,
		readers,
		writers,
		companies: DEMO_COMPANIES.map(({ id }) => id),
		callbacksBefore,
	};
}

/** How long a vendor takes for an answer meanwhile: the units have to be under way together. */
const SLOW_MS = 8_000;

async function latestCallback(): Promise<number> {
	const { rows } = await world().platform.pool.query<{ id: number }>(
		'SELECT coalesce(max(id), 0)::int AS id FROM callback_received',
	);
	return rows[0]!.id;
}

/** Waits until the outbox has begun to deliver all of these. */
async function handedOver(sent: readonly Sent[]): Promise<void> {
	await until(async () => {
		const { rowCount } = await world().platform.pool.query(
			'SELECT FROM outbox_message WHERE id = ANY($1) AND attempts > 0',
			[sent.map(({ id }) => id)],
		);
		return rowCount === sent.length;
	}, 30_000);
}

/** What the platform knows of a unit, by the subject of its callbacks: how many it has applied. */
async function appliedCallbacks({ callbacksBefore }: Units): Promise<Record<string, number>> {
	const { rows } = await world().platform.pool.query<{ subject: string; count: number }>(
		`SELECT endpoint || ' ' || coalesce(body ->> 'property_id', body ->> 'lead_id',
		   body ->> 'user_id', body ->> 'company_id') AS subject, count(*)::int
		 FROM callback_received
		 WHERE id > $1 AND endpoint NOT IN ('campaign-status', 'event-log') AND answer IS NOT NULL
		 GROUP BY subject`,
		[callbacksBefore],
	);
	return Object.fromEntries(rows.map(({ subject, count }) => [subject, count]));
}

/** The subjects of the callbacks of all units but the campaign. */
function subjectsOf({ listings, lateListing, leads, lateLead, writers, companies }: Units) {
	return [
		...[...listings, lateListing].map(
			({ listing }) => `enrichment-complete ${listing.property_id}`,
		),
		...[...leads, lateLead].map(([, { lead }]) => `lead-sync-status ${lead.lead_id}`),
		...writers.map(({ person }) => `channel-message ${person}`),
		...companies.map((id) => `metrics-upsert ${id}`),
	];
}

/**
 * Every unit is where it belongs, once: as the platform, the CRMs, Resend and Meta hold it, and not
 * as our own tables do. Waits until it is.
 */
export async function expectAllHome(units: Units, limitMs = 60_000): Promise<void> {
	const { listings, lateListing, leads, lateLead, campaign, readers, writers, companies } = units;
	const subjects = subjectsOf(units);
	const pushed = [...leads, lateLead];
	const inOutbox = [...listings, lateListing, ...pushed.map(([, lead]) => lead), campaign];
	for (const message of inOutbox) await answered(message, limitMs);
	await until(async () => {
		const applied = await appliedCallbacks(units);
		return subjects.every((subject) => applied[subject] !== undefined);
	}, limitMs);
	for (const writer of writers) await until(async () => await isAnswered(writer), limitMs);
	await until(async () => (await endsOf(campaign)).length > 0, limitMs);

	expect(await appliedCallbacks(units)).toEqual(
		Object.fromEntries(subjects.map((subject) => [subject, 1])),
	);
	for (const { listing } of [...listings, lateListing]) {
		expect(await rowOf(listing.property_id)).toMatchObject({
			narrative: expect.stringMatching(/\w/),
			source: 'insufficient_data',
		});
	}
	for (const [crm, lead] of pushed) expect(await traceOf(crm, lead)).toEqual(ONE_OF_EACH);
	expect(readersOf(campaign.campaign)).toEqual(addressesOf(readers));
	expect(await campaignRow(campaign.campaign)).toMatchObject({
		status: 'completed',
		sent: readers.length,
		failed: 0,
	});
	expect(await endsOf(campaign)).toHaveLength(1);
	expect(await rollupsThatAreRight(companies)).toEqual([...companies].sort());
	for (const writer of writers) {
		const answers = await answersFor(writer);
		const others = textsTo(writer).filter((text) => !answers.includes(text));
		expect(await askedOf(writer)).toHaveLength(1);
		expect(textsTo(writer)).toEqual([...others, ...answers]);
		expect(others.length).toBeLessThanOrEqual(1);
	}
}

/** The callbacks that say that a campaign is over; the news about it may come before them. */
async function endsOf({ campaign }: SentCampaign): Promise<object[]> {
	return (await statusesOf(campaign)).filter(({ status }) => status === 'completed');
}

async function isAnswered(writer: Writer): Promise<boolean> {
	const answers = await answersFor(writer);
	return answers.length > 0 && textsTo(writer).includes(answers.at(-1)!);
}

/** The companies about which the platform was told what it counts itself. */
async function rollupsThatAreRight(companies: string[]): Promise<string[]> {
	const { rows } = await world().platform.pool.query<{ id: string }>(
		`SELECT company_id AS id FROM metrics_rollup AS rollup
		 WHERE company_id = ANY($1)
		   AND properties_total = (SELECT count(*) FROM property WHERE company_id = rollup.company_id)
		   AND leads_total = (SELECT count(*) FROM lead WHERE company_id = rollup.company_id)
		 ORDER BY company_id`,
		[companies],
	);
	return rows.map(({ id }) => id);
}
