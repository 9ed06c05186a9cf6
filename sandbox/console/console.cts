import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { Hono } from 'hono';

import { checkContract } from '../../nodes/shared/contracts/check';
import { enrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import { leadCreated } from '../../nodes/shared/contracts/leadCreated';
import { type Listening, listen } from '../listen.cts';
import { DEMO_CAMPAIGNS } from '../platform/demoCampaigns.cts';
import { DEMO_LEADS } from '../platform/demoLeads.cts';
import { saveLead } from '../platform/leads.cts';
import { saveListing } from '../platform/listings.cts';
import type { Platform } from '../platform/platform.cts';
import { DEMO_LISTINGS } from '../platform/seed.cts';
import type { MetaStandIn } from '../vendors/meta.cts';
import type { ResendStandIn } from '../vendors/resend.cts';
import { type AlertMails, listAlertMails } from './alertMails.cts';
import { breakagesOf, type Vendors } from './breakages.cts';
import { campaignRoutes } from './campaignRoutes.cts';
import { campaignState } from './campaignState.cts';
import { consoleState, latestMessageId } from './consoleState.cts';
import type { Crms } from './crmState.cts';
import { healthState } from './healthState.cts';
import { listMails } from './mailbox.cts';
import { messageRoutes } from './messageRoutes.cts';
import { messageState } from './messageState.cts';
import { rolledUpCompanies } from './metricsState.cts';
import type { N8nWebhooks } from './n8nWebhook.cts';
import { onlyThisMachine } from './onlyThisMachine.cts';
import { watchRoutes } from './watchRoutes.cts';

const PARTS = [
	'page.css',
	'lists.css',
	'messages.css',
	'phone.css',
	'charts.css',
	'page.js',
	'views.js',
	'status.js',
	'call.js',
	'sampleForm.js',
	'campaignForm.js',
	'rows.js',
	'crmRows.js',
	'campaignRows.js',
	'mailReader.js',
	'messages.js',
	'messageRows.js',
	'chat.js',
	'metrics.js',
	'metricsRows.js',
	'chart.js',
	'scale.js',
	'healthRows.js',
	'trace.js',
	'element.js',
];

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
};

export interface ConsoleOptions {
	platform: Platform;
	/** The running stand-ins by key, such as `rentCast`. */
	vendors: Vendors;
	/** The running CRMs by key, such as `hubSpot`; they can be broken like the other vendors. */
	crms: Crms;
	/** Where the mails of the campaigns arrive; it is broken as one of the vendors. */
	mailbox: ResendStandIn;
	/** Where people write on Messenger and Instagram; it is broken as one of the vendors. */
	meta: MetaStandIn;
	/** Where n8n takes requests, for the buttons of dead letters; without it they say so. */
	n8n?: N8nWebhooks;
	/** The stand-in of a mail server that n8n's alerts are sent to. */
	alertMails?: AlertMails;
}

/** The operator's page and what it calls, all of it under /console. */
export function createConsole(options: ConsoleOptions): Hono {
	const { platform, vendors, crms, mailbox, meta, n8n, alertMails } = options;
	const breakable: Vendors = { ...vendors, ...crms };
	const app = new Hono();
	app.use(onlyThisMachine);
	app.get('/', (context) => context.redirect('/console'));
	const serve = (address: string, file: string) =>
		app.get(address, async (context) => {
			const content = await readFile(path.join(__dirname, file), 'utf8');
			return context.body(content, 200, { 'Content-Type': TYPES[path.extname(file)]! });
		});
	serve('/console', 'page.html');
	for (const part of PARTS) serve(`/console/${part}`, part);

	app.get('/console/api/samples', async (context) =>
		context.json({
			listings: DEMO_LISTINGS,
			leads: DEMO_LEADS.map(({ label, payload }) => ({ label, payload })),
			campaigns: DEMO_CAMPAIGNS,
			companies: (await platform.pool.query('SELECT id, name FROM company ORDER BY name, id')).rows,
		}),
	);
	app.get('/console/api/state', async (context) =>
		context.json({
			...(await consoleState(platform, vendors, crms)),
			campaigns: await campaignState(platform),
			mailbox: listMails(mailbox),
			messages: await messageState(platform, meta),
			metrics: await rolledUpCompanies(platform.pool),
			health: await healthState(platform.pool),
			alertMails: alertMails ? listAlertMails(alertMails) : [],
		}),
	);
	app.route('/console/api', campaignRoutes(platform, mailbox));
	app.route('/console/api', messageRoutes(meta));
	app.route('/console/api', watchRoutes(platform, n8n));

	app.post('/console/api/enrich', async (context) => {
		const checked = checkContract(enrichProperty, await context.req.json());
		if (!checked.ok) return context.json({ error: 'contract', problems: checked.problems }, 400);
		await saveListing(platform.pool, checked.value);
		return context.json(await platform.enqueue('property.enrich', checked.value), 202);
	});

	app.post('/console/api/lead', async (context) => {
		const checked = checkContract(leadCreated, await context.req.json());
		if (!checked.ok) return context.json({ error: 'contract', problems: checked.problems }, 400);
		await saveLead(platform.pool, checked.value);
		return context.json(await platform.enqueue('lead.created', checked.value), 202);
	});

	app.post('/console/api/redeliver', async (context) => {
		const { id } = await context.req.json<{ id?: number }>();
		const chosen = id ?? (await latestMessageId(platform));
		if (!Number.isSafeInteger(chosen) || !(await platform.redeliver(chosen!))) {
			return context.json({ error: 'There is no such message.' }, 404);
		}
		return context.json({ id: chosen });
	});

	app.post('/console/api/platform', async (context) => {
		const wanted = await context.req.json<{ down?: boolean; paused?: boolean }>();
		if (wanted.down === true) platform.goDown();
		if (wanted.down === false) platform.comeBack();
		if (wanted.paused === true) platform.pause();
		if (wanted.paused === false) platform.resume();
		return context.json({ isDown: platform.isDown, isPaused: platform.isPaused });
	});

	app.post('/console/api/vendors/:vendor/:breakage', async (context) => {
		const { vendor, breakage } = context.req.param();
		const standIn = Object.hasOwn(breakable, vendor) ? breakable[vendor] : undefined;
		const fault = standIn && breakagesOf(standIn).find(({ key }) => key === breakage);
		if (!fault) return context.json({ error: 'There is no such vendor or fault.' }, 404);
		const { times = 1, status = 500 } = await context.req.json<Record<string, number>>();
		if (!isWithin(times, 1, 100) || !isWithin(status, 400, 599)) {
			return context.json({ error: 'times goes from 1 to 100, status from 400 to 599.' }, 400);
		}
		fault.apply({ times, status });
		return context.json({ vendor, breakage });
	});

	app.onError((error, context) => {
		if (error instanceof SyntaxError) return context.json({ error: 'The body is not JSON.' }, 400);
		console.error('console:', error);
		return context.json({ error: 'Something went wrong; see the terminal.' }, 500);
	});
	return app;
}

/** Serves the console on 127.0.0.1 and a port of its own. */
export async function startConsole(
	options: ConsoleOptions & { port?: number },
): Promise<Listening> {
	return await listen(createConsole(options).fetch, options.port);
}

function isWithin(value: unknown, least: number, most: number): boolean {
	return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
