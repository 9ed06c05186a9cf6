import { z } from 'zod';

import { readRateLimit } from './rateLimitHeaders';
import type { HttpResponse } from './send';

/** Before a limit is known: two a second. */
const CAUTIOUS_SPACING_MS = 500;

/**
 * Share of the window that is left unused. A server may open its window with the first request of
 * it, so what comes after a full window has to come later by more than the network's uneven delay.
 */
const LEAST_MARGIN = 0.02;
/** Share of the window by which the first requests, on connections that open, may come late. */
const MOST_LATENESS = 0.1;
/** A quarter of the limit is left to this run where others use the rest. */
const WIDEST_MARGIN = 3;
/** A refusal doubles the margin; some hundred answers without one bring it back. */
const WIDENING = 2;
const NARROWING = 0.995;

/** What one run may tell the next, so that it goes on at the same pace. Moments in milliseconds. */
export const rateMemory = z.object({
	quota: z.number().int().positive(),
	windowMs: z.number().positive(),
	due: z.number(),
	latestStarts: z.array(z.number()).max(10_000),
});

export type RateMemory = z.infer<typeof rateMemory>;

/** One request that has started. */
export interface Turn {
	/** From 1. */
	number: number;
	startedAt: number;
}

/** When the next request may start. All moments in milliseconds. */
export interface RateSchedule {
	/** False until an answer has named a limit. */
	isLimitKnown(): boolean;
	earliestStart(): number;
	start(now: number): Turn;
	learn(turn: Turn, response: Pick<HttpResponse, 'status' | 'headers'>, now: number): void;
	memory(): RateMemory | undefined;
}

/** Counted by the server beyond what was sent from here: other keys share the limit. */
interface Shortage {
	/** Left after the request of this number. */
	remaining: number;
	turn: number;
	/** Start of the first of our requests that is known to stand in the same window. */
	windowStartedAt: number;
}

/**
 * A schedule of even starts at the advertised rate which holds for a fixed window of any phase, a
 * sliding window and a token bucket alike: a window's worth of requests never starts within less
 * than the window. Behind time it catches up, within that. Where the server has counted more than
 * was sent from here, it goes on until nothing is left, and then waits for the window to end.
 */
export function createRateSchedule(earlier?: RateMemory): RateSchedule {
	let limit: Pick<RateMemory, 'quota' | 'windowMs'> | undefined = earlier;
	let due = earlier?.due ?? 0;
	let latestStarts = earlier?.latestStarts ?? [];
	let margin = LEAST_MARGIN;
	let heldUntil = 0;
	let started = 0;
	let told: Shortage | undefined;
	let isShort = false;
	/** Of the first window's requests, in milliseconds. */
	let roundTrips: number[] = [];

	const periodMs = () => (limit?.windowMs ?? 0) * (1 + margin);
	const latenessMs = ({ quota, windowMs }: Pick<RateMemory, 'quota' | 'windowMs'>) => {
		if (earlier !== undefined || started >= 2 * quota) return 0;
		const spread = Math.max(0, ...roundTrips) - Math.min(...roundTrips);
		return roundTrips.length > 1 ? Math.min(spread, MOST_LATENESS * windowMs) : 0;
	};
	const spacingMs = () => (limit ? periodMs() / limit.quota : CAUTIOUS_SPACING_MS);

	return {
		isLimitKnown: () => limit !== undefined,

		earliestStart() {
			if (limit === undefined) return due;
			const windowBefore = latestStarts.at(-limit.quota);
			const fullUntil =
				windowBefore === undefined ? 0 : windowBefore + periodMs() + latenessMs(limit);
			const isUsedUp = told !== undefined && isShort && told.remaining <= started - told.turn;
			const emptyUntil = told && isUsedUp ? told.windowStartedAt + periodMs() : 0;
			return Math.max(due, fullUntil, emptyUntil, heldUntil);
		},

		start(now) {
			due = Math.max(due, now - (limit?.windowMs ?? 0)) + spacingMs();
			started += 1;
			latestStarts = [...latestStarts, now].slice(-(limit?.quota ?? 1));
			return { number: started, startedAt: now };
		},

		learn(turn, { status, headers }, now) {
			const answer = readRateLimit(headers);
			if (answer === undefined) return;
			const isFirst = limit === undefined;
			limit = { quota: answer.quota, windowMs: answer.windowMs };
			if (isFirst) due = turn.startedAt + spacingMs();
			if (turn.number <= limit.quota) roundTrips = [...roundTrips, now - turn.startedAt];
			const remaining = answer.remaining ?? (status === 429 ? 0 : undefined);
			if (status === 429 && remaining === 0) {
				margin = Math.min(WIDEST_MARGIN, margin * WIDENING);
				heldUntil = Math.max(heldUntil, now + (answer.resetMs ?? answer.windowMs));
			} else {
				margin = Math.max(LEAST_MARGIN, margin * NARROWING);
			}
			if (remaining === undefined) return;
			told = updated(told, turn, remaining, answer.windowMs);
			if (told.turn !== turn.number) return;
			const windowBegan = turn.startedAt - periodMs();
			const ours = latestStarts.filter((at) => at > windowBegan).length;
			isShort = answer.quota - remaining > ours;
		},

		memory: () => limit && { ...limit, due, latestStarts },
	};
}

/** Within a window every later request has less left; whatever has not is of another window. */
function updated(
	known: Shortage | undefined,
	{ number, startedAt }: Turn,
	remaining: number,
	windowMs: number,
): Shortage {
	const latest = { remaining, turn: number, windowStartedAt: startedAt };
	if (known === undefined) return latest;
	const isNear = Math.abs(startedAt - known.windowStartedAt) < windowMs;
	if (number > known.turn) {
		return isNear && remaining < known.remaining
			? { ...latest, windowStartedAt: known.windowStartedAt }
			: latest;
	}
	return isNear && remaining > known.remaining
		? { ...known, windowStartedAt: Math.min(startedAt, known.windowStartedAt) }
		: known;
}
