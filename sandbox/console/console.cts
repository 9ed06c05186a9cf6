import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Hono } from 'hono';

import { checkContract } from '../../nodes/shared/contracts/check';
import { enrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import { type Listening, listen } from '../listen.cts';
import { saveListing } from '../platform/listings.cts';
import type { Platform } from '../platform/platform.cts';
import { DEMO_LISTINGS } from '../platform/seed.cts';
import { breakagesOf, type Vendors } from './breakages.cts';
import { consoleState, latestMessageId } from './consoleState.cts';
import { onlyThisMachine } from './onlyThisMachine.cts';

const FILES = {
	'/console': ['page.html', 'text/html; charset=utf-8'],
	'/console/page.css': ['page.css', 'text/css; charset=utf-8'],
	'/console/page.js': ['page.js', 'text/javascript; charset=utf-8'],
	'/console/rows.js': ['rows.js', 'text/javascript; charset=utf-8'],
	'/console/element.js': ['element.js', 'text/javascript; charset=utf-8'],
} as const;

export interface ConsoleOptions {
	platform: Platform;
	/** The running stand-ins by key, such as `rentCast`. */
	vendors: Vendors;
}

/** The operator's page and what it calls, all of it under /console. */
export function createConsole({ platform, vendors }: ConsoleOptions): Hono {
	const app = new Hono();
	app.use(onlyThisMachine);
	app.get('/', (context) => context.redirect('/console'));
	for (const [path, [file, type]] of Object.entries(FILES)) {
		app.get(path, async (context) => {
			const content = await readFile(join(__dirname, file), 'utf8');
			return context.body(content, 200, { 'Content-Type': type });
		});
	}

	app.get('/console/api/samples', (context) => context.json(DEMO_LISTINGS));
	app.get('/console/api/state', async (context) =>
		context.json(await consoleState(platform, vendors)),
	);

	app.post('/console/api/enrich', async (context) => {
		const checked = checkContract(enrichProperty, await context.req.json());
		if (!checked.ok) return context.json({ error: 'contract', problems: checked.problems }, 400);
		await saveListing(platform.pool, checked.value);
		return context.json(await platform.enqueue('property.enrich', checked.value), 202);
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
		const standIn = Object.hasOwn(vendors, vendor) ? vendors[vendor] : undefined;
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
