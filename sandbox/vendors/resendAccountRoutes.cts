/** The routes of what an account has beside its mails: suppressions and webhooks. */
import type { Context } from 'hono';
import { z } from 'zod';

import { invalid, missing, notFound } from './resendErrors.cts';
import { pageOf } from './resendPages.cts';
import type { ResendSuppressions, Suppression } from './resendSuppressions.cts';
import type { ResendWebhook, ResendWebhooks } from './resendWebhooks.cts';
import type { VendorApp } from './standIn.cts';

const webhookInput = z.object({
	endpoint: z.string().optional(),
	events: z.array(z.string()).optional(),
	status: z.enum(['enabled', 'disabled']).optional(),
});

/** @see https://resend.com/docs/api-reference/suppressions/list-suppressions */
export function suppressionRoutes(app: VendorApp, suppressions: ResendSuppressions): void {
	const find = (context: Context): Suppression => {
		const row = suppressions.find(context.req.param('id')!);
		if (row === undefined) throw notFound('Suppression');
		return row;
	};
	app.get('/suppressions', (context) => {
		const { origin } = context.req.query();
		const rows = suppressions.all.filter((row) => !origin || row.origin === origin);
		return context.json(pageOf(rows, context.req.query(), (row) => row));
	});
	app.post('/suppressions', async (context) => {
		const { email } = await bodyOf(context, z.object({ email: z.string().optional() }));
		if (!email) throw missing('email');
		return context.json({ object: 'suppression', id: suppressions.add(email, 'manual').id });
	});
	app.get('/suppressions/:id', (context) =>
		context.json({ object: 'suppression', ...find(context) }),
	);
	app.delete('/suppressions/:id', (context) => {
		const row = find(context);
		suppressions.remove(row);
		return context.json({ object: 'suppression', id: row.id, deleted: true });
	});
}

/** @see https://resend.com/docs/api-reference/webhooks/create-webhook */
export function webhookRoutes(app: VendorApp, webhooks: ResendWebhooks): void {
	app.post('/webhooks', async (context) => {
		const { endpoint, events = [] } = await bodyOf(context, webhookInput);
		const { id, signingSecret } = webhooks.add({ endpoint, events });
		return context.json({ object: 'webhook', id, signing_secret: signingSecret });
	});
	app.get('/webhooks', (context) =>
		context.json(pageOf(webhooks.all, context.req.query(), summaryOf)),
	);
	app.get('/webhooks/:id', (context) => {
		const webhook = webhooks.get(context.req.param('id'));
		return context.json({
			object: 'webhook',
			...summaryOf(webhook),
			signing_secret: webhook.signingSecret,
		});
	});
	app.patch('/webhooks/:id', async (context) => {
		const changes = await bodyOf(context, webhookInput);
		const { id } = webhooks.update(context.req.param('id'), changes);
		return context.json({ object: 'webhook', id });
	});
	app.delete('/webhooks/:id', (context) => {
		const id = context.req.param('id');
		webhooks.remove(id);
		return context.json({ object: 'webhook', id, deleted: true });
	});
	app.post('/webhooks/:id/signing-secret/rotate', (context) => {
		const id = context.req.param('id');
		return context.json({ object: 'webhook', id, signing_secret: webhooks.rotate(id) });
	});
}

function summaryOf({ id, createdAt, status, endpoint, events }: ResendWebhook) {
	return { id, created_at: createdAt, status, endpoint, events };
}

async function bodyOf<S extends z.ZodTypeAny>(context: Context, shape: S): Promise<z.infer<S>> {
	const parsed = shape.safeParse(await context.req.json().catch(() => undefined));
	if (parsed.success) return parsed.data as z.infer<S>;
	throw invalid(`Invalid \`${parsed.error.issues[0]?.path.join('.') || 'body'}\` field.`);
}
