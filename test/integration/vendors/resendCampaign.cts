import { setTimeout as sleep } from 'node:timers/promises';

import type { Batch, MailResult } from '../../../nodes/CampaignDispatch/delivery/batch';
import {
	type Dispatched,
	dispatchBatches,
} from '../../../nodes/CampaignDispatch/delivery/dispatch';
import { withRetries } from '../../../nodes/shared/http/retry';
import type { Clock, HttpRequest, Send } from '../../../nodes/shared/http/send';
import { type BatchValidation, resendRetries } from '../../../nodes/shared/vendors/resend';
import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';
import { makeBatches } from '../../unit/CampaignDispatch/delivery/batches.cts';
import { fetchSend } from '../fetchSend.cts';

export const HOUR_MS = 3_600_000;
const KEY_LIFETIME_MS = 23 * HOUR_MS;
/** Waits between attempts are real ones, and short. */
const WAIT_FASTER = 300;
const TIMEOUT_MS = 5_000;

/** The process that sent was killed. */
export class Killed extends Error {}

/** Kills at a request, before it went out or after it was answered. */
export interface Kill {
	atRequest: number;
	when: 'before' | 'after';
}

interface LedgerBatch {
	key: string;
	mails: Batch['mails'];
	firstAttemptAt?: number;
	results?: MailResult[];
}

/** A stand-in of Resend, and a ledger of what is sent, which is all that outlives a kill. */
export interface CampaignWorld {
	resend: ResendStandIn;
	ledger: LedgerBatch[];
	clock: Clock;
	/** How long a request waits for its answer, in milliseconds. */
	timeoutMs: number;
	/** A new campaign in the ledger, nothing sent, and the time of today. */
	open(batches: number, mailsEach: number): void;
	/** Sends what the ledger has open. Rejects with `Killed`. */
	run(options?: {
		kill?: Kill;
		validation?: BatchValidation;
		inFlight?: number;
	}): Promise<Dispatched>;
	/** Lets time pass, here and there. */
	advance(milliseconds: number): void;
	/** Runs until nothing is open, or a run achieves nothing. */
	finish(validation?: BatchValidation): Promise<void>;
	/** How many mails Resend has for each address that has more or less than one. */
	wrongCounts(): Record<string, number>;
}

export async function startCampaignWorld(): Promise<CampaignWorld> {
	const resend = await startResend({ events: false, perSecond: 10_000 });
	const world: CampaignWorld = {
		resend,
		ledger: [],
		timeoutMs: TIMEOUT_MS,
		clock: {
			now: () => Date.now() + skew,
			wait: async (milliseconds) => await sleep(milliseconds / WAIT_FASTER),
		},
		open(batches, mailsEach) {
			skew = 0;
			resend.reset();
			world.timeoutMs = TIMEOUT_MS;
			world.ledger = makeBatches(batches, mailsEach).map(({ key, mails }) => ({ key, mails }));
		},
		async run({ kill, validation = 'strict', inFlight } = {}) {
			const open = world.ledger.filter(({ results }) => results === undefined);
			const now = world.clock.now();
			const batches = open.map(({ key, mails, firstAttemptAt }): Batch => ({
				key,
				mails,
				isKeyExpired: firstAttemptAt !== undefined && now - firstAttemptAt > KEY_LIFETIME_MS,
				...(firstAttemptAt !== undefined && { firstAttemptAt }),
			}));
			for (const batch of open) batch.firstAttemptAt ??= now;
			const plain = fetchSend(resend.url, { authorization: 'Bearer re_test' }, world.timeoutMs);
			const onTheWay = new Set<Promise<unknown>>();
			const dispatched = await dispatchBatches({
				send: withRetries(mortal(tracked(plain, onTheWay), kill), {
					clock: world.clock,
					random: () => 0,
					...resendRetries,
				}),
				clock: world.clock,
				batches,
				validation,
				...(inFlight && { inFlight }),
			}).finally(async () => await Promise.all(onTheWay));
			for (const [position, outcome] of dispatched.outcomes.entries()) {
				if (outcome.outcome === 'sent') open[position]!.results = outcome.results;
			}
			return dispatched;
		},
		advance(milliseconds) {
			skew += milliseconds;
			resend.advance(milliseconds);
		},
		async finish(validation = 'strict') {
			for (;;) {
				const before = world.ledger.filter(({ results }) => results === undefined).length;
				if (before === 0) return;
				await world.run({ validation });
				const after = world.ledger.filter(({ results }) => results === undefined).length;
				if (after === before) return;
			}
		},
		wrongCounts() {
			const counts: Record<string, number> = {};
			for (const { mails } of world.ledger) for (const { to } of mails) counts[to[0]!] = 0;
			for (const { to } of resend.mails) counts[to[0]!] = (counts[to[0]!] ?? 0) + 1;
			return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 1));
		},
	};
	let skew = 0;
	return world;
}

/** What is on its way when the process is killed arrives all the same; nothing goes out any more. */
function mortal(send: Send, kill: Kill | undefined): Send {
	let number = 0;
	let isDead = false;
	return async (request: HttpRequest) => {
		const isLast = ++number === kill?.atRequest;
		if (isLast && kill?.when === 'before') isDead = true;
		if (isDead) throw new Killed();
		const response = await send(request);
		if (isLast) isDead = true;
		if (isDead) throw new Killed();
		return response;
	};
}

/** Nothing stays on its way for a day: time may pass when it has arrived. */
function tracked(send: Send, onTheWay: Set<Promise<unknown>>): Send {
	return async (request) => {
		const answer = send(request);
		onTheWay.add(answer);
		return await answer;
	};
}
