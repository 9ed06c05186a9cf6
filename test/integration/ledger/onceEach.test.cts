import fc from 'fast-check';

import type { MailResult } from '../../../nodes/CampaignDispatch/ledger/recordBatches';
import type { Batch } from '../../../nodes/CampaignDispatch/ledger/takeBatches';
import { type Database, openDatabase } from '../stateStore/database.cts';
import { DAY, key, ledgerOn, people } from './campaign.cts';
import { Vendor } from './vendor.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());

const PEOPLE = 11;
const PAGE = 4;
const AUDIENCES: Record<string, ReturnType<typeof people>> = {
	'hash-1': people(PEOPLE),
	'hash-2': people(PEOPLE, 3),
};
const EXECUTIONS = 3;

interface Held {
	batch: Batch;
	results?: MailResult[];
	/** Its execution slept so long that it knows better than to send it. */
	isStale?: boolean;
}

/** A campaign among executions that die, sleep and come back, and what the world has seen of it. */
class World {
	readonly ledger = ledgerOn(database);
	readonly vendor = new Vendor();
	/** Who was ever in which batch. */
	readonly members = new Map<number, string>();
	readonly taken = new Set<string>();
	/** Suppressed before they were in a batch: nothing may go to them. */
	readonly barred = new Set<string>();
	readonly suppressed = new Set<string>();
	private readonly held: Held[][] = Array.from({ length: EXECUTIONS }, () => []);

	async open(definitionHash: string): Promise<void> {
		await this.ledger.open({ definitionHash, definition: definitionHash });
	}

	/** Reads the next page, or the one before it, which must not count again. */
	async enroll(definitionHash: string, isRepeated = false): Promise<void> {
		const { cursor } = await this.ledger.open({ definitionHash, definition: definitionHash });
		const read = Number(cursor ?? 0);
		const from = isRepeated ? Math.max(0, read - PAGE) : read;
		const recipients = AUDIENCES[definitionHash]!.slice(from, from + PAGE);
		await this.ledger.enroll({
			definitionHash,
			recipients,
			previousCursor: from === 0 ? null : String(from),
			cursor: String(from + recipients.length),
			isLast: recipients.length === 0,
		});
	}

	async take(who: number): Promise<string | null> {
		const { batches, state } = await this.ledger.take({
			leaseToken: `execution-${who}`,
			batchSize: 2,
		});
		for (const batch of batches) {
			this.held[who]!.push({ batch });
			const names = batch.recipients.map(({ recipient }) => recipient);
			expect(this.members.get(batch.batch) ?? names.join()).toBe(names.join());
			this.members.set(batch.batch, names.join());
			for (const name of names) this.taken.add(name);
		}
		return state;
	}

	send(who: number): void {
		for (const held of this.held[who]!) {
			if (!held.isStale) held.results ??= this.vendor.send(held.batch);
		}
	}

	async record(who: number, stop?: string): Promise<void> {
		const batches = this.held[who]!.splice(0).map(({ batch: { batch }, results }) =>
			results
				? { batch, outcome: 'sent' as const, results }
				: { batch, outcome: 'unsent' as const },
		);
		await this.ledger.record({ leaseToken: `execution-${who}`, batches, stop });
	}

	crash(who: number): void {
		this.held[who]!.length = 0;
	}

	async day(): Promise<void> {
		await this.ledger.age(DAY);
		await this.ledger.endLeases();
		this.vendor.forgetKeys();
		for (const held of this.held.flat()) held.isStale = true;
	}

	async suppress(index: number): Promise<void> {
		const recipient = key(`p${index}`);
		await this.ledger.suppress(recipient);
		this.suppressed.add(recipient);
		if (!this.taken.has(recipient)) this.barred.add(recipient);
	}

	/** The vendor tells of a mail that it delivered, be it recorded or not. */
	async event(index: number): Promise<void> {
		const mailed = [...this.vendor.mails.keys()];
		const recipient = mailed[index % (mailed.length || 1)];
		if (recipient) {
			await this.ledger.event('delivered', { recipient, emailId: `mail-${recipient}` });
		}
	}

	/** Somebody goes on until the campaign is over, and answers whose audience it was. */
	async finish(): Promise<string> {
		this.held.forEach((_held, who) => this.crash(who));
		const { definitionHash, state } = await this.ledger.open();
		for (let pages = 0; state === 'enrolling' && pages < PEOPLE; pages++) {
			await this.enroll(definitionHash);
		}
		for (let rounds = 0; rounds < 2 * PEOPLE; rounds++) {
			await this.ledger.endLeases();
			if ((await this.take(0)) === 'completed') return definitionHash;
			this.send(0);
			await this.record(0);
		}
		throw new Error('The campaign never ends');
	}
}

type Step = (world: World) => unknown;

const who = fc.nat({ max: EXECUTIONS - 1 });
const index = fc.nat({ max: PEOPLE + 2 });
const hash = fc.constantFrom('hash-1', 'hash-2');
const named = (name: string, step: Step) => Object.assign(step, { toString: () => name });

const STEP: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 2, arbitrary: hash.map((h) => named(`open ${h}`, (world) => world.open(h))) },
	{ weight: 2, arbitrary: hash.map((h) => named(`enroll ${h}`, (world) => world.enroll(h))) },
	{
		weight: 1,
		arbitrary: hash.map((h) => named(`repeat page ${h}`, (world) => world.enroll(h, true))),
	},
	{ weight: 6, arbitrary: who.map((w) => named(`take ${w}`, (world) => world.take(w))) },
	{ weight: 5, arbitrary: who.map((w) => named(`send ${w}`, (world) => world.send(w))) },
	{ weight: 4, arbitrary: who.map((w) => named(`record ${w}`, (world) => world.record(w))) },
	{ weight: 2, arbitrary: who.map((w) => named(`crash ${w}`, (world) => world.crash(w))) },
	{ weight: 1, arbitrary: who.map((w) => named(`stop ${w}`, (world) => world.record(w, 'quota'))) },
	{ weight: 2, arbitrary: fc.constant(named('leases end', (world) => world.ledger.endLeases())) },
	{ weight: 1, arbitrary: fc.constant(named('a day passes', (world) => world.day())) },
	{ weight: 2, arbitrary: index.map((i) => named(`suppress ${i}`, (world) => world.suppress(i))) },
	{ weight: 2, arbitrary: index.map((i) => named(`event ${i}`, (world) => world.event(i))) },
);

/** Half of the histories begin with the whole audience enrolled, so that they reach the sending. */
const HISTORY = fc.tuple(fc.boolean(), fc.array(STEP, { maxLength: 40 }));

describe('whatever happens to the executions of a campaign', () => {
	it('everybody who may be mailed is mailed exactly once', async () => {
		await fc.assert(
			fc.asyncProperty(HISTORY, async ([isEnrolled, steps]) => {
				const world = new World();
				await world.ledger.clear();
				if (isEnrolled) await world.ledger.start(AUDIENCES['hash-1']!, { definition: 'hash-1' });
				for (const step of steps) await step(world);

				const audience = AUDIENCES[await world.finish()]!.map(({ recipient }) => recipient);
				const { mails } = world.vendor;
				const mailed = audience.filter((recipient) => mails.has(recipient));
				const notMailed = audience.filter((recipient) => !mails.has(recipient));

				expect([...mails.values()].every((count) => count === 1)).toBe(true);
				expect(mailed).toHaveLength(mails.size);
				expect(mailed.filter((recipient) => world.barred.has(recipient))).toEqual([]);
				expect(notMailed.filter((recipient) => !world.suppressed.has(recipient))).toEqual([]);
				expect(await world.ledger.summarize()).toMatchObject({
					state: 'completed',
					audience: audience.length,
					sent: mailed.length,
					failed: 0,
					pending: 0,
					sending: 0,
				});
				expect(await world.ledger.leftOut()).toEqual(
					notMailed.length > 0 ? { 'suppressed: bounced': notMailed.length } : {},
				);
			}),
			{ numRuns: Number(process.env.LEDGER_HISTORIES ?? 40) },
		);
	}, 600_000);
});
