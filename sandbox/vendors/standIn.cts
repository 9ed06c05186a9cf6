/** What every stand-in of a vendor has: a real HTTP server that remembers, fails and delays on order. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';

import { listen } from '../listen.cts';

const SECRET_HEADERS = ['authorization', 'x-api-key', 'x-api-token', 'api-key', 'cookie'];
const SECRET_PARAMETERS = ['api_token', 'access_token', 'appsecret_proof'];
const SECRET_FIELDS = ['client_secret', 'refresh_token', 'access_token', 'password'];
const SECRETS_IN_FORMS = new RegExp(`(^|&)(${SECRET_FIELDS.join('|')})=[^&]*`, 'g');
const MASK = '(present)';

/** The sandbox runs for days: only the latest requests are kept. */
const REQUESTS_KEPT = 10_000;

export type VendorApp = Hono<{ Bindings: HttpBindings }>;

export interface SeenRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	/** Names in lower case. A secret reads `(present)`. */
	headers: Record<string, string>;
	/**
	 * Parsed JSON; the text itself where it was not JSON; undefined where it was empty. A secret in
	 * it reads `(present)`.
	 */
	body: unknown;
	/** UTC ISO 8601 with milliseconds. */
	at: string;
}

export interface FailureAnswer {
	status: number;
	/** Sent as JSON, or as it is when it is text. */
	body?: unknown;
	headers?: Record<string, string>;
}

/** A status of the vendor's, or: no answer ever, a cut connection, a web page, nothing at all. */
export type Failure = FailureAnswer | 'timeout' | 'reset' | 'html' | 'empty';

export interface FailureCondition {
	/** The vendor does what it is asked, and only the answer is lost. */
	accepted?: boolean;
	/** Only requests for which this is true fail; others do not use the failure up. */
	matching?(request: Pick<SeenRequest, 'method' | 'path' | 'headers' | 'body'>): boolean;
}

export interface StandIn {
	readonly name: string;
	/** Without a slash at the end and without the vendor's base path. */
	readonly url: string;
	/** Oldest first. */
	readonly requests: SeenRequest[];
	/** Milliseconds before every answer. */
	delayMs: number;
	/** Forgets requests, failures, delay and the vendor's own state. */
	reset(): void;
	/** Back to normal, and everything the vendor holds is kept. */
	heal(): void;
	/** The next requests, one by default, get this failure instead of an answer. */
	failNext(failure: Failure, times?: number, which?: FailureCondition): void;
	close(): Promise<void>;
}

export interface StandInOptions {
	name: string;
	/** Absent or 0: any free port. */
	port?: number;
	/** Adds the vendor's routes. */
	routes(app: VendorApp): void;
	/** Headers of every answer, failures included. */
	answerHeaders?(): Record<string, string>;
	onReset?(): void;
}

/**
 * Starts a server on 127.0.0.1. A vendor with verbs of its own adds them with `Object.assign`, which
 * keeps `delayMs` the one that the server reads.
 */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
	const requests: SeenRequest[] = [];
	let failures: Array<FailureCondition & { failure: Failure }> = [];
	const app: VendorApp = new Hono();

	app.use(async (context, next) => {
		const request = await seen(context);
		requests.push(request);
		requests.splice(0, requests.length - REQUESTS_KEPT);
		const position = failures.findIndex(({ matching }) => matching?.(request) ?? true);
		const [due] = position < 0 ? [] : failures.splice(position, 1);
		if (standIn.delayMs > 0) await sleep(standIn.delayMs, undefined, { ref: false });
		if (due === undefined || due.accepted) await next();
		if (due !== undefined) context.res = await fail(context, due.failure);
		for (const [header, value] of Object.entries(options.answerHeaders?.() ?? {})) {
			context.res.headers.set(header, value);
		}
	});
	options.routes(app);

	const { url, close } = await listen(app.fetch, options.port);
	const standIn: StandIn = {
		name: options.name,
		url,
		requests,
		delayMs: 0,
		reset() {
			requests.length = 0;
			standIn.heal();
			options.onReset?.();
		},
		heal() {
			failures = [];
			standIn.delayMs = 0;
		},
		failNext(failure, times = 1, which = {}) {
			failures.push(...Array.from({ length: times }, () => ({ ...which, failure })));
		},
		close,
	};
	return standIn;
}

async function seen({ req }: Context): Promise<SeenRequest> {
	return {
		method: req.method,
		path: req.path,
		query: masked(req.query(), SECRET_PARAMETERS),
		headers: masked(req.header(), SECRET_HEADERS),
		body: parsed(await req.text()),
		at: new Date().toISOString(),
	};
}

function masked(values: Record<string, string>, secrets: string[]): Record<string, string> {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, secrets.includes(name) ? MASK : value]),
	);
}

function parsed(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text, (name, value) => (SECRET_FIELDS.includes(name) ? MASK : value));
	} catch {
		return text.replace(SECRETS_IN_FORMS, `$1$2=${MASK}`);
	}
}

async function fail(
	context: Context<{ Bindings: HttpBindings }>,
	failure: Failure,
): Promise<Response> {
	if (failure === 'html') {
		return new Response('<!doctype html><title>Welcome</title><h1>It works</h1>', {
			headers: { 'content-type': 'text/html' },
		});
	}
	if (failure === 'empty') return new Response(null, { status: 200 });
	if (failure === 'reset') context.env.incoming.socket.destroy();
	if (failure === 'reset' || failure === 'timeout') return await new Promise<never>(() => {});
	const { status, body, headers } = failure;
	if (body === undefined) return new Response(null, { status, headers });
	if (typeof body === 'string') return new Response(body, { status, headers });
	return Response.json(body, { status, headers });
}
