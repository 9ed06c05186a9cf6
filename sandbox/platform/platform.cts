import { randomUUID } from 'node:crypto';

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type pg from 'pg';

import type { Clock } from '../clock.cts';
import { listen } from '../listen.cts';
import { callbackRoutes } from './callbacks.cts';
import type { Database } from './database.cts';
import type { EventType } from './eventRoutes.cts';
import { type Misbehaviour, misbehaving } from './misbehaviour.cts';
import { startOutbox } from './outbox.cts';
import { insertMessage, resetMessage } from './outboxMessages.cts';
import { createSignature } from './signature.cts';
import { type SignedRoute, signedRoutes } from './signedRoutes.cts';
import { snapshotHandler } from './snapshot.cts';
import { startWatchdog } from './watchdog.cts';

const MAX_BODY_BYTES = 1024 * 1024;

export interface PlatformOptions {
	database: Database;
	clock: Clock;
	signingSecret: string;
	/** Still accepted on callbacks while n8n changes over. */
	previousSecret?: string;
	/** n8n's webhook address, such as `http://127.0.0.1:5678/webhook`. */
	n8nUrl: string;
	/** Absent means any free one. */
	port?: number;
	/** How long n8n may be silent about a delivered message, in minutes of the clock. */
	watchdogMinutes?: number;
	/** How long one delivery may take, in real milliseconds. */
	deliveryTimeoutMs?: number;
	/** False starts with the outbox paused. */
	deliver?: boolean;
}

export interface Platform {
	readonly url: string;
	readonly pool: pg.Pool;
	readonly isDown: boolean;
	readonly isPaused: boolean;
	/** Puts an event into the outbox. The correlation id stays the same over all its deliveries. */
	enqueue(
		eventType: EventType,
		payload: object,
		options?: { correlationId?: string },
	): Promise<{ id: number; correlationId: string }>;
	/** Delivers a message once more from the start, sent or dead; false where there is none. */
	redeliver(id: number): Promise<boolean>;
	/** Stops and starts the outbox worker; what is on its way arrives. */
	pause(): void;
	resume(): void;
	/** While down, everything under /internal answers 503; the outbox still delivers. */
	goDown(): void;
	/** The same, and nothing is delivered and nobody watched over, as if no process ran. */
	outage(): void;
	/** Ends either. */
	comeBack(): void;
	/** Answers under /internal with the status 200 and not what belongs to it, until told `undefined`. */
	misbehave(how: Misbehaviour | undefined): void;
	/** Its clock goes so many seconds ahead, where it judges signatures and says what time it is. */
	skewClock(seconds: number): void;
	/** Signs with the new secret from now on; callbacks may still use the one before. */
	rotateSecret(next: string): void;
	close(): Promise<void>;
}

/** Starts the reference platform: its HTTP side, its outbox worker and its watchdog. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
	const { clock, n8nUrl, watchdogMinutes = 10, deliveryTimeoutMs = 35_000 } = options;
	const { pool } = options.database;
	const signature = createSignature(options.signingSecret, options.previousSecret);
	let isDown = false;
	let isOut = false;
	let misbehaviour: Misbehaviour | undefined;
	let skewMs = 0;
	const ownClock = { ...clock, now: () => new Date(clock.now().getTime() + skewMs) };

	const app = new Hono<SignedRoute>();
	app.use(async (context, next) => {
		context.header('Date', ownClock.now().toUTCString());
		await next();
	});
	app.get('/health', (context) => context.json({ status: 'ok' }));
	app.use('/internal/*', async (context, next) =>
		isDown ? context.json({ status: 'error', error: 'down' }, 503) : await next(),
	);
	app.use(
		'/internal/*',
		bodyLimit({
			maxSize: MAX_BODY_BYTES,
			onError: (context) => context.json({ status: 'error', error: 'body-too-large' }, 413),
		}),
	);
	app.use('/internal/*', signedRoutes({ db: pool, signature, clock: ownClock }));
	app.use(
		'/internal/*',
		misbehaving(() => misbehaviour),
	);
	app.get('/internal/metrics/snapshot', snapshotHandler(pool, clock));
	app.route('/internal/n8n', callbackRoutes(pool, clock));
	app.onError((error, context) => {
		console.error('platform:', error);
		return context.json({ status: 'error', error: 'internal' }, 500);
	});

	const server = await listen(app.fetch, options.port);
	const timeoutMs = deliveryTimeoutMs;
	const isPaused = options.deliver === false;
	const isRunning = () => !isOut;
	const outbox = startOutbox({
		db: pool,
		clock,
		signature,
		n8nUrl,
		timeoutMs,
		isPaused,
		isRunning,
	});
	const watchdog = startWatchdog({ pool, clock, minutes: watchdogMinutes, isRunning });

	return {
		url: server.url,
		pool,
		get isDown() {
			return isDown;
		},
		get isPaused() {
			return outbox.isPaused;
		},
		async enqueue(eventType, payload, { correlationId = randomUUID() } = {}) {
			const id = await insertMessage(pool, eventType, payload, correlationId);
			return { id, correlationId };
		},
		redeliver: async (id) => await resetMessage(pool, id),
		pause: outbox.pause,
		resume: outbox.resume,
		goDown() {
			isDown = true;
		},
		outage() {
			isDown = true;
			isOut = true;
		},
		comeBack() {
			isDown = false;
			isOut = false;
		},
		misbehave(how) {
			misbehaviour = how;
		},
		skewClock(seconds) {
			skewMs = seconds * 1000;
		},
		rotateSecret: signature.rotate,
		async close() {
			await Promise.all([outbox.close(), watchdog.stop()]);
			await server.close();
		},
	};
}
