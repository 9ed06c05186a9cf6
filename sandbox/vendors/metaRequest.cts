/** What a request asks for, and who asks. @see https://developers.facebook.com/docs/graph-api/overview */
import { createHmac } from 'node:crypto';

import type { Context } from 'hono';

import type { MetaPage } from './metaAccounts.cts';
import { invalid, META_FAILURES, Refusal, usageHeaders } from './metaErrors.cts';

/** Whose token it is. */
export type Caller = { kind: 'page'; page: MetaPage } | { kind: 'app' };

export interface GraphRequest {
	method: string;
	/** The node, the second part of the path; `me` is what the token belongs to. */
	id: string;
	/** The query's and the body's together; JSON in them is read. */
	parameters: Record<string, unknown>;
	caller: Caller;
}

export interface GraphApp {
	appId: string;
	appSecret: string;
	pages: readonly MetaPage[];
}

/** A route of Graph's: knows who asks, and answers with how near the limits are. */
export function graphRoute(
	known: GraphApp,
	answer: (request: GraphRequest) => object | Promise<object>,
) {
	return async (context: Context) => {
		const parameters = await parametersOf(context);
		const caller = callerOf(context, parameters, known);
		const own = caller.kind === 'page' ? caller.page.id : known.appId;
		const named = context.req.param('id') ?? '';
		const id = named === 'me' ? own : named;
		const body = await answer({ method: context.req.method, id, parameters, caller });
		return context.json(body, 200, usageHeaders(own, 1));
	};
}

/** Graph takes JSON and forms, and JSON within a form or within the query. */
async function parametersOf({ req }: Context): Promise<GraphRequest['parameters']> {
	const text = await req.text();
	const type = req.header('content-type') ?? '';
	const body = /form/.test(type) ? await formOf(text, type) : jsonOf(text);
	return Object.fromEntries(
		Object.entries({ ...req.query(), ...body }).map(([name, value]) => [name, unpacked(value)]),
	);
}

/** The token stands in the header or among the parameters, and may have its proof beside it. */
function callerOf(
	{ req }: Context,
	parameters: GraphRequest['parameters'],
	{ appId, appSecret, pages }: GraphApp,
): Caller {
	const header = req.header('authorization')?.replace(/^(Bearer|OAuth)\s*/i, '');
	const token = header ?? parameters.access_token;
	if (token === undefined) throw new Refusal(META_FAILURES.missingToken);
	const page = pages.find((candidate) => candidate.token === token);
	if (!page && token !== `${appId}|${appSecret}`) throw new Refusal(META_FAILURES.invalidToken);
	const proof = createHmac('sha256', appSecret).update(String(token)).digest('hex');
	if ((parameters.appsecret_proof ?? proof) !== proof) {
		throw new Refusal(META_FAILURES.wrongProof);
	}
	return page ? { kind: 'page', page } : { kind: 'app' };
}

async function formOf(text: string, type: string): Promise<GraphRequest['parameters']> {
	const form = await new Response(text, { headers: { 'content-type': type } }).formData();
	return Object.fromEntries(form);
}

function jsonOf(text: string): GraphRequest['parameters'] {
	if (text.trim() === '') return {};
	const value = parsed(text);
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as GraphRequest['parameters'];
	}
	throw invalid('The request body must be a JSON object');
}

/** An object or a list that came as text. */
function unpacked(value: unknown): unknown {
	return typeof value === 'string' && /^\s*[[{]/.test(value) ? (parsed(value) ?? value) : value;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
