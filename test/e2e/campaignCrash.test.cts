/**
 * n8n is killed in the middle of campaigns, at moments that nobody chose. `npm run test:long` does it
 * more often; `SEED=…` repeats the moments of a run.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { ledgerCounts } from '../../sandbox/console/campaignLedger.cts';
import { saveCampaign } from '../../sandbox/platform/campaigns.cts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.cts';
import { until } from '../integration/platform/until.cts';
import { edited } from './editor.cts';

const LONG = process.env.LONG === '1';
const SEED = Number(process.env.SEED ?? randomInt(1_000_000));
const PEOPLE = 5_000;
const KILLS = LONG ? 25 : 3;
/** What is no matter of the numbers goes faster with fewer people. */
const FEWER = LONG ? PEOPLE : 1_200;

const HOUR_MS = 3_600_000;
const COMPANY = 'crash-company';
/** The last one is not meant, so that no query matches everybody. */
const BUDGETS = Array.from({ length: PEOPLE + 1 }, (_, index) => index);
const addressOf = (budget: number) => `reader.${budget}@example.com`;

jest.setTimeout(LONG ? 1_800_000 : 240_000);

let sandbox: Sandbox;
let directory: string;

beforeAll(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'property-platform-crash-'));
	sandbox = await startSandbox({
		directory,
		inMemory: true,
		moreWorkflows: [
			await edited(path.join(directory, 'workflows'), 'campaign-portion.json', IMPATIENT),
		],
		resend: { perSecond: 10, events: false, keepBodies: false },
	});
	const { pool } = sandbox.platform;
	await pool.query('INSERT INTO company (id, name) VALUES ($1, $1)', [COMPANY]);
	await pool.query(
		`INSERT INTO contact (id, company_id, email, first_name, city, budget_max, beds, consent,
		   property_title, property_url, property_price)
		 SELECT 'crash-' || lpad(budget::text, 5, '0'), $1, 'reader.' || budget || '@example.com',
		   'Reader ' || budget, 'Taguig', budget, 2, true,
		   'Condo ' || budget, 'https://homes.example.com/' || budget, 1000000 + budget
		 FROM unnest($2::int[]) AS budget`,
		[COMPANY, BUDGETS],
	);
}, 240_000);

afterAll(async () => {
	await sandbox?.close();
	if (directory) await rm(directory, { recursive: true, force: true });
}, 60_000);

/** The package's own workflow, in smaller portions, and with a lease that a test can wait for. */
const IMPATIENT = {
	'Take Portion': { batches: 8, leaseSeconds: 5 },
	'Build Audience': { audienceOptions: { after: '={{ $json.cursor }}', pageSize: 1_000 } },
};

/** Numbers from 0 up to 1 that are the same for the same seed. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

interface Campaign {
	id: string;
	/** Of its message in the outbox. */
	messageId: number;
	people: number;
}

/** Posts a campaign to so many people. */
async function post(people: number, id: string = randomUUID()): Promise<Campaign> {
	const { platform } = sandbox;
	const payload = {
		campaign_id: id,
		company_id: COMPANY,
		audience_query: `budget_max < ${people}`,
		template_id: 'luxury_properties_v2',
		sender: 'Company Realty <sales@company.com>',
	};
	await saveCampaign(platform.pool, payload);
	const message = await platform.enqueue('campaign.dispatch', payload);
	return { id, messageId: message.id, people };
}

/** n8n dies, comes back, and the platform posts the campaign again. */
async function killAndPostAgain({ messageId }: Campaign, whileDead = async () => {}) {
	const { n8n, platform, resend } = sandbox;
	await n8n.stop('SIGKILL');
	resend.heal();
	await whileDead();
	await n8n.start();
	await platform.redeliver(messageId);
}

const mailsOf = ({ id }: Campaign) =>
	sandbox.resend.mails.filter(({ key }) => key?.startsWith(`campaign/${id}/`));

async function statusOf({ id }: Campaign) {
	const { rows } = await sandbox.platform.pool.query<{ status: string; sent: number }>(
		'SELECT status, sent FROM campaign WHERE id = $1',
		[id],
	);
	return rows[0]!;
}

const ledgerOf = async ({ id }: Campaign) =>
	(await ledgerCounts(sandbox.platform.pool, [id])).get(id);

const isCompleted = async (campaign: Campaign) => (await statusOf(campaign)).status === 'completed';

async function untilCompleted(campaign: Campaign): Promise<void> {
	await until(async () => await isCompleted(campaign), 120_000);
}

/** Everybody has the mail, nobody has it twice, and both sides know it. */
async function expectOnceEach(campaign: Campaign): Promise<void> {
	const readers = mailsOf(campaign).flatMap(({ to }) => to);
	const meant = BUDGETS.slice(0, campaign.people).map(addressOf);
	expect({ mails: readers.length, readers: new Set(readers).size }).toEqual({
		mails: campaign.people,
		readers: campaign.people,
	});
	expect(readers.sort()).toEqual(meant.sort());
	expect(await statusOf(campaign)).toEqual({ status: 'completed', sent: campaign.people });
	expect(await ledgerOf(campaign)).toMatchObject({
		state: 'completed',
		counts: { audience: campaign.people, pending: 0, refused: 0 },
		leftOut: {},
	});
	const { rows } = await sandbox.platform.pool.query(
		`SELECT count(*)::int AS sent FROM property_platform.campaign_recipients
		 WHERE campaign_id = $1 AND state = 'sent' AND email_id IS NOT NULL`,
		[campaign.id],
	);
	expect(rows).toEqual([{ sent: campaign.people }]);
}

/** Moments worth dying at: each waits until it has come, or until the campaign is over. */
const MOMENTS: Record<string, (campaign: Campaign, random: () => number) => Promise<void>> = {
	async 'while the audience is enrolled'(campaign, random) {
		await until(async () => (await ledgerOf(campaign)) !== undefined, 30_000);
		await wait(random() * 1_000);
	},
	async 'while mails are on their way'(campaign, random) {
		sandbox.resend.processingMs = 400;
		await untilMailed(campaign, random() * 900);
		await wait(random() * 500);
	},
	async 'when mails were taken and the answers got lost'(campaign, random) {
		const lost = 1 + Math.floor(random() * 6);
		loseBatches(lost, { accepted: true });
		await untilMailed(campaign, (1 + lost) * 100);
		await wait(random() * 300);
	},
	async 'when mails got lost on their way'(campaign, random) {
		loseBatches(3, { accepted: false });
		await untilMailed(campaign, 100);
		await wait(random() * 600);
	},
	async 'while a portion is recorded'(campaign, random) {
		// The batches of a portion.
		await untilMailed(campaign, 800);
		await wait(random() * 250);
	},
	async 'at any moment'(_campaign, random) {
		await wait(random() * 6_000);
	},
};

/** The first batch is answered, for n8n sends one at a time until it knows the limit; these are not. */
function loseBatches(times: number, { accepted }: { accepted: boolean }): void {
	let first: string | undefined;
	sandbox.resend.failNext('timeout', times, {
		accepted,
		matching({ headers }) {
			const key = headers['idempotency-key'];
			first ??= key;
			return key !== undefined && key !== first;
		},
	});
}

async function untilMailed(campaign: Campaign, more: number): Promise<void> {
	const enough = Math.min(campaign.people, mailsOf(campaign).length + more);
	await until(
		async () => mailsOf(campaign).length >= enough || (await isCompleted(campaign)),
		60_000,
	);
}

describe(`n8n is killed in the middle of a campaign (SEED=${SEED})`, () => {
	const random = seeded(SEED);
	const names = Object.keys(MOMENTS);
	/** One of each kind, and then any. */
	const nameOf = (kill: number) =>
		LONG ? (names[kill] ?? names[Math.floor(random() * names.length)]!) : SHORT[kill]!;
	const SHORT = [
		'while the audience is enrolled',
		'when mails were taken and the answers got lost',
		'while a portion is recorded',
	];

	it(`${KILLS} times: ${PEOPLE} people have ${PEOPLE} mails, none twice, none missing`, async () => {
		for (let kill = 0; kill < KILLS;) {
			const campaign = await post(PEOPLE);
			for (; kill < KILLS; kill++) {
				const name = nameOf(kill);
				await MOMENTS[name]!(campaign, random);
				if (await isCompleted(campaign)) break;
				const { counts, state } = (await ledgerOf(campaign)) ?? {};
				process.stdout.write(
					`kill ${kill + 1}, ${name}: ${state}, ${counts?.audience ?? 0} enrolled, ${mailsOf(campaign).length} mails\n`,
				);
				await killAndPostAgain(campaign);
			}
			await untilCompleted(campaign);
			await expectOnceEach(campaign);
		}
	});
});

describe('more than the 24 hours for which Resend remembers a key', () => {
	beforeEach(() => sandbox.resend.reset());

	/** As if the whole campaign had happened so long ago, for Resend and in the ledger. */
	async function letPass(hours: number, { id }: Campaign): Promise<void> {
		sandbox.resend.advance(hours * HOUR_MS);
		await sandbox.platform.pool.query(
			`UPDATE property_platform.campaign_batches
			 SET first_attempt_at = first_attempt_at - make_interval(hours => $2::int),
			     lease_until = lease_until - make_interval(hours => $2::int)
			 WHERE campaign_id = $1`,
			[id, hours],
		);
	}

	it('lie between the crash and the next try: what was taken is not sent again, what was not is', async () => {
		const { resend } = sandbox;
		loseBatches(3, { accepted: true });
		loseBatches(3, { accepted: false });
		const campaign = await post(FEWER);
		const asked = () => resend.requests.filter(({ path }) => path === '/emails/batch').length;
		// Of the first eight batches three were taken and not answered, and three not even taken.
		await until(() => asked() >= 8 && mailsOf(campaign).length === 500, 60_000);
		await killAndPostAgain(campaign, async () => await letPass(25, campaign));
		await untilCompleted(campaign);
		await expectOnceEach(campaign);
	});
});

describe('one campaign in two executions at once', () => {
	it('sends everybody one mail', async () => {
		const { platform } = sandbox;
		platform.pause();
		const campaign = await post(FEWER);
		await post(FEWER, campaign.id);
		platform.resume();
		await untilCompleted(campaign);
		await expectOnceEach(campaign);
	});
});
