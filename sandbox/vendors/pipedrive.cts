/**
 * Stand-in of Pipedrive with a company of two users and four fields of its own for people.
 * @see https://developers.pipedrive.com/docs/api/v1
 */
import { randomUUID } from 'node:crypto';

import type { Context } from 'hono';

import type { CrmStandIn } from './crmView.cts';
import { createAccount, type PipedriveAccount } from './pipedriveAccount.cts';
import { badRequest, notFound, PIPEDRIVE_FAILURES, Refused } from './pipedriveAnswers.cts';
import { createMeter, type Meter } from './pipedriveLimits.cts';
import { cursorPage, filtered, foundPersons, sorted, startPage } from './pipedriveListings.cts';
import { LEAD_LABELS, USERS } from './pipedriveRecords.cts';
import { ACTIVITY_TYPES, FIELD_TYPES } from './pipedriveSchemas.cts';
import { type FailureAnswer, startStandIn, type VendorApp } from './standIn.cts';

export { PIPEDRIVE_FAILURES } from './pipedriveAnswers.cts';
export { PIPEDRIVE_PERSON_FIELDS } from './pipedriveSchemas.cts';

export interface PipedriveOptions {
	port?: number;
	/** Absent: any token is taken. */
	apiToken?: string;
	/** Tokens a day. By default those of one seat on the smallest plan: 30,000. */
	dailyTokens?: number;
	/** Requests in two seconds, 20 by default. */
	burst?: number;
	/** How long the search does not know a new person, in milliseconds. */
	searchLagMs?: number;
	/** Whether the account has the Campaigns add-on. */
	hasCampaigns?: boolean;
	/** Milliseconds since 1970. */
	now?(): number;
}

export interface PipedriveStandIn extends CrmStandIn {
	readonly account: PipedriveAccount;
	/** Tokens spent today. */
	tokensSpent(): number;
}

/** Starts the stand-in; its APIs are below `/api/v1` and `/api/v2`. */
export async function startPipedrive(options: PipedriveOptions = {}): Promise<PipedriveStandIn> {
	const { apiToken, dailyTokens = 30_000, burst = 20, searchLagMs = 0 } = options;
	const { hasCampaigns = false, now = Date.now } = options;
	const account = createAccount({ hasCampaigns, searchLagMs, now });
	let meter: Meter = createMeter({ dailyTokens, burst }, now);

	const standIn = await startStandIn({
		name: 'Pipedrive',
		port: options.port,
		onReset() {
			account.clear();
			meter = createMeter({ dailyTokens, burst }, now);
		},
		routes(app) {
			app.use('/api/*', async (context, next) => {
				// The header is the only way: a token in the query would end up in logs.
				const token = context.req.header('x-api-token');
				if (!token || (apiToken !== undefined && token !== apiToken)) {
					return send(PIPEDRIVE_FAILURES.unauthorized);
				}
				const { method, path } = context.req;
				const refusal = meter.charge(method, path);
				if (refusal) return send(refusal);
				await next();
				for (const [name, value] of Object.entries(meter.headers())) {
					context.res.headers.set(name, value);
				}
				return undefined;
			});
			addPersons(app, account, now);
			addLeads(app, account);
			addNotes(app, account);
			addActivities(app, account);
			addSettings(app);
			app.notFound(() => send(notFound('Resource')));
			app.onError((error) => {
				if (error instanceof Refused) return send(error.failure);
				throw error;
			});
		},
	});
	return Object.assign(standIn, {
		account,
		holds: account.holds,
		tokensSpent: () => meter.spent(),
	});
}

function addPersons(app: VendorApp, account: PipedriveAccount, now: () => number): void {
	const path = '/api/v2/persons';
	app.get(`${path}/search`, (context) =>
		context.json(asItems(foundPersons(account, context.req.query(), now()))),
	);
	app.get(path, (context) => {
		const query = context.req.query();
		const { updated_since: since = '', ids } = query;
		const people = filtered(account.persons.values(), query, ['owner_id', 'org_id'])
			.filter((person) => person.update_time >= since)
			.filter(({ id }) => ids === undefined || ids.split(',').includes(String(id)));
		return context.json(cursorPage(sorted(people, query), query));
	});
	app.post(path, async (context) => one(context, account.addPerson(await bodyOf(context))));
	app.get(`${path}/:id`, (context) =>
		one(context, held(account.persons, Number(context.req.param('id')), 'Person')),
	);
	app.patch(`${path}/:id`, async (context) =>
		one(context, account.changePerson(Number(context.req.param('id')), await bodyOf(context))),
	);
}

function addLeads(app: VendorApp, account: PipedriveAccount): void {
	const path = '/api/v1/leads';
	const filters = ['person_id', 'organization_id', 'owner_id'];
	const list = (isArchived: boolean) => (context: Context) => {
		const query = context.req.query();
		const leads = filtered(account.leads.values(), query, filters);
		const { pagination, ...page } = startPage(
			leads.filter(({ is_archived }) => is_archived === isArchived),
			query,
		);
		// Beside, and not below `pagination`: so the official client's types have it.
		return context.json({ ...page, additional_data: pagination });
	};
	app.get(path, list(false));
	app.get(`${path}/archived`, list(true));
	app.post(path, async (context) => one(context, account.addLead(await bodyOf(context)), 201));
	app.get(`${path}/:id`, (context) =>
		one(context, held(account.leads, context.req.param('id'), 'Lead')),
	);
	app.patch(`${path}/:id`, async (context) =>
		one(context, account.changeLead(context.req.param('id'), await bodyOf(context))),
	);

	const deals = new Map<string, number>();
	app.post('/api/v2/leads/:id/convert/deal', (context) => {
		const conversion = randomUUID();
		deals.set(conversion, account.convertLead(context.req.param('id')));
		return one(context, { conversion_id: conversion });
	});
	app.get('/api/v2/leads/:id/convert/status/:conversion', (context) => {
		const conversion = context.req.param('conversion');
		const deal = held(deals, conversion, 'Conversion');
		return one(context, { lead_id: context.req.param('id'), deal_id: deal, status: 'completed' });
	});
}

function addNotes(app: VendorApp, account: PipedriveAccount): void {
	const path = '/api/v1/notes';
	app.get(path, (context) => {
		const query = context.req.query();
		const filters = ['lead_id', 'deal_id', 'person_id', 'org_id', 'user_id'];
		const { pagination, ...page } = startPage(
			filtered(account.notes.values(), query, filters),
			query,
		);
		return context.json({ ...page, additional_data: { pagination } });
	});
	app.post(path, async (context) => one(context, account.addNote(await bodyOf(context))));
	app.get(`${path}/:id`, (context) =>
		one(context, held(account.notes, Number(context.req.param('id')), 'Note')),
	);
}

function addActivities(app: VendorApp, account: PipedriveAccount): void {
	const path = '/api/v2/activities';
	app.get(path, (context) => {
		const query = context.req.query();
		const filters = ['lead_id', 'deal_id', 'person_id', 'org_id', 'owner_id', 'done'];
		const activities = filtered(account.activities.values(), query, filters);
		return context.json(cursorPage(sorted(activities, query), query));
	});
	app.post(path, async (context) => one(context, account.addActivity(await bodyOf(context))));
	app.get(`${path}/:id`, (context) =>
		one(context, held(account.activities, Number(context.req.param('id')), 'Activity')),
	);
}

function addSettings(app: VendorApp): void {
	const company = { company_id: 1, company_name: 'Sandbox Realty', company_domain: 'sandbox' };
	const fields = Object.entries(FIELD_TYPES);
	app.get('/api/v1/users/me', (context) => one(context, { ...USERS[0]!, ...company }));
	app.get('/api/v1/users', (context) => one(context, USERS));
	app.get('/api/v1/leadLabels', (context) => one(context, LEAD_LABELS));
	app.get('/api/v1/activityTypes', (context) =>
		one(
			context,
			ACTIVITY_TYPES.map((type, position) => ({ id: position + 1, key_string: type, name: type })),
		),
	);
	app.get('/api/v1/personFields', (context) => {
		const { pagination, ...page } = startPage(
			fields.map(([key, { name, type }], position) => ({
				id: 9000 + position,
				key,
				name,
				field_type: type,
				edit_flag: true,
			})),
			context.req.query(),
		);
		return context.json({ ...page, additional_data: { pagination } });
	});
	app.get('/api/v2/personFields', (context) =>
		context.json(
			cursorPage(
				fields.map(([key, { name, type }]) => ({
					field_name: name,
					field_code: key,
					field_type: type,
					is_custom_field: true,
					is_optional_response_field: false,
					options: null,
				})),
				context.req.query(),
			),
		),
	);
}

async function bodyOf({ req }: Context): Promise<unknown> {
	const text = await req.text();
	if (!req.header('content-type')?.includes('application/json') || !/^\s*\{/.test(text)) {
		throw new Refused(badRequest('The request body must be a JSON object'));
	}
	try {
		return JSON.parse(text);
	} catch {
		throw new Refused(badRequest('The request body is not valid JSON'));
	}
}

function held<K, T>(records: Map<K, T>, id: K, what: string): T {
	const record = records.get(id);
	if (record === undefined) throw new Refused(notFound(what));
	return record;
}

function one(context: Context, data: unknown, status: 200 | 201 = 200): Response {
	return context.json({ success: true, data }, status);
}

function asItems({ data, ...page }: ReturnType<typeof foundPersons>) {
	return { ...page, data: { items: data } };
}

function send({ status, body, headers }: FailureAnswer): Response {
	return Response.json(body, { status, headers });
}
