import { Hono } from 'hono';
import { z } from 'zod';

import { checkContract } from '../../nodes/shared/contracts/check';
import type { Platform } from '../platform/platform.cts';
import { rollupsOf } from './metricsState.cts';
import { type N8nWebhooks, postToN8n } from './n8nWebhook.cts';
import { traceOf } from './trace.cts';

// Postgres takes no NUL.
const name = z
	.string()
	.max(512)
	.regex(/^[^\0]+$/, 'must be some text');

/** What the workflow "Replay dead letters" is asked; only a person's look at it dismisses a letter. */
const deadLetterRequest = z.union([
	z.object({
		action: z.enum(['replay', 'dismiss']),
		which: z.literal('one'),
		deliveryKey: name,
	}),
	z.object({ action: z.literal('replay'), which: z.literal('all') }),
]);

const REPLAY = { path: 'replay-dead-letters', workflow: 'Replay dead letters' };

/** What the views Metrics, Health and Trace call. */
export function watchRoutes({ pool }: Platform, n8n?: N8nWebhooks): Hono {
	const routes = new Hono();

	routes.get('/rollups', async (context) => {
		const checked = checkContract(name, context.req.query('company'));
		if (!checked.ok) return context.json({ error: 'Which company?' }, 400);
		return context.json(await rollupsOf(pool, checked.value));
	});

	routes.get('/trace', async (context) => {
		const checked = checkContract(name, context.req.query('correlation'));
		if (!checked.ok) return context.json({ error: 'Which correlation id?' }, 400);
		return context.json(await traceOf(pool, checked.value));
	});

	routes.post('/dead-letters', async (context) => {
		const checked = checkContract(deadLetterRequest, await context.req.json());
		if (!checked.ok) return context.json({ error: 'contract', problems: checked.problems }, 400);
		if (!n8n) return context.json({ error: 'This console was started without n8n.' }, 409);
		const outcome = await postToN8n(n8n, REPLAY, checked.value);
		return outcome.done
			? context.json({ said: outcome.said })
			: context.json({ error: outcome.error }, 502);
	});

	return routes;
}
