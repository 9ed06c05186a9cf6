/** How often an account may be asked. */
import { limitReached } from './hubSpotAnswers.cts';
import type { FailureAnswer } from './standIn.cts';

const SEARCHES_PER_SECOND = 5;
const WINDOW_MS = 10_000;

export interface LimitOptions {
	/** Requests in any ten seconds; a hundred by default. */
	perTenSeconds?: number;
	/** Requests until `reset`; 250,000 by default. */
	perDay?: number;
}

/** Searches have a limit of their own, and answers without the headers. */
export class HubSpotLimits {
	private readonly perTenSeconds: number;
	private readonly perDay: number;
	private starts: number[] = [];
	private searches: number[] = [];
	private today = 0;

	constructor({ perTenSeconds = 100, perDay = 250_000 }: LimitOptions) {
		this.perTenSeconds = perTenSeconds;
		this.perDay = perDay;
	}

	reset(): void {
		this.starts = [];
		this.searches = [];
		this.today = 0;
	}

	/** Counts a request, or says why it is refused. */
	refuse(isSearch: boolean): FailureAnswer | undefined {
		const now = Date.now();
		this.starts = this.starts.filter((start) => now - start < WINDOW_MS);
		this.searches = this.searches.filter((start) => now - start < 1000);
		if (this.today >= this.perDay) return limitReached('DAILY');
		if (isSearch && this.searches.length >= SEARCHES_PER_SECOND) return limitReached('SECONDLY');
		if (!isSearch && this.starts.length >= this.perTenSeconds) {
			return limitReached('TEN_SECONDLY_ROLLING');
		}
		this.today += 1;
		(isSearch ? this.searches : this.starts).push(now);
		return undefined;
	}

	/** @see https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines */
	headers(): Record<string, string> {
		return {
			'X-HubSpot-RateLimit-Max': String(this.perTenSeconds),
			'X-HubSpot-RateLimit-Remaining': String(this.perTenSeconds - this.starts.length),
			'X-HubSpot-RateLimit-Interval-Milliseconds': String(WINDOW_MS),
			'X-HubSpot-RateLimit-Daily': String(this.perDay),
			'X-HubSpot-RateLimit-Daily-Remaining': String(this.perDay - this.today),
		};
	}
}
