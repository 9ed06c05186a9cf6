import {
	type IExecuteFunctions,
	type IHookFunctions,
	type NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import type { HttpRequest, HttpResponse, NoAnswer, Send } from '../http/send';

const DEFAULT_TIMEOUT_MS = 10_000;

const TIMED_OUT = ['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_CANCELED'];
const UNREACHABLE = [
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EPIPE',
	'EPROTO',
	'ERR_NETWORK',
	'ERR_BAD_RESPONSE',
];
/** An answer that is not HTTP, or breaks off, or is not compressed as it says: no answer at all. */
const BROKEN_ANSWER = /^(HPE|Z|ERR_SSL|ERR_STREAM)_/;
const CERTIFICATE = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS)/;

/**
 * A `Send` below the base URL of one of our credentials. The credential authenticates inside each
 * call, so a retry is signed anew. Redirects are not followed: a secret would follow with them.
 * Throws a NodeOperationError only for what no retry can heal, such as a credential without URL.
 */
export async function sendWithCredential(
	context: IExecuteFunctions | IHookFunctions,
	credentialType: string,
	itemIndex: number,
): Promise<Send> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(credentialType, itemIndex);
	const base = readBaseUrl(context, baseUrl, itemIndex);
	const isOAuth2 = credentialType.endsWith('OAuth2Api');
	return async (request) => {
		try {
			const response = (await context.helpers.httpRequestWithAuthentication.call(
				context,
				credentialType,
				toN8nRequest(base, request, isOAuth2),
			)) as { statusCode: number; headers: Record<string, string>; body: unknown };
			return {
				status: response.statusCode,
				headers: response.headers,
				body: parseBody(response.body),
			};
		} catch (error) {
			const refusal = isOAuth2 ? tokenRefusal(error) : undefined;
			if (refusal !== undefined) return { status: refusal, headers: {}, body: undefined };
			const noAnswer = noAnswerFrom(error);
			if (noAnswer === undefined) {
				// Without its cause: the request hangs on that, with the key among its headers.
				const { message, description } = error as NodeApiError;
				throw new NodeOperationError(context.getNode(), message, {
					itemIndex,
					...(description && { description }),
				});
			}
			return { status: 0, headers: {}, body: undefined, noAnswer } satisfies HttpResponse;
		}
	};
}

function readBaseUrl(
	context: Pick<IExecuteFunctions, 'getNode'>,
	baseUrl: string,
	itemIndex: number,
): string {
	if (/^https?:\/\/[^\s/]+/.test(baseUrl) && URL.canParse(baseUrl)) {
		return baseUrl.replace(/\/+$/, '');
	}
	throw new NodeOperationError(context.getNode(), 'The credential has no usable URL', {
		itemIndex,
		description: 'Open the credential and give an address that starts with https://.',
	});
}

function toN8nRequest(base: string, request: HttpRequest, isOAuth2: boolean) {
	return {
		method: request.method,
		url: `${base}${request.path}`,
		qs: request.query,
		headers: {
			Accept: 'application/json',
			...(request.body !== undefined && { 'Content-Type': 'application/json' }),
			...(request.idempotencyKey && { 'X-Idempotency-Key': request.idempotencyKey }),
			...request.headers,
		},
		// As text, so that the bytes signed are the bytes sent.
		...(request.body !== undefined && { body: JSON.stringify(request.body) }),
		timeout: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
		encoding: 'text' as const,
		returnFullResponse: true,
		// n8n renews an OAuth2 token, and repeats the request, only when it sees the 401 as an error.
		ignoreHttpStatusErrors: isOAuth2 ? { ignore: true as const, except: [401] } : true,
		disableFollowRedirect: true,
	};
}

function parseBody(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	if (body.trim() === '') return undefined;
	try {
		return JSON.parse(body);
	} catch {
		return body;
	}
}

/**
 * The status to which it amounts that the vendor refused the token, also a new one, or would not
 * give any. n8n's OAuth2 client names a clear no `EAUTH`, and `ESTATUS` what it cannot read.
 */
function tokenRefusal(error: unknown): number | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const { code, status } = cause as { code?: unknown; status?: unknown };
		if (code === 'EAUTH' || status === 401) return 401;
		if (code === 'ESTATUS' && typeof status === 'number') return status;
	}
	return undefined;
}

/** Why no answer came; undefined for an error that is not about the network. */
function noAnswerFrom(error: unknown): NoAnswer | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const { code } = cause as { code?: unknown };
		if (typeof code !== 'string') continue;
		if (TIMED_OUT.includes(code)) return 'timed-out';
		if (UNREACHABLE.includes(code) || BROKEN_ANSWER.test(code)) return 'unreachable';
		if (CERTIFICATE.test(code)) return 'certificate-refused';
	}
	return undefined;
}
