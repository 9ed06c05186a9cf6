import { RESEND_FAILURES } from '../../../sandbox/vendors/resend.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { makeMail } from '../../unit/CampaignDispatch/delivery/batches.cts';
import { type CampaignWorld, HOUR_MS, Killed, startCampaignWorld } from './resendCampaign.cts';

let world: CampaignWorld;

beforeAll(async () => {
	world = await startCampaignWorld();
});
afterAll(async () => await world.resend.close());
beforeEach(() => world.open(4, 10));

/** Every mail of the ledger has the id that Resend has for it. */
function expectLedgerToAgree(): void {
	const ids = new Map(world.resend.mails.map(({ id, to }) => [id, to[0]]));
	for (const { mails, results } of world.ledger) {
		const addresses = results?.map((result) =>
			result.state === 'sent' ? ids.get(result.emailId) : result.reason,
		);
		expect(addresses).toEqual(mails.map(({ to }) => to[0]));
	}
}

function unverify(mailNumber: number): void {
	world.ledger[0]!.mails = world.ledger[0]!.mails.map((mail, index) =>
		index === mailNumber ? { ...mail, to: ['broken'] } : mail,
	);
}

describe('a campaign sent by Resend', () => {
	it('reaches everybody once, with tags and headers, and the ledger knows each mail', async () => {
		const { stopped } = await world.run();
		expect(stopped).toBeUndefined();
		expect(world.wrongCounts()).toEqual({});
		expectLedgerToAgree();
		const first = world.resend.mails.find(({ to }) => to[0] === 'person-0@example.com');
		expect(first).toMatchObject({
			from: 'Sales <sales@company.com>',
			key: 'campaign/c-1/1',
			headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
			tags: [{ name: 'campaign', value: 'c-1' }, { name: 'recipient' }],
		});
		const { headers } = world.resend.requests[0]!;
		expect(headers).toMatchObject({ 'x-batch-validation': 'strict' });
		expect(headers).not.toHaveProperty('x-idempotency-key');
	});

	const FAILURES: Record<string, Failure> = {
		'no answer': 'timeout',
		'a cut connection': 'reset',
		'a web page': 'html',
		'an empty answer': 'empty',
		'an error of the server': RESEND_FAILURES.serverError,
		'a server that is down': RESEND_FAILURES.unavailable,
		'a page of a gateway': RESEND_FAILURES.badGatewayPage,
		'too many requests': RESEND_FAILURES.rateLimited,
		'a request in progress': RESEND_FAILURES.concurrentRequests,
	};

	describe.each(Object.entries(FAILURES))('with %s', (_name, failure) => {
		it.each([
			[1, false],
			[1, true],
			[4, false],
			[4, true],
			[30, false],
			[30, true],
		])('%i times, mails taken: %s, still reaches everybody once', async (times, accepted) => {
			if (failure === 'timeout') world.timeoutMs = 150;
			world.resend.failNext(failure, times, {
				accepted,
				matching: ({ method }) => method === 'POST',
			});
			await world.run();
			world.resend.heal();
			await world.finish();
			expect(world.wrongCounts()).toEqual({});
			expectLedgerToAgree();
		});
	});

	it.each([
		['a wrong key', RESEND_FAILURES.invalidApiKey],
		['a sender that is not verified', RESEND_FAILURES.unverifiedDomain],
		['the quota of the day', RESEND_FAILURES.dailyQuota],
		['the quota of the month', RESEND_FAILURES.monthlyQuota],
	])('stops for %s, and goes on when that is seen to', async (_name, failure) => {
		world.resend.failNext(failure, 100);
		const { stopped } = await world.run({ inFlight: 1 });
		expect(stopped).toMatchObject({ isPassing: false });
		expect(world.resend.requests).toHaveLength(1);
		world.resend.heal();
		await world.finish();
		expect(world.wrongCounts()).toEqual({});
	});

	it('stops where the quota ends in the middle, keeps what was sent, and goes on later', async () => {
		world.resend.exhaustQuota('daily', 25);
		const { stopped, outcomes } = await world.run({ inFlight: 1 });
		expect(stopped?.kind).toBe('quota-exhausted');
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'unsent', 'unsent']);
		expect(world.resend.mails).toHaveLength(20);
		world.resend.heal();
		await world.finish();
		expect(world.wrongCounts()).toEqual({});
	});

	it('stops for one bad mail in strict mode, and leaves only that one out in permissive', async () => {
		unverify(3);
		const { stopped } = await world.run({ inFlight: 1 });
		expect(stopped?.kind).toBe('rejected');
		expect(world.resend.mails).toHaveLength(0);
		await world.finish('permissive');
		expect(world.resend.mails).toHaveLength(39);
		expect(world.ledger[0]?.results?.[3]).toMatchObject({ state: 'refused' });
		expect(world.wrongCounts()).toEqual({ broken: 0 });
	});

	it.each(['strict', 'permissive'] as const)(
		'stops for a sender that is not verified in %s mode, and goes on when it is',
		async (validation) => {
			const from = 'Sales <sales@unverified.example>';
			const asked = world.ledger.map(({ mails }) => mails);
			for (const batch of world.ledger)
				batch.mails = batch.mails.map((mail) => ({ ...mail, from }));
			const { stopped } = await world.run({ validation, inFlight: 1 });
			expect(stopped?.message).toMatch(/unverified\.example domain is not verified/);
			expect(world.ledger.every(({ results }) => results === undefined)).toBe(true);
			expect(world.resend.mails).toHaveLength(0);
			// As if the domain were verified now: the stand-in knows no other way.
			for (const [position, batch] of world.ledger.entries()) batch.mails = asked[position]!;
			world.advance(25 * HOUR_MS);
			await world.finish(validation);
			expect(world.wrongCounts()).toEqual({});
		},
	);

	it('is sent once by two executions at the same time', async () => {
		world.resend.processingMs = 20;
		const [one, other] = await Promise.all([world.run(), world.run()]);
		world.resend.processingMs = 0;
		expect([one.stopped, other.stopped]).toEqual([undefined, undefined]);
		expect(world.wrongCounts()).toEqual({});
	});

	describe.each([
		['within the 24 hours of a key', 1],
		['after the 24 hours of a key', 25],
		['three days less an hour later', 71],
	])('killed and taken up again %s', (_name, hours) => {
		it.each([
			[1, 'before'],
			[1, 'after'],
			[2, 'after'],
			[4, 'after'],
		] as const)('at request %i, %s it, reaches everybody once', async (atRequest, when) => {
			const killed = world.run({ kill: { atRequest, when }, inFlight: 2 });
			await expect(killed).rejects.toThrow(Killed);
			world.advance(hours * HOUR_MS);
			await world.finish();
			expect(world.wrongCounts()).toEqual({});
			expectLedgerToAgree();
		});
	});

	describe('after the 24 hours of a key', () => {
		it('asks for one mail of a batch, not for each, and walks the list once', async () => {
			await expect(world.run({ kill: { atRequest: 4, when: 'after' } })).rejects.toThrow(Killed);
			world.advance(25 * HOUR_MS);
			world.resend.requests.length = 0;
			await world.finish();
			const reads = world.resend.requests.filter(({ method }) => method === 'GET');
			expect(reads.filter(({ path }) => path === '/emails')).toHaveLength(1);
			expect(reads.length).toBeLessThanOrEqual(1 + 4);
		});

		it('does not take the same mail of another campaign for its own', async () => {
			const other = { mails: [0, 1, 2].map((number) => makeMail(number, 'c-0')), key: 'other' };
			world.ledger.push({ ...other, key: 'campaign/c-0/1' });
			await expect(world.run({ kill: { atRequest: 1, when: 'before' } })).rejects.toThrow(Killed);
			const mine = world.ledger;
			world.ledger = mine.slice(-1);
			await world.finish();
			world.ledger = mine.slice(0, -1);
			world.advance(25 * HOUR_MS);
			await world.finish();
			const sent = world.resend.mails.filter(({ tags }) => tags[0]?.value === 'c-1');
			expect(new Set(sent.map(({ to }) => to[0])).size).toBe(40);
			expect(sent).toHaveLength(40);
		});

		it('sends the rest where a batch had gone in part, and that once', async () => {
			unverify(3);
			await expect(
				world.run({ kill: { atRequest: 1, when: 'after' }, validation: 'permissive', inFlight: 1 }),
			).rejects.toThrow(Killed);
			expect(world.resend.mails).toHaveLength(9);
			world.advance(25 * HOUR_MS);
			await world.finish('permissive');
			expect(world.wrongCounts()).toEqual({ broken: 0 });
			const keys = world.resend.requests.map(({ headers }) => headers['idempotency-key']);
			expect(keys).toContain('campaign/c-1/1/2');
		});

		it('does not send twice when it is killed again and again', async () => {
			for (const atRequest of [1, 2, 3, 4, 5, 6, 7]) {
				await world.run({ kill: { atRequest, when: 'after' }, inFlight: 2 }).catch(() => {});
				world.advance(25 * HOUR_MS * Number(atRequest === 2));
			}
			await world.finish();
			expect(world.wrongCounts()).toEqual({});
		});

		it('needs a key that may read, and says so', async () => {
			await expect(world.run({ kill: { atRequest: 1, when: 'after' } })).rejects.toThrow(Killed);
			world.advance(25 * HOUR_MS);
			world.resend.failNext(RESEND_FAILURES.restrictedApiKey, 1, {
				matching: ({ method }) => method === 'GET',
			});
			const { stopped } = await world.run();
			expect(stopped).toMatchObject({ kind: 'credential-refused', isPassing: false });
			expect(stopped?.advice).toContain('full access');
			await world.finish();
			expect(world.wrongCounts()).toEqual({});
		});

		it('sends no mail again of which nobody knows any more whether it was sent', async () => {
			await expect(world.run({ kill: { atRequest: 1, when: 'before' } })).rejects.toThrow(Killed);
			world.advance(73 * HOUR_MS);
			await world.finish();
			expect(world.resend.mails).toHaveLength(0);
			expect(world.ledger[0]?.results?.[0]).toMatchObject({
				state: 'refused',
				reason: expect.stringContaining('Nobody knows'),
			});
		});

		it('knows it however late, where the list still goes back that far', async () => {
			const mine = world.ledger;
			world.ledger = [{ key: 'campaign/c-0/1', mails: [makeMail(99, 'c-0')] }];
			await world.finish();
			world.advance(HOUR_MS);
			world.ledger = mine;
			await expect(world.run({ kill: { atRequest: 1, when: 'before' } })).rejects.toThrow(Killed);
			world.advance(300 * HOUR_MS);
			await world.finish();
			expect(world.resend.mails).toHaveLength(41);
		});
	});

	it('sends nothing again where Resend has other bytes under a key', async () => {
		await world.run();
		const [first] = world.ledger;
		first!.results = undefined;
		first!.mails = first!.mails.map((mail) => ({ ...mail, html: `${mail.html} ` }));
		expect((await world.run()).outcomes[0]?.outcome).toBe('sent');
		expect(world.wrongCounts()).toEqual({});
		expectLedgerToAgree();
	});

	it('leaves such a batch for the day after where the list has not all of it', async () => {
		await world.run();
		const [first] = world.ledger;
		first!.results = undefined;
		first!.mails = [...first!.mails, makeMail(500)];
		const { outcomes, stopped } = await world.run();
		expect(outcomes[0]).toMatchObject({
			outcome: 'unsent',
			reason: 'Resend has taken mails under the key of this batch, and lists 10 of its 11',
		});
		expect(stopped).toBeUndefined();
		expect(world.resend.mails).toHaveLength(40);
		world.advance(25 * HOUR_MS);
		await world.finish();
		expect(world.wrongCounts()).toEqual({});
		expect(world.resend.mails).toHaveLength(41);
	});
});
