import type { MiddlewareHandler } from 'hono';

import type { Clock } from '../clock.cts';
import type { Queryable } from './database.cts';
import { logAttempt } from './eventLog.cts';
import type { Signature } from './signature.cts';

const CORRELATION_ID = /^[\w.:-]{1,128}$/;

/** What a handler under /internal finds, and leaves for the event log. */
export interface SignedRoute {
	Variables: {
		rawBody: Buffer;
		correlationId: string | undefined;
		/** One word for the event log: what became of the request. */
		outcome: string;
		companyId: string | undefined;
	};
}

export interface SignedRouteOptions {
	db: Queryable;
	signature: Signature;
	clock: Clock;
}

/** Checks the signature over the received bytes, and logs the attempt whatever comes of it. */
export function signedRoutes(options: SignedRouteOptions): MiddlewareHandler<SignedRoute> {
	const { db, signature, clock } = options;
	return async (context, next) => {
		const startedAt = performance.now();
		const correlationId = context.req.header('x-correlation-id');
		const usable = correlationId && CORRELATION_ID.test(correlationId) ? correlationId : undefined;
		const rawBody = Buffer.from(await context.req.arrayBuffer());
		context.set('rawBody', rawBody);
		context.set('correlationId', usable);
		context.set('outcome', 'unauthorized');
		if (usable) context.header('X-Correlation-Id', usable);

		if (signature.verify(context.req.raw.headers, rawBody, clock.now())) {
			context.set('outcome', 'unknown');
			await next();
		} else {
			context.res = context.json({ status: 'error', error: 'unauthorized' }, 401);
		}
		const companyId = context.get('companyId');
		await logAttempt(db, {
			direction: 'in',
			event: context.req.path.split('/').pop()!.slice(0, 60),
			...(usable && { correlationId: usable }),
			...(companyId && { companyId }),
			status: context.res.status,
			outcome: context.error ? 'error' : context.get('outcome'),
			durationMs: performance.now() - startedAt,
		});
	};
}
