/**
 * Composite: up to 25 calls in one, the later ones with values of the earlier ones.
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-composite-post.html
 */
import { fault, ROLLED_BACK } from './salesforceFault.cts';
import type { SalesforceOrg } from './salesforceOrg.cts';
import type { Call, Reply } from './salesforceRest.cts';

const MAX_SUB_REQUESTS = 25;
const MAX_QUERIES = 5;
const URL_OF_CALL = /^\/services\/data\/(v\d+\.0)(\/[^?]*)(?:\?(.*))?$/;
const INHERITED_HEADERS = ['accept', 'authorization', 'content-type'];

interface SubRequest {
	method: string;
	url: string;
	referenceId: string;
	httpHeaders?: Record<string, string>;
	body?: unknown;
}

interface SubAnswer {
	body: unknown;
	httpHeaders: Record<string, string>;
	httpStatusCode: number;
	referenceId: string;
}

type AnswerCall = (org: SalesforceOrg, call: Call) => Reply;

/** Throws a Fault for a request that is refused as a whole. */
export function answerComposite(org: SalesforceOrg, call: Call, answerCall: AnswerCall) {
	const { allOrNone, requests } = read(call.body);
	return org.transaction((rollBack) => {
		const answers: SubAnswer[] = [];
		let isHalted = false;
		for (const request of requests) {
			const answer = isHalted
				? halted(request, ROLLED_BACK.message)
				: answerOne(org, request, answers, answerCall);
			answers.push(answer);
			if (allOrNone && answer.httpStatusCode >= 300) isHalted = true;
		}
		if (!isHalted) return { compositeResponse: answers };
		rollBack();
		return {
			compositeResponse: answers.map((answer) =>
				answer.httpStatusCode >= 300
					? answer
					: { ...answer, body: [ROLLED_BACK], httpHeaders: {}, httpStatusCode: 400 },
			),
		};
	});
}

function read(body: unknown): { allOrNone: boolean; requests: SubRequest[] } {
	const { allOrNone = false, compositeRequest } = (body ?? {}) as {
		allOrNone?: boolean;
		compositeRequest?: SubRequest[];
	};
	if (!Array.isArray(compositeRequest) || compositeRequest.length === 0) {
		throw fault(400, 'JSON_PARSER_ERROR', 'compositeRequest is missing');
	}
	const ids = compositeRequest.map(({ referenceId }) => referenceId);
	const headers = compositeRequest.flatMap(({ httpHeaders = {} }) => Object.keys(httpHeaders));
	const queries = compositeRequest.filter(({ url }) => /\/query\b/.test(url));
	const problem =
		(compositeRequest.length > MAX_SUB_REQUESTS &&
			`The number of subrequests exceeds the limit of ${MAX_SUB_REQUESTS}`) ||
		(queries.length > MAX_QUERIES && `More than ${MAX_QUERIES} subrequests are queries`) ||
		(new Set(ids).size < ids.length && 'Reference ids must be unique') ||
		(ids.some((id) => !/^[A-Za-z0-9]\w*$/.test(id)) && 'A reference id is not valid') ||
		(headers.some((name) => INHERITED_HEADERS.includes(name.toLowerCase())) &&
			'A subrequest has a header that it inherits') ||
		(compositeRequest.some(({ url }) => !URL_OF_CALL.test(url)) && 'A url is not valid');
	if (problem) throw fault(400, 'INVALID_INPUT', problem);
	return { allOrNone, requests: compositeRequest };
}

function answerOne(
	org: SalesforceOrg,
	request: SubRequest,
	earlier: SubAnswer[],
	answerCall: AnswerCall,
): SubAnswer {
	const missing: string[] = [];
	const fill = (text: string) =>
		text.replace(/@\{([^}]*)\}/g, (_, reference: string) => {
			const value = valueOf(reference, earlier);
			if (value === undefined) missing.push(reference);
			return String(value);
		});
	const url = fill(request.url);
	const body = filled(request.body, fill);
	const [reference] = missing;
	if (reference !== undefined) {
		const [name] = reference.split(/[.[]/);
		const message = `Invalid reference specified. No value for ${reference} found in ${name}. `;
		return halted(request, message);
	}
	const [, version = '', path = '', query = ''] = URL_OF_CALL.exec(url) ?? [];
	const headers = Object.entries(request.httpHeaders ?? {});
	const reply = answerCall(org, {
		method: request.method,
		version,
		path: path.replace(/\/$/, ''),
		query: new URLSearchParams(query),
		headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
		body,
	});
	return {
		body: reply.body ?? null,
		httpHeaders: reply.location === undefined ? {} : { Location: reply.location },
		httpStatusCode: reply.status,
		referenceId: request.referenceId,
	};
}

/** The value behind `lead.id` or `known.records[0].Id`; objects and null are none. */
function valueOf(reference: string, earlier: SubAnswer[]): unknown {
	const [name, ...path] = reference.split(/[.[\]]+/).filter((part) => part !== '');
	const answer = earlier.find(
		({ referenceId, httpStatusCode }) => referenceId === name && httpStatusCode < 300,
	);
	let value: unknown = answer?.body;
	for (const part of path) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = (value as Record<string, unknown>)[part];
	}
	return typeof value === 'object' ? undefined : value;
}

function filled(value: unknown, fill: (text: string) => string): unknown {
	if (typeof value === 'string') return fill(value);
	if (Array.isArray(value)) return value.map((one) => filled(one, fill));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, fill)]));
}

function halted({ referenceId }: SubRequest, message: string): SubAnswer {
	const body = [{ errorCode: ROLLED_BACK.errorCode, message }];
	return { body, httpHeaders: {}, httpStatusCode: 400, referenceId };
}
