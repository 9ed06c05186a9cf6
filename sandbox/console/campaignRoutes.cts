import { Hono } from 'hono';

import { campaignRequested } from '../../nodes/shared/contracts/campaignRequested';
import { checkContract } from '../../nodes/shared/contracts/check';
import { saveCampaign } from '../platform/campaigns.cts';
import type { Platform } from '../platform/platform.cts';
import type { ResendStandIn } from '../vendors/resend.cts';
import { actOnMail, readMail } from './mailbox.cts';

/** What the Campaigns view calls. */
export function campaignRoutes(platform: Platform, mailbox: ResendStandIn): Hono {
	const routes = new Hono();

	routes.post('/campaign', async (context) => {
		const checked = checkContract(campaignRequested, await context.req.json());
		if (!checked.ok) return context.json({ error: 'contract', problems: checked.problems }, 400);
		await saveCampaign(platform.pool, checked.value);
		return context.json(await platform.enqueue('campaign.dispatch', checked.value), 202);
	});

	routes.get('/mails/:id', (context) => {
		const mail = readMail(mailbox, context.req.param('id'));
		return mail ? context.json(mail) : context.json({ error: 'There is no such mail.' }, 404);
	});

	routes.post('/mails/:id/:act', async (context) => {
		const { id, act } = context.req.param();
		const body = await context.req.json<{ link?: unknown } | null>();
		const outcome = await actOnMail(mailbox, id, act, body?.link);
		return outcome.done
			? context.json({ id, act })
			: context.json({ error: outcome.error }, outcome.status);
	});

	return routes;
}
