/**
 * What a request costs and how many may come at once.
 * @see https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting
 */
import { PIPEDRIVE_FAILURES } from './pipedriveAnswers.cts';
import type { FailureAnswer } from './standIn.cts';

const WINDOW_MS = 2_000;
const SEARCHES_IN_WINDOW = 10;

export interface PipedriveLimits {
	/** Tokens a day; a seat of the smallest plan has 30,000. */
	dailyTokens: number;
	/** Requests in two seconds; the smallest plan allows 20. */
	burst: number;
}

export interface Meter {
	/** Counts a request; the failure it gets where it is one too many. */
	charge(method: string, path: string): FailureAnswer | undefined;
	/** Headers of every answer. */
	headers(): Record<string, string>;
	/** Tokens spent today. */
	spent(): number;
}

export function createMeter({ dailyTokens, burst }: PipedriveLimits, now: () => number): Meter {
	let starts: Array<{ at: number; isSearch: boolean }> = [];
	let spent = 0;
	let day = '';

	const inWindow = () => {
		starts = starts.filter(({ at }) => now() - at < WINDOW_MS);
		return starts;
	};

	const meter: Meter = {
		charge(method, path) {
			const today = new Date(now()).toISOString().slice(0, 10);
			if (today !== day) [day, spent] = [today, 0];
			const isSearch = path.endsWith('/search');
			const searches = inWindow().filter((start) => start.isSearch).length;
			if (starts.length >= burst || (isSearch && searches >= SEARCHES_IN_WINDOW)) {
				return withHeaders(PIPEDRIVE_FAILURES.burst, {
					...meter.headers(),
					'x-ratelimit-remaining': '0',
				});
			}
			const cost = costOf(method, path);
			if (spent + cost > dailyTokens) {
				return withHeaders(PIPEDRIVE_FAILURES.dailyBudget, {
					...meter.headers(),
					'x-daily-ratelimit-token-remaining': '0',
				});
			}
			starts.push({ at: now(), isSearch });
			spent += cost;
			return undefined;
		},
		headers: () => ({
			'x-ratelimit-limit': String(burst),
			'x-ratelimit-remaining': String(Math.max(0, burst - inWindow().length)),
			'x-ratelimit-reset': String(Math.ceil(WINDOW_MS / 1000)),
			'x-daily-ratelimit-token-limit': String(dailyTokens),
			'x-daily-ratelimit-token-remaining': String(Math.max(0, dailyTokens - spent)),
		}),
		spent: () => spent,
	};
	return meter;
}

/** v1 costs twice what v2 does. */
function costOf(method: string, path: string): number {
	const factor = path.startsWith('/api/v1/') ? 2 : 1;
	if (path.endsWith('/search')) return 20 * factor;
	if (method !== 'GET') return 5 * factor;
	const isOne = /\/(me|\d+|[0-9a-f-]{36})$/.test(path);
	return (isOne ? 1 : 10) * factor;
}

function withHeaders(failure: FailureAnswer, headers: Record<string, string>): FailureAnswer {
	return { ...failure, headers };
}
