import { Hono } from 'hono';

import { checkContract } from '../../nodes/shared/contracts/check';
import type { MetaStandIn } from '../vendors/meta.cts';
import { MESSAGE_ACTS } from './messageActs.cts';
import { accountsOf } from './messageState.cts';

/** What the Messages view calls. */
export function messageRoutes(meta: MetaStandIn): Hono {
	const routes = new Hono();

	routes.post('/messages/:act', async (context) => {
		const name = context.req.param('act');
		const act = Object.hasOwn(MESSAGE_ACTS, name) ? MESSAGE_ACTS[name] : undefined;
		if (!act) return context.json({ error: 'There is no such button.' }, 404);
		const checked = checkContract(act.contract, await context.req.json());
		if (!checked.ok) return context.json({ error: 'contract', problems: checked.problems }, 400);
		const { channel = 'facebook', account, page } = checked.value as Record<string, string>;
		const id = account ?? page;
		const isKnown = accountsOf(meta).some((each) => each.channel === channel && each.id === id);
		if (id !== undefined && !isKnown) {
			return context.json({ error: 'There is no such Page or account.' }, 404);
		}
		const error = act.run(meta, checked.value as never);
		return error === undefined ? context.json({ act: name }) : context.json({ error }, 409);
	});

	return routes;
}
