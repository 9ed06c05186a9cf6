import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { dispatchBatches } from '../nodes/CampaignDispatch/delivery/dispatch';
import { createRatePacer } from '../nodes/shared/http/ratePace';
import { withRetries } from '../nodes/shared/http/retry';
import type { Clock, Send } from '../nodes/shared/http/send';
import { resendRetries } from '../nodes/shared/vendors/resend';
import { fetchSend } from '../test/integration/fetchSend.cts';
import { makeBatches } from '../test/unit/CampaignDispatch/delivery/batches.cts';
import type { Measurement } from './report.cts';
import type { ResendProcessOptions, ResendReport } from './resendProcess.cts';

const LATENCY_MS = 250;
const MAILS_IN_BATCH = 100;
/** At least 97 % of the rate that Resend names. */
const AT_MOST = 1.03;

const PORTION_BATCHES = 20;
/** 100,000 recipients. */
const PORTIONS = 50;
const BODY = 'x'.repeat(5_000);
const MOST_GROWTH = 1.1;

const clock: Clock = {
	now: Date.now,
	wait: async (milliseconds) => await sleep(milliseconds),
};

/**
 * The dispatch against a stand-in of Resend that answers after 250 ms: what share of the advertised
 * rate it uses, beside what sends one batch after the other and what sends ten at a time; and what
 * 100,000 recipients leave behind in memory.
 */
export async function benchDispatch(
	isQuick: boolean,
	onProgress: (step: string) => void,
): Promise<Measurement[]> {
	const seconds = isQuick ? 8 : 25;
	const measurements: Measurement[] = [];
	for (const perSecond of isQuick ? [5] : [2, 5, 20]) {
		onProgress(`paced, at ${perSecond} a second`);
		const inFlight = Math.max(8, perSecond);
		const paced = await dispatchRate({ perSecond, seconds, inFlight, isPaced: true });
		measurements.push({
			...measurement(`${perSecond}/s paced by the headers`, perSecond, paced),
			target: { atMost: AT_MOST },
		});
	}
	onProgress('one after the other');
	const inTurn = await dispatchRate({ perSecond: 5, seconds, inFlight: 1, isPaced: false });
	measurements.push(measurement('5/s one after the other', 5, inTurn));
	onProgress('ten at a time, without a pace');
	const atOnce = await dispatchRate({ perSecond: 5, seconds, inFlight: 10, isPaced: false });
	measurements.push(measurement('5/s ten at a time', 5, atOnce));
	measurements.push(await memoryOf(isQuick ? PORTIONS / 5 : PORTIONS, onProgress));
	return measurements;
}

interface Rate {
	msPerBatch: number;
	refused: number;
}

function measurement(name: string, perSecond: number, { msPerBatch, refused }: Rate): Measurement {
	const spacingMs = 1000 / perSecond;
	return {
		name: `dispatch ${name}, ${refused} x 429`,
		measured: msPerBatch,
		against: 'by the rate',
		alternative: spacingMs,
		unit: 'ms',
		ratio: msPerBatch / spacingMs,
	};
}

async function dispatchRate(run: {
	perSecond: number;
	seconds: number;
	inFlight: number;
	isPaced: boolean;
}): Promise<Rate> {
	const { perSecond, seconds, inFlight, isPaced } = run;
	const count = perSecond * seconds;
	return await withResend({ perSecond, delayMs: LATENCY_MS }, async (plain, report) => {
		const pace = isPaced ? createRatePacer(clock) : (send: Send) => send;
		const { stopped } = await dispatchBatches({
			send: withRetries(pace(plain), { clock, random: Math.random, ...resendRetries }),
			clock,
			batches: makeBatches(count, MAILS_IN_BATCH),
			inFlight,
			validation: 'permissive',
		});
		const { batches, mails, refused, elapsedMs } = await report();
		// Those without a pace may meet the limit so often that a batch is left for later.
		if (isPaced && (stopped || mails !== count * MAILS_IN_BATCH)) {
			throw new Error(`${mails} mails of ${count * MAILS_IN_BATCH} were sent`);
		}
		return { msPerBatch: elapsedMs / (batches - 1), refused };
	});
}

async function memoryOf(
	portions: number,
	onProgress: (step: string) => void,
): Promise<Measurement> {
	return await withResend({ perSecond: 2_000, delayMs: 0 }, async (plain) => {
		const send = createRatePacer(clock)(plain);
		let early = 0;
		for (let portion = 1; portion <= portions; portion++) {
			await sendPortion(send, portion);
			if (portion === Math.floor(portions / 5)) early = heapAfterCollection();
			if (portion % 10 === 0) onProgress(`${portion * PORTION_BATCHES * MAILS_IN_BATCH} mails`);
		}
		const late = heapAfterCollection();
		const thousands = (share: number) =>
			(Math.floor(portions * share) * PORTION_BATCHES * MAILS_IN_BATCH) / 1000;
		return {
			name: `heap after ${thousands(1)},000 recipients`,
			measured: late,
			against: `after ${thousands(0.2)},000`,
			alternative: early,
			unit: 'MB',
			ratio: late / early,
			target: { atMost: MOST_GROWTH },
		};
	});
}

async function sendPortion(send: Send, portion: number): Promise<void> {
	const batches = makeBatches(PORTION_BATCHES, MAILS_IN_BATCH, `c-${portion}`).map((batch) => ({
		...batch,
		mails: batch.mails.map((mail) => ({ ...mail, html: `${mail.html}${BODY}` })),
	}));
	const { stopped } = await dispatchBatches({ send, clock, batches, validation: 'permissive' });
	if (stopped) throw new Error(stopped.message);
}

function heapAfterCollection(): number {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	collect();
	return process.memoryUsage().heapUsed / 1_000_000;
}

type Counts = Extract<ResendReport, { batches: number }>;

async function withResend<T>(
	options: ResendProcessOptions,
	work: (send: Send, report: () => Promise<Counts>) => Promise<T>,
): Promise<T> {
	const child = fork(path.join(__dirname, 'resendProcess.cts'), [JSON.stringify(options)]);
	const told = async <Told,>() => ((await once(child, 'message')) as [Told])[0];
	try {
		const { url } = await told<{ url: string }>();
		const send = fetchSend(url, { authorization: 'Bearer re_bench' }, 20_000);
		return await work(send, async () => {
			child.send('report');
			return await told<Counts>();
		});
	} finally {
		await ended(child);
	}
}

async function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return;
	child.disconnect();
	await once(child, 'exit');
}
