import { z } from 'zod';

import { readRateLimit } from './rateLimitHeaders';
import type { HttpResponse } from './send';

/** Before a limit is known: two a second. */
const CAUTIOUS_SPACING_MS = 500;

/** Share of the window that is always left unused. */
const LEAST_MARGIN = 0.01;
/** A quarter of the limit is left to this run where others use the rest. */
const WIDEST_MARGIN = 3;
/** A refusal doubles the margin; some hundred answers without one bring it back. */
const WIDENING = 2;
const NARROWING = 0.995;

/**
 * A server may open its window with the first request of it, and if that was late on its way, a
 * window later is too early. So each request leaves room for how late the one before it may have
 * been. But whether it was late on its way or its answer took long nobody knows, so that what is
 * spent on it is bounded, as shares of the window: on average by the first, and at once by the
 * second, which is also there at the start, when connections open.
 */
const MEAN_LATENESS = 0.015;
const MOST_LATENESS = 0.3;

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
	/** Known when it was answered. */
	roundTripMs?: number;
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

/** What the server has counted, as far as it was told. */
interface Told {
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
 * was sent from here, because other keys share the limit, it goes on until nothing is left, and then
 * waits for the window to end.
 */
export function createRateSchedule(earlier?: RateMemory): RateSchedule {
	let limit: Pick<RateMemory, 'quota' | 'windowMs'> | undefined = earlier;
	let due = earlier?.due ?? 0;
	let latest: Turn[] = (earlier?.latestStarts ?? []).map((startedAt) => ({ number: 0, startedAt }));
	let started = 0;
	let margin = LEAST_MARGIN;
	let heldUntil = 0;
	let told: Told | undefined;
	let isShort = false;
	let fastestMs = Infinity;
	/** What may be spent on lateness, as a share of the window. */
	let savings = MOST_LATENESS;

	const periodMs = () => (limit?.windowMs ?? 0) * (1 + margin);
	const spacingMs = () => (limit ? periodMs() / limit.quota : CAUTIOUS_SPACING_MS);
	const windowBefore = () => (limit ? latest.at(-limit.quota) : undefined);
	/** As a share of the window. */
	const lateness = ({ roundTripMs = 0 }: Turn) =>
		Math.min(Math.max(0, roundTripMs - fastestMs) / (limit?.windowMs ?? 1), savings);

	return {
		isLimitKnown: () => limit !== undefined,

		earliestStart() {
			if (limit === undefined) return due;
			const before = windowBefore();
			const fullUntil = before
				? before.startedAt + periodMs() + lateness(before) * limit.windowMs
				: 0;
			const isUsedUp = told !== undefined && isShort && told.remaining <= started - told.turn;
			const emptyUntil = told && isUsedUp ? told.windowStartedAt + periodMs() : 0;
			return Math.max(due, fullUntil, emptyUntil, heldUntil);
		},

		start(now) {
			due = Math.max(due, now - (limit?.windowMs ?? 0)) + spacingMs();
			const before = windowBefore();
			const spent = before ? lateness(before) : 0;
			savings = Math.min(MOST_LATENESS, savings - spent + MEAN_LATENESS);
			const turn = { number: ++started, startedAt: now };
			latest = [...latest, turn].slice(-(limit?.quota ?? 1));
			return turn;
		},

		learn(turn, { status, headers }, now) {
			const answer = readRateLimit(headers);
			if (answer === undefined) return;
			turn.roundTripMs = now - turn.startedAt;
			fastestMs = Math.min(fastestMs, turn.roundTripMs);
			const isFirst = limit === undefined;
			limit = { quota: answer.quota, windowMs: answer.windowMs };
			if (isFirst) due = turn.startedAt + spacingMs();
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
			const ours = latest.filter(({ startedAt }) => startedAt > windowBegan).length;
			isShort = answer.quota - remaining > ours;
		},

		memory: () =>
			limit && { ...limit, due, latestStarts: latest.map(({ startedAt }) => startedAt) },
	};
}

/** Within a window every later request has less left; whatever has not is of another window. */
function updated(
	known: Told | undefined,
	{ number, startedAt }: Turn,
	remaining: number,
	windowMs: number,
): Told {
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
