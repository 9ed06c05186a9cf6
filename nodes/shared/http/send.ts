/** Why no answer came back. */
export type NoAnswer = 'timed-out' | 'unreachable' | 'certificate-refused';

export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Path below the credential's base URL, starting with a slash. */
	path: string;
	query?: Record<string, string | number | boolean>;
	headers?: Record<string, string>;
	/** Sent as JSON. */
	body?: unknown;
	timeoutMs?: number;
	/** Marks a request that is safe to repeat although it changes something. */
	idempotencyKey?: string;
	/** True for a POST or PATCH that only asks, or that has the same effect however often it is sent. */
	isRepeatable?: boolean;
}

export interface HttpResponse {
	/** HTTP status, or 0 where no answer came. */
	status: number;
	/** Header names in lower case. */
	headers: Record<string, string>;
	/** Parsed JSON; the text itself where the answer was not JSON; undefined where it was empty. */
	body: unknown;
	noAnswer?: NoAnswer;
}

/** Sends one request, once. Never rejects: no answer is a response with status 0. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** What happened to one attempt; rows of the event log are made from it. No payload, no secret. */
export interface Attempt {
	attempt: number;
	status: number;
	durationMs: number;
	noAnswer?: NoAnswer;
}

/** Time as a parameter: `now` in milliseconds since 1970, `wait` in milliseconds. */
export interface Clock {
	now(): number;
	wait(milliseconds: number): Promise<void>;
}
