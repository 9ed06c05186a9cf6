/**
 * Stand-in of a Salesforce org: OAuth, and the part of its REST API that has to do with leads.
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/intro-rest.html
 */
import { randomBytes } from 'node:crypto';

import type { Context } from 'hono';

import type { CrmRecord, CrmStandIn } from './crmView.cts';
import type { FaultEntry } from './salesforceFault.cts';
import { type OrgRules, SalesforceOrg, type SalesforceRecord } from './salesforceOrg.cts';
import { answerCall } from './salesforceRest.cts';
import type { ObjectName } from './salesforceSchema.cts';
import { type FailureAnswer, startStandIn, type VendorApp } from './standIn.cts';

const TOKEN_PATH = '/services/oauth2/token';
const VERSIONS = { oldest: 31, newest: 68 };
const DAILY_LIMIT = 100_000;

function failure(status: number, errorCode: string, message: string): FailureAnswer {
	return { status, body: [{ message, errorCode }] };
}

/** Salesforce's failures as it words them, for `failNext`. */
export const SALESFORCE_FAILURES = {
	sessionExpired: failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
	dailyLimit: failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
	/** The same code for too many long calls at once, which passes. */
	concurrentLimit: failure(
		403,
		'REQUEST_LIMIT_EXCEEDED',
		'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
	),
	apiDisabled: failure(
		403,
		'API_DISABLED_FOR_ORG',
		'The REST API is not enabled for this Organization.',
	),
	serverError: failure(
		500,
		'UNKNOWN_EXCEPTION',
		'An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-12345 (-1234567890)',
	),
	unavailable: failure(
		503,
		'SERVER_UNAVAILABLE',
		'We are down for maintenance. Sorry for the inconvenience.',
	),
	badGateway: { status: 502, body: '<html><head><title>502 Bad Gateway</title></head></html>' },
	forbiddenPage: { status: 403, body: '<html><body>Your login is restricted.</body></html>' },
} satisfies Record<string, FailureAnswer>;

/** Failures of one record within a composite, for `org.refuseNext`. */
export const SALESFORCE_REFUSALS = {
	rowLocked: {
		errorCode: 'UNABLE_TO_LOCK_ROW',
		message: 'unable to obtain exclusive access to this record or 1 records: 00QSb00000AAAAB',
		fields: [],
	},
	customValidation: {
		errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
		message: 'Call this number first: +639171234567',
		fields: ['Phone'],
	},
	noAccess: {
		errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
		message: 'insufficient access rights on object id',
		fields: [],
	},
} satisfies Record<string, FaultEntry>;

export interface SalesforceOptions {
	port?: number;
	/** Absent: any client is taken. */
	clientId?: string;
	clientSecret?: string;
	/** What the `refresh_token` grant takes; absent: any. */
	refreshToken?: string;
	/** API calls that the org may make in a day. */
	dailyLimit?: number;
}

export interface SalesforceStandIn extends CrmStandIn {
	/** What the org holds; `org.rules` are switched on it. */
	readonly org: SalesforceOrg;
	/** Every access token is refused from now on, until a new one is fetched. */
	expireTokens(): void;
}

/** Starts the stand-in. Its address is at once login host and My Domain. */
export async function startSalesforce(options: SalesforceOptions = {}): Promise<SalesforceStandIn> {
	const { dailyLimit = DAILY_LIMIT } = options;
	const org = new SalesforceOrg();
	const usual: OrgRules = { ...org.rules };
	let tokens = new Set<string>();
	let calls = 0;

	const standIn = await startStandIn({
		name: 'Salesforce',
		port: options.port,
		answerHeaders: () => ({ 'sforce-limit-info': `api-usage=${calls}/${dailyLimit}` }),
		onReset() {
			org.reset();
			Object.assign(org.rules, usual);
			calls = 0;
		},
		routes(app) {
			app.post(TOKEN_PATH, async (context) => await token(context));
			app.get('/services/data', (context) => context.json(versions()));
			app.use('/services/data/:version/*', async (context, next) => {
				const bearer = context.req.header('authorization')?.replace(/^(Bearer|OAuth) /, '');
				if (!tokens.has(bearer ?? '')) return send(context, SALESFORCE_FAILURES.sessionExpired);
				if (calls >= dailyLimit) return send(context, SALESFORCE_FAILURES.dailyLimit);
				calls++;
				return await next();
			});
			app.get('/services/data/:version/limits', (context) =>
				context.json({ DailyApiRequests: { Max: dailyLimit, Remaining: dailyLimit - calls } }),
			);
			routeCalls(app, org);
			app.notFound((context) => send(context, NOT_FOUND));
		},
	});

	async function token(context: Context): Promise<Response> {
		const form = new URLSearchParams(await context.req.text());
		const [id, secret] = clientOf(context, form);
		if (options.clientId !== undefined && id !== options.clientId) {
			return refusal(context, 'invalid_client_id', 'client identifier invalid');
		}
		if (options.clientSecret !== undefined && secret !== options.clientSecret) {
			return refusal(context, 'invalid_client', 'invalid client credentials');
		}
		const grant = form.get('grant_type');
		if (grant !== 'client_credentials' && grant !== 'refresh_token') {
			return refusal(context, 'unsupported_grant_type', 'grant type not supported');
		}
		const { refreshToken } = options;
		const isRefused = refreshToken !== undefined && form.get('refresh_token') !== refreshToken;
		if (grant === 'refresh_token' && isRefused) {
			return refusal(context, 'invalid_grant', 'expired access/refresh token');
		}
		const accessToken = `00DSb0000000001!${randomBytes(24).toString('base64url')}`;
		tokens.add(accessToken);
		return context.json({
			access_token: accessToken,
			signature: randomBytes(32).toString('base64'),
			scope: 'api',
			instance_url: standIn.url,
			id: `${standIn.url}/id/00DSb0000000001EAA/005Sb0000000001IAA`,
			token_type: 'Bearer',
			issued_at: String(Date.now()),
		});
	}

	return Object.assign(standIn, {
		org,
		holds: () => (['Lead', 'Contact'] as const).flatMap((type) => view(org, type)),
		expireTokens: () => void (tokens = new Set()),
	});
}

const NOT_FOUND = failure(404, 'NOT_FOUND', 'The requested resource does not exist');

function routeCalls(app: VendorApp, org: SalesforceOrg): void {
	app.all('/services/data/:version/*', async (context) => {
		const { method } = context.req;
		const url = new URL(context.req.url);
		const version = context.req.param('version');
		const number = Number(/^v(\d+)\.0$/.exec(version)?.[1]);
		const isKnown = number >= VERSIONS.oldest && number <= VERSIONS.newest;
		if (!isKnown) return send(context, NOT_FOUND);
		const body = parsed(await context.req.text());
		if (body === undefined && ['POST', 'PATCH'].includes(method)) {
			return send(context, failure(400, 'JSON_PARSER_ERROR', 'The request is not JSON'));
		}
		const path = url.pathname.slice(`/services/data/${version}`.length).replace(/\/$/, '');
		const headers = context.req.header();
		const call = { method, version, path, query: url.searchParams, headers, body };
		const { status, body: answer, location } = answerCall(org, call);
		if (location !== undefined) context.header('location', location);
		return answer === undefined
			? context.body(null, status as 204)
			: context.json(answer, status as 200);
	});
}

/** Id and secret from the header or from the form: clients do either. */
function clientOf(context: Context, form: URLSearchParams): [string | null, string | null] {
	const [, basic] = /^Basic (.+)$/.exec(context.req.header('authorization') ?? '') ?? [];
	if (basic === undefined) return [form.get('client_id'), form.get('client_secret')];
	const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':');
	return [decodeURIComponent(id), decodeURIComponent(secret)];
}

function versions(): object[] {
	return Array.from({ length: VERSIONS.newest - VERSIONS.oldest + 1 }, (_, index) => {
		const version = `${VERSIONS.oldest + index}.0`;
		return { label: `Release ${version}`, url: `/services/data/v${version}`, version };
	});
}

function view(org: SalesforceOrg, type: 'Lead' | 'Contact'): CrmRecord[] {
	return org.all(type).map((record) => {
		const { Id, FirstName, LastName, Email, Phone, ...fields } = record;
		const children = (child: ObjectName, by: string) =>
			org.all(child).filter((one) => one[by] === Id);
		const linked = children('ContentDocumentLink', 'LinkedEntityId').flatMap((link) => {
			const note = org.get('ContentNote', text(link.ContentDocumentId));
			return note ? [{ id: note.Id, title: text(note.Title), text: decoded(note) }] : [];
		});
		const classic = children('Note', 'ParentId').map((note) => ({
			id: note.Id,
			title: text(note.Title),
			text: text(note.Body),
		}));
		return {
			id: Id,
			kind: type.toLowerCase(),
			name: [FirstName, LastName].filter(Boolean).join(' '),
			email: Email ? String(Email) : null,
			phone: Phone ? String(Phone) : null,
			fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
			notes: [...linked, ...classic],
			tasks: children('Task', 'WhoId').map((task) => ({
				id: task.Id,
				subject: text(task.Subject),
				text: text(task.Description),
				dueAt: text(task.ReminderDateTime) || text(task.ActivityDate),
				priority: text(task.Priority),
			})),
		};
	});
}

const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));

const decoded = ({ Content }: SalesforceRecord) =>
	Buffer.from(text(Content), 'base64').toString('utf8');

function parsed(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return undefined;
	}
}

function refusal(context: Context, error: string, description: string): Response {
	return context.json({ error, error_description: description }, 400);
}

function send(context: Context, { status, body }: FailureAnswer): Response {
	return context.json(body as object, status as 400);
}
