import { inspect } from 'node:util';

import { type IExecuteFunctions, type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

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
async function ask(outcome: object | Error): Promise<HttpResponse> {
	const context = {
		getNode: () => NODE,
		getCredentials: async () => ({ baseUrl: 'https://vendor.example/v1/' }),
		helpers: {
			httpRequestWithAuthentication: async () => {
				if (outcome instanceof Error) throw outcome;
				return outcome;
			},
		},
	} as unknown as IExecuteFunctions;
	const send = await sendWithCredential(context, 'rentCastApi', 3);
	return await send({ method: 'GET', path: '/markets' });
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
