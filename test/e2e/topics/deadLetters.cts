import type { LeadCreated } from '../../../nodes/shared/contracts/leadCreated';
import { until } from '../../integration/platform/until.cts';
import { newCompany, reportedOf } from '../companies.cts';
import { leadRow, newLead } from '../leads.cts';
import { askAboutLetters, type LettersAnswer, parked, type ParkedRow } from '../letters.cts';
import { claimOf, newListing, rowOf } from '../listings.cts';
import { callbacksOf } from '../messages.cts';
import { alertsAbout, run, saveCopy } from '../monitoring.cts';
import { postSigned, type SignedOptions } from '../signed.cts';
import { heal, world } from '../world.cts';

const ENRICHMENT = 'enrichment-complete:';
const SYNC_STATUS = 'lead-sync-status:';

/** Sends work in while the platform refuses every signature: what comes of it is a dead letter. */
async function makeLetter(path: string, payload: object, key: string): Promise<ParkedRow> {
	world().platform.skewClock(400);
	const { status } = await postSigned(path, payload, {
		headers: { 'X-Correlation-Id': `letter-${key}` },
	});
	world().platform.skewClock(0);
	expect(status).toBe(200);
	const letter = (await parked(key))!;
	expect(letter).toMatchObject({ kind: 'callback', state: 'dead', attempts: 1 });
	return letter;
}

async function listingLetter() {
	const listing = await newListing();
	const key = `${ENRICHMENT}${listing.property_id}:`;
	return { listing, letter: await makeLetter('enrich-property', listing, key) };
}

async function leadLetter() {
	const lead = await newLead('hubspot');
	const key = `${SYNC_STATUS}${lead.lead_id}:`;
	return { lead, letter: await makeLetter('lead-created', lead, key) };
}

/** What reached the platform under the letter's own correlation id, the refused tries left out. */
const taken = async ({ key }: ParkedRow) => {
	const id = key.slice(0, key.lastIndexOf(':') + 1);
	const outcomes = await callbacksOf({ id: 0, correlationId: `letter-${id}` });
	return outcomes.filter((outcome) => outcome !== 'unauthorized');
};

const delivered = async ({ key }: ParkedRow) =>
	await until(async () => (await parked(key))?.state === 'delivered', 20_000);

const keysOf = ({ letters }: LettersAnswer) => letters.map(({ deliveryKey }) => deliveryKey);

const one = ({ key }: ParkedRow) => ({ which: 'one', deliveryKey: key });

describe('dead letters', () => {
	let lead: LeadCreated;
	let letter: ParkedRow;

	beforeAll(async () => {
		heal();
		({ lead, letter } = await leadLetter());
	});
	afterEach(heal);

	it('a refused signature is a dead letter at once, listed without what is in it', async () => {
		expect((await alertsAbout('dead-letters:lead-score')).at(-1)).toMatchObject({
			severity: 'critical',
			isOpen: true,
			detail: expect.stringContaining('The platform: credential-refused') as string,
		});
		const listed = await askAboutLetters({ action: 'list', which: 'flow', flow: 'lead-score' });
		expect(listed.status).toBe(200);
		const found = listed.letters.filter(({ deliveryKey }) => deliveryKey === letter.key);
		expect(found).toEqual([
			expect.objectContaining({
				kind: 'callback',
				flow: 'lead-score',
				reason: 'The platform: credential-refused',
				attempts: 1,
				replays: 0,
				about: '/internal/n8n/lead-sync-status',
			}),
		]);
		expect(JSON.stringify(listed)).not.toContain(lead.email);
		expect(new Set(listed.letters.map(({ flow }) => flow))).toEqual(new Set(['lead-score']));
		const all = await askAboutLetters({ action: 'list', which: 'all' });
		expect(keysOf(all)).toContain(letter.key);
	});

	it.each<[string, SignedOptions]>([
		['without a signature', { headers: { 'X-Signature': '' } }],
		['signed with another secret', { secret: 'another' }],
		['signed an hour ago', { clockAhead: -3_600 }],
	])('asked %s, answers 401 and does nothing', async (_, options) => {
		for (const action of ['list', 'replay', 'dismiss']) {
			const answer = await askAboutLetters({ action, ...one(letter) }, options);
			expect([answer.status, answer.letters]).toEqual([401, []]);
		}
		expect(await parked(letter.key)).toEqual(letter);
	});

	it.each([
		['an action that is none', { action: 'explode', which: 'all' }],
		['a flow that is not named', { action: 'replay', which: 'flow' }],
		['no selection', { action: 'dismiss' }],
	])('asked for %s, says what is missing and does nothing', async (_, request) => {
		const { status, message } = await askAboutLetters(request);
		expect(status).toBe(400);
		expect(message).toMatch(/action is not list|which|flow/i);
		expect(await parked(letter.key)).toEqual(letter);
	});

	it('dismissed, it is forgotten, and no replay finds it', async () => {
		const dismissed = await askAboutLetters({ action: 'dismiss', ...one(letter) });
		expect(keysOf(dismissed)).toEqual([letter.key]);
		expect(await parked(letter.key)).toMatchObject({ state: 'dismissed', payload: null });
		const replayed = await askAboutLetters({ action: 'replay', ...one(letter) });
		expect(replayed).toEqual({ status: 200, letters: [], message: '0 dead letters replayed' });
		expect(await taken(letter)).toEqual([]);
	});

	it('replayed by two at once, it goes out once', async () => {
		const { listing, letter } = await listingLetter();
		const replay = { action: 'replay', ...one(letter) };
		const answers = await Promise.all([askAboutLetters(replay), askAboutLetters(replay)]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
		expect(answers.flatMap(keysOf)).toEqual([letter.key]);
		await delivered(letter);
		expect(await parked(letter.key)).toMatchObject({ replays: 1, payload: null });
		expect(await taken(letter)).toEqual(['applied']);
		expect((await rowOf(listing.property_id)).narrative).not.toBe('');
		expect(await claimOf(listing.property_id)).toBe('completed');

		expect(await askAboutLetters(replay)).toMatchObject({ status: 200, letters: [] });
		expect(await taken(letter)).toEqual(['applied']);
	});

	it('replays those of a flow, and those since a time, and no others', async () => {
		const early = await listingLetter();
		const lead = await leadLetter();
		const since = new Date().toISOString();
		const late = await listingLetter();

		expect(
			keysOf(await askAboutLetters({ action: 'replay', which: 'flow', flow: 'lead-score' })),
		).toContain(lead.letter.key);
		await delivered(lead.letter);
		expect(await leadRow(lead.lead.lead_id)).toMatchObject({ status: 'synced', isSent: true });

		// Work of other topics may have been given up meanwhile.
		const ours = [early, lead, late].map(({ letter }) => letter.key);
		const replayed = await askAboutLetters({ action: 'replay', which: 'since', since });
		expect(keysOf(replayed).filter((key) => ours.includes(String(key)))).toEqual([late.letter.key]);
		await delivered(late.letter);
		expect(await parked(early.letter.key)).toEqual(early.letter);

		expect(
			keysOf(await askAboutLetters({ action: 'replay', which: 'kind', kind: 'callback' })),
		).toContain(early.letter.key);
		await delivered(early.letter);
		for (const { letter } of [early, lead, late]) expect(await taken(letter)).toEqual(['applied']);
	});

	it('replays the figures of a company by rolling it up anew', async () => {
		const company = await newCompany({ leads: 3 });
		const companies = [{ companyId: company, name: 'A company' }];
		const id = await saveCopy('metrics-rollup', {
			Companies: { jsonOutput: JSON.stringify({ companies }) },
		});
		world().platform.misbehave('text');
		await run(id, 'Roll Up Now');
		const letter = (await parked(`rollup:${company}`))!;
		expect(letter.state).toBe('dead');

		world().platform.misbehave(undefined);
		await askAboutLetters({ action: 'replay', ...one(letter) });
		await delivered(letter);
		expect(await reportedOf(company)).toMatchObject({ leads_total: 3 });
	});
});
