import type { Context, MiddlewareHandler } from 'hono';

import type { SignedRoute } from './signedRoutes.cts';

/** Answers of a broken platform that all have the status 200. */
export type Misbehaviour = keyof typeof BROKEN_ANSWERS | keyof typeof BROKEN_SNAPSHOTS;

/** In place of any answer; what was asked for is not done. */
const BROKEN_ANSWERS = {
	'error-body': (context: Context) =>
		context.json({ status: 'error', error: 'internal', message: 'The database is full.' }),
	html: (context: Context) => context.html('<!doctype html><title>Maintenance</title>'),
};

/** What becomes of a snapshot's figures; callbacks go on as usual. */
const BROKEN_SNAPSHOTS = {
	negative: { leads_total: -1 },
	text: { leads_total: 'many' },
	'rate-above-100': { webhook_success_rate_24h: 250 },
	/** JSON has no undefined: the figure is not there. */
	missing: { properties_total: undefined },
};

/** Lets the signed routes misbehave as `current` says, or as they should where it says nothing. */
export function misbehaving(
	current: () => Misbehaviour | undefined,
): MiddlewareHandler<SignedRoute> {
	return async (context, next) => {
		const how = current();
		if (how !== undefined && isAnswer(how)) {
			context.set('outcome', 'misbehaved');
			context.res = BROKEN_ANSWERS[how](context);
			return;
		}
		await next();
		if (how !== undefined && context.req.path.endsWith('/snapshot') && context.res.ok) {
			const figures = (await context.res.json()) as object;
			context.res = context.json({ ...figures, ...BROKEN_SNAPSHOTS[how] });
		}
	};
}

function isAnswer(how: Misbehaviour): how is keyof typeof BROKEN_ANSWERS {
	return how in BROKEN_ANSWERS;
}
