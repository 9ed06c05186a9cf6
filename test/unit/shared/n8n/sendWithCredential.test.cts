import { inspect } from 'node:util';

import {
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
	NodeApiError,
	NodeOperationError,
	OperationalError,
} from 'n8n-workflow';

import type { HttpResponse } from '../../../../nodes/shared/http/send';
import { sendWithCredential } from '../../../../nodes/shared/n8n/sendWithCredential';

const KEY = 'key-that-nobody-may-see';
const NODE: INode = {
	id: 'n',
	name: 'Ask',
	type: 'propertyIq',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A request that n8n could not get an answer to, as it reports that: the request hangs on it. */
function failure(code: string): NodeApiError {
	const cause = Object.assign(new Error(`failed: ${code}`), {
		code,
		config: { headers: { 'X-Api-Key': KEY } },
	});
	return new NodeApiError(NODE, cause as never);
}

/** What comes of a request in an n8n that answers, or throws, as told; what else is used throws. */
async function ask(outcome: object | Error, type = 'rentCastApi'): Promise<HttpResponse> {
	return (await exchange(outcome, type)).response;
}

async function exchange(outcome: object | Error, type: string) {
	const requests: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => NODE,
		getCredentials: async () => ({ baseUrl: 'https://vendor.example/v1/' }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, request: IHttpRequestOptions) => {
				requests.push(request);
				if (outcome instanceof Error) throw outcome;
				return outcome;
			},
		},
	} as unknown as IExecuteFunctions;
	const send = await sendWithCredential(context, type, 3);
	const response = await send({ method: 'GET', path: '/markets' });
	return { response, request: requests[0]! };
}

describe('a request that gets no answer', () => {
	it.each([
		['ECONNABORTED', 'timed-out'],
		['ETIMEDOUT', 'timed-out'],
		['ECONNREFUSED', 'unreachable'],
		['ECONNRESET', 'unreachable'],
		['ENOTFOUND', 'unreachable'],
		['EAI_AGAIN', 'unreachable'],
		['EPROTO', 'unreachable'],
		['HPE_INVALID_CONSTANT', 'unreachable'],
		['Z_DATA_ERROR', 'unreachable'],
		['CERT_HAS_EXPIRED', 'certificate-refused'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-refused'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-refused'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-refused'],
	])('because of %s is %s', async (code, noAnswer) => {
		expect(await ask(failure(code))).toEqual({
			status: 0,
			headers: {},
			body: undefined,
			noAnswer,
		});
	});

	it('for any other reason throws, with the item and without the key that hangs on the reason', async () => {
		expect(inspect(failure('ODD'), { depth: 10 })).toContain(KEY);
		const error: unknown = await ask(failure('ODD')).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'failed: ODD', context: { itemIndex: 3 } });
		expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(KEY);
	});
});

describe('an answer', () => {
	it.each<[string, unknown, unknown]>([
		['JSON', '{"a":1}', { a: 1 }],
		['no JSON', '<h1>It works</h1>', '<h1>It works</h1>'],
		['empty', '', undefined],
		['blank', ' \n', undefined],
		['parsed already', { a: 1 }, { a: 1 }],
	])('that is %s', async (_name, body, expected) => {
		const answer = { statusCode: 200, headers: { 'retry-after': '1' }, body };
		expect(await ask(answer)).toEqual({
			status: 200,
			headers: { 'retry-after': '1' },
			body: expected,
		});
	});
});

describe('a request with an OAuth2 token', () => {
	const OAUTH2 = 'salesforceCrmOAuth2Api';
	const ANSWER = { statusCode: 200, headers: {}, body: '{}' };

	it('lets n8n see the 401 of an expired token, and no other status, as an error', async () => {
		const { request } = await exchange(ANSWER, OAUTH2);
		expect(request.ignoreHttpStatusErrors).toEqual({ ignore: true, except: [401] });
		const { request: other } = await exchange(ANSWER, 'rentCastApi');
		expect(other.ignoreHttpStatusErrors).toBe(true);
	});

	it.each<[string, Error, number]>([
		['the vendor refuses a new token too', refusal(401), 401],
		['no token is given', noToken({ code: 'EAUTH', message: 'invalid client' }), 401],
		['there is nobody to give a token', noToken({ code: 'ESTATUS', status: 404 }), 404],
		['tokens are asked for too often', noToken({ code: 'ESTATUS', status: 429 }), 429],
		['a web page is there in place of a token', noToken({ code: 'ESTATUS', status: 200 }), 200],
	])('is answered by a status where %s', async (_what, error, status) => {
		expect(await ask(error, OAUTH2)).toEqual({ status, headers: {}, body: undefined });
	});

	it('has no answer where the one who gives tokens is down', async () => {
		const down = noToken({ code: 'ERR_BAD_RESPONSE', status: 503 });
		expect(await ask(down, OAUTH2)).toMatchObject({ status: 0, noAnswer: 'unreachable' });
	});

	it('has no answer where the one who gives tokens is not to be reached', async () => {
		expect(await ask(noToken({ code: 'ENOTFOUND' }), OAUTH2)).toMatchObject({
			noAnswer: 'unreachable',
		});
	});

	it('says what to do where a person has to sign in again', async () => {
		const revoked = new NodeOperationError(NODE, 'The credential needs to be reconnected.', {
			description: 'Open the credential and reconnect it.',
		});
		const error: unknown = await ask(revoked, OAUTH2).catch((reason: unknown) => reason);
		expect(error).toMatchObject({
			message: 'The credential needs to be reconnected.',
			description: 'Open the credential and reconnect it.',
			context: { itemIndex: 3 },
		});
	});

	it('takes nothing for a refused token where there is none', async () => {
		await expect(ask(noToken({ code: 'EAUTH' }), 'rentCastApi')).rejects.toThrow(
			NodeOperationError,
		);
	});
});

/** As n8n reports it when the token endpoint did not give a token. */
function noToken(cause: { code: string; message?: string; status?: number }): NodeApiError {
	const said = Object.assign(new Error(`token: ${cause.code}`), cause);
	const failed = new OperationalError('Failed to acquire OAuth2 access token', { cause: said });
	return new NodeApiError(NODE, failed as never);
}

function refusal(status: number): NodeApiError {
	const said = Object.assign(new Error(`Request failed with status code ${status}`), {
		code: 'ERR_BAD_REQUEST',
		status,
		response: { status, headers: {}, data: '' },
	});
	return new NodeApiError(NODE, said as never);
}
