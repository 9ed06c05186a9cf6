/** n8n is killed while a callback waits for its retry, and in the middle of all that it works on. */
import { until } from '../integration/platform/until.cts';
import {
	addressesOf,
	campaignRow,
	newCampaign,
	newCrowd,
	readersOf,
	type SentCampaign,
	sendCampaign,
} from './campaigns.cts';
import { type Letter, letters } from './deadLetters.cts';
import { statesOf } from './executions.cts';
import { newListing, listingKey, rowOf, send, type SentListing } from './listings.cts';
import { leadKey, newLead, ONE_OF_EACH, sendLead, type SentLead, traceOf } from './leads.cts';
import { answered, callbacksOf, claimState, endLease } from './messages.cts';
import { ACCOUNTS, answersFor, askedOf, newWriter, say, textsTo, type Writer } from './meta.cts';
import { waitingFor } from './metaInbox.cts';
import { endWorld, heal, startWorld, world } from './world.cts';

/** Nobody sells a home there: the answer is one message. */
const QUESTION = 'Any homes in Marikina?';
const CRM = 'hubspot';
const PEOPLE = 12;

/** A signature is good for 300 s. Of a platform whose clock is so far ahead, a new one for 30 s. */
const CLOCK_AHEAD_SECONDS = 270;

jest.setTimeout(240_000);

beforeAll(async () => {
	await startWorld({
		// Retries wait for a real minute, and n8n keeps the wait; schedules of five take ten seconds.
		speed: 1,
		scheduleSpeed: 30,
		edits: { 'campaign-portion.json': { 'Take Portion': { leaseSeconds: 5 } } },
	});
	heal();
}, 240_000);
afterAll(endWorld, 60_000);

async function lettersOfKind(kind: string): Promise<Letter[]> {
	return (await letters()).filter((letter) => letter.kind === kind);
}

async function isAnswered(writer: Writer): Promise<boolean> {
	const answers = await answersFor(writer);
	return answers.length > 0 && textsTo(writer).length >= answers.length;
}

/** People who write, to whom n8n says 200, and whom it could not keep before it was killed. */
async function killAsTheyAreTaken(): Promise<Writer[]> {
	const { meta, n8n, platform } = world();
	const people = Array.from({ length: PEOPLE }, (_, person) =>
		newWriter(person % 2 === 0 ? ACCOUNTS.messenger : ACCOUNTS.instagram),
	);
	meta.hold();
	for (const writer of people) say(writer, QUESTION);
	const inbox = await platform.pool.connect();
	try {
		await inbox.query('BEGIN; LOCK TABLE property_platform.channel_events');
		meta.flush();
		await until(
			() => meta.deliveries.filter(({ status }) => status === 200).length >= PEOPLE,
			30_000,
		);
		await n8n.stop('SIGKILL');
	} finally {
		await inbox.query('ROLLBACK');
		inbox.release();
	}
	// A statement that was under way may still be carried out once the lock is gone.
	expect(await waitingFor(...people)).toBeLessThan(PEOPLE);
	return people;
}

describe('n8n is killed', () => {
	let late: SentListing;
	let parked: Letter;
	let waiting: number;
	let listing: SentListing;
	let lead: SentLead;
	let campaign: SentCampaign;
	let readers: string[];
	let writers: Writer[];

	it('while a callback waits for its retry in the database of n8n', async () => {
		const { platform } = world();
		platform.goDown();
		late = await send(await newListing());
		[parked] = (await until(async () => {
			const callbacks = await lettersOfKind('callback');
			return callbacks.length > 0 && callbacks;
		}, 60_000)) as [Letter];
		waiting = await until(
			() => [...statesOf('deliver-callback')].find(([, state]) => state === 'waiting')?.[0],
			60_000,
		);
		// From here on it takes none of the signatures that were made by now, a minute later.
		platform.skewClock(CLOCK_AHEAD_SECONDS);
		platform.comeBack();
		expect(parked).toMatchObject({
			state: 'waiting',
			attempts: 1,
			reason: 'The platform: unavailable',
		});
	});

	it('in the middle of a listing, a lead, a campaign and messages that it has just taken', async () => {
		const { n8n, openAi, crms, resend } = world();
		openAi.delayMs = crms[CRM].delayMs = 60_000;
		resend.processingMs = 3_000;
		listing = await send(await newListing());
		lead = await sendLead(await newLead(CRM));
		const people = await newCrowd(20);
		readers = addressesOf(people);
		campaign = await sendCampaign(await newCampaign(people));
		const worked = [listingKey(listing.listing.property_id), leadKey(lead.lead.lead_id)];
		for (const key of worked) {
			await until(async () => (await claimState(key)) === 'claimed', 30_000);
		}
		await until(() => resend.requests.some(({ path }) => path === '/emails/batch'), 30_000);

		writers = await killAsTheyAreTaken();
		for (const vendor of [openAi, resend, crms[CRM]]) vendor.heal();
		for (const key of worked) await endLease(key);
		await n8n.start();
	});

	it('what it worked on is handed back to its workflow, and is done once', async () => {
		await answered(lead, 90_000);
		await answered(listing, 90_000);
		await answered(campaign, 90_000);
		for (const writer of writers) await until(async () => await isAnswered(writer), 60_000);

		expect(await traceOf(CRM, lead)).toEqual(ONE_OF_EACH);
		expect((await callbacksOf(listing)).filter((outcome) => outcome === 'applied')).toHaveLength(1);
		expect(readersOf(campaign.campaign)).toEqual(readers);
		expect(await campaignRow(campaign.campaign)).toMatchObject({ status: 'completed', sent: 20 });
		for (const writer of writers) {
			expect(await askedOf(writer)).toHaveLength(1);
			expect(textsTo(writer)).toEqual(await answersFor(writer));
		}
	});

	it('the execution that waited goes on by itself, and signs the callback anew', async () => {
		await answered(late, 90_000);
		expect(await callbacksOf(late)).toEqual(['applied']);
		expect((await rowOf(late.listing.property_id)).narrative).not.toBe('');
		const { rows } = await world().platform.pool.query<{ key: string }>(
			'SELECT idempotency_key AS key FROM callback_received WHERE correlation_id = $1',
			[late.correlationId],
		);
		expect(rows).toEqual([{ key: parked.key }]);
		await until(() => statesOf('deliver-callback').get(waiting) === 'removed', 30_000);
		expect(await lettersOfKind('callback')).toEqual([
			expect.objectContaining({ key: parked.key, state: 'delivered' }),
		]);
	});

	it('nothing is handed back a second time', async () => {
		const rounds = () =>
			[...statesOf('recover-executions').values()].filter((state) => state === 'removed').length;
		const before = rounds();
		await until(() => rounds() >= before + 2, 60_000);
		const handedBack = await lettersOfKind('event');
		// Whom n8n answered too late for Meta wrote twice.
		expect(handedBack.length).toBeGreaterThanOrEqual(PEOPLE + 3);
		expect(handedBack.every(({ state, replays }) => state === 'delivered' && replays === 0)).toBe(
			true,
		);
		const { rows } = await world().platform.pool.query(
			`SELECT count(*)::int AS times FROM property_platform.event_log WHERE step = 'hand back'`,
		);
		expect(rows).toEqual([{ times: handedBack.length }]);
		for (const writer of writers) expect(await askedOf(writer)).toHaveLength(1);
	});
});
