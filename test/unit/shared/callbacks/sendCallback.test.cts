import { sendCallback } from '../../../../nodes/shared/callbacks/sendCallback';
import type { HttpRequest, HttpResponse } from '../../../../nodes/shared/http/send';

const REQUEST: HttpRequest = {
	method: 'POST',
	path: '/internal/n8n/parcel-status',
	idempotencyKey: 'k',
};

async function report(answer: Partial<HttpResponse>) {
	const sent: HttpRequest[] = [];
	const send = async (request: HttpRequest) => {
		sent.push(request);
		return { status: 200, headers: {}, body: undefined, ...answer };
	};
	return { reported: await sendCallback(send, REQUEST, 0), sent };
}

describe('reporting to the platform', () => {
	it.each([
		['it was taken', { body: { status: 'ok' } }, { status: 200, duplicate: false }],
		['it was there already', { body: { status: 'duplicate' } }, { status: 200, duplicate: true }],
		['nothing at all', { status: 204 }, { status: 204, duplicate: false }],
		['something that is no JSON', { body: 'thanks' }, { status: 200, duplicate: false }],
		['null', { body: null }, { status: 200, duplicate: false }],
	])('understands an answer that says %s', async (_what, answer, expected) => {
		expect(await report(answer)).toEqual({ reported: expected, sent: [REQUEST] });
	});

	it.each([
		['no answer', { status: 0, noAnswer: 'timed-out' }, 'timed-out'],
		['a redirect', { status: 302 }, 'redirected'],
		['a refused signature', { status: 401 }, 'credential-refused'],
		['a lead it does not know', { status: 404 }, 'not-found'],
		['a field it does not take', { status: 422 }, 'rejected'],
		[
			'a 200 that says error',
			{ status: 200, body: { status: 'error', error: 'db' } },
			'unreadable',
		],
		['a 200 that is no success', { status: 200, body: { success: false } }, 'unreadable'],
		['a web page', { status: 200, body: ' <!doctype html>' }, 'unreadable'],
		['a failure', { status: 503, headers: { 'retry-after': '7' } }, 'unavailable'],
	] as const)('ends with an error at %s', async (_what, answer, kind) => {
		await expect(report(answer)).rejects.toMatchObject({
			name: 'VendorError',
			details: { vendor: 'The platform', kind, status: answer.status },
		});
	});
});
