import type { HttpResponse } from '../../../../nodes/shared/http/send';
import { VendorError } from '../../../../nodes/shared/http/vendorError';
import {
	getEmailRequest,
	listEmailsRequest,
	readBatch,
	readEmailList,
	readEmailTags,
	type ResendMail,
	sendBatchRequest,
} from '../../../../nodes/shared/vendors/resend';
import { readMoment } from '../../../../nodes/shared/vendors/resend/moment';
import {
	checkWebhookRemoval,
	checkWebhookUpdate,
	createWebhookRequest,
	deleteWebhookRequest,
	getWebhookRequest,
	listWebhooksRequest,
	readCreatedWebhook,
	readWebhook,
	readWebhookList,
	updateWebhookRequest,
} from '../../../../nodes/shared/vendors/resend/webhooks';

const NOW = Date.parse('2026-11-22T10:00:00Z');

const MAIL: ResendMail = {
	from: 'Sales <sales@company.com>',
	to: ['ana@example.com'],
	subject: 'New in Makati',
	html: '<p>Hello</p>',
	text: 'Hello',
	headers: {},
	tags: [],
};

function answered(body: unknown, status = 200): HttpResponse {
	return { status, headers: {}, body };
}

function errorOf(work: () => unknown): VendorError {
	try {
		work();
	} catch (error) {
		if (error instanceof VendorError) return error;
	}
	throw new Error('No VendorError was thrown');
}

describe('sending a batch to Resend', () => {
	it('names its idempotency key and its validation in the headers of Resend', () => {
		const request = sendBatchRequest({
			mails: [MAIL],
			idempotencyKey: 'campaign/c-1/1',
			validation: 'permissive',
		});
		expect(request).toMatchObject({
			method: 'POST',
			path: '/emails/batch',
			headers: { 'Idempotency-Key': 'campaign/c-1/1', 'x-batch-validation': 'permissive' },
			body: [MAIL],
			isRepeatable: true,
		});
		expect(request.idempotencyKey).toBeUndefined();
	});

	it.each([0, 101])('refuses a batch of %i mails', (count) => {
		const mails = Array.from({ length: count }, () => MAIL);
		const batch = { mails, idempotencyKey: 'k', validation: 'strict' } as const;
		expect(() => sendBatchRequest(batch)).toThrow(RangeError);
	});

	it('reads the ids in the order of the mails', () => {
		const response = answered({ data: [{ id: 'a' }, { id: 'b' }] });
		expect(readBatch(response, 2, NOW)).toEqual({
			accepted: [
				{ index: 0, id: 'a' },
				{ index: 1, id: 'b' },
			],
			refused: [],
		});
	});

	it('gives ids back to the right mails where some were refused', () => {
		const response = answered({
			data: [{ id: 'b' }, { id: 'd' }],
			errors: [
				{ index: 2, message: 'Invalid `to` field: broken@@example.com.' },
				{ index: 0, message: 'Missing `subject` field.' },
			],
		});
		const { accepted, refused } = readBatch(response, 4, NOW);
		expect(accepted).toEqual([
			{ index: 1, id: 'b' },
			{ index: 3, id: 'd' },
		]);
		expect(refused).toContainEqual({ index: 0, message: 'Missing `subject` field.' });
		expect(JSON.stringify(refused)).not.toContain('@example.com');
	});

	it.each<[string, unknown]>([
		['one id too few', { data: [{ id: 'a' }] }],
		['one id too many', { data: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }],
		[
			'an error too many',
			{ data: [{ id: 'a' }, { id: 'b' }], errors: [{ index: 0, message: 'x' }] },
		],
		['an error for no mail', { data: [{ id: 'a' }], errors: [{ index: 7, message: 'x' }] }],
		['the same error twice', { data: [], errors: Array(2).fill({ index: 0, message: 'x' }) }],
		['no list', { id: 'a' }],
		['a web page', '<html>'],
		['nothing', undefined],
	])('does not guess where the answer has %s', (_name, body) => {
		const { details, isPassing } = errorOf(() => readBatch(answered(body), 2, NOW));
		expect([details.kind, isPassing]).toEqual(['unreadable', true]);
	});
});

describe('the list of sent mails', () => {
	const listed = {
		id: 'e-2',
		from: 'Sales <sales@company.com>',
		to: ['ana@example.com'],
		subject: 'New in Makati',
		created_at: '2026-11-22 09:59:00.123456+00',
		last_event: 'delivered',
	};

	it('is asked for a hundred at a time, after the last that is known', () => {
		expect(listEmailsRequest()).toMatchObject({ path: '/emails', query: { limit: 100 } });
		expect(listEmailsRequest('e-9').query).toEqual({ limit: 100, after: 'e-9' });
	});

	it('is read with the cursor of the next page', () => {
		const { emails, next } = readEmailList(
			answered({ object: 'list', has_more: true, data: [listed] }),
			NOW,
		);
		expect(next).toBe('e-2');
		expect(emails).toEqual([
			{
				id: 'e-2',
				from: 'Sales <sales@company.com>',
				to: ['ana@example.com'],
				subject: 'New in Makati',
				createdAt: '2026-11-22 09:59:00.123456+00',
			},
		]);
	});

	it.each([
		['there is no more', { has_more: false, data: [listed] }],
		['a page is empty', { has_more: true, data: [] }],
	])('ends where %s', (_name, body) => {
		expect(readEmailList(answered(body), NOW).next).toBeUndefined();
	});

	it('shows the tags of one mail, as a list or by name', () => {
		expect(getEmailRequest('a/b').path).toBe('/emails/a%2Fb');
		const tags = { campaign: 'c-1', recipient: 'r' };
		const list = Object.entries(tags).map(([name, value]) => ({ name, value }));
		expect(readEmailTags(answered({ tags: list }), NOW)).toEqual(tags);
		expect(readEmailTags(answered({ tags }), NOW)).toEqual(tags);
		expect(readEmailTags(answered({ id: 'a' }), NOW)).toEqual({});
	});

	it('throws what Resend says', () => {
		const refused = answered({ name: 'restricted_api_key', statusCode: 401 }, 401);
		for (const read of [readEmailList, readEmailTags]) {
			const { details } = errorOf(() => read(refused, NOW));
			expect(details).toMatchObject({ kind: 'credential-refused', code: 'restricted_api_key' });
			expect(details.advice).toContain('full access');
		}
	});
});

describe('the moments that Resend writes', () => {
	it.each([
		['2024-02-22T23:41:12.126Z', '2024-02-22T23:41:12.126Z'],
		['2024-02-22T23:41:11.894719+00:00', '2024-02-22T23:41:11.894Z'],
		['2023-10-06 23:47:56.678+00', '2023-10-06T23:47:56.678Z'],
		['2026-11-22 10:00:00.123000+00', '2026-11-22T10:00:00.123Z'],
		['2023-10-06 23:47:56+00', '2023-10-06T23:47:56.000Z'],
		['2023-10-06T23:47:56-0530', '2023-10-07T05:17:56.000Z'],
	])('reads %s', (text, expected) => {
		expect(new Date(readMoment(text)).toISOString()).toBe(expected);
	});

	it.each([
		'',
		'yesterday',
		'2024-02-22',
		'2024-02-22T23:41:12',
		'2024-13-45T23:41:12Z',
		'1708645272',
	])('does not guess at %j', (text) => {
		expect(readMoment(text)).toBeNaN();
	});
});

describe("Resend's webhooks", () => {
	const shown = {
		object: 'webhook',
		id: 'w-1',
		endpoint: 'https://n8n.example.com/webhook/events',
		events: ['email.bounced'],
		status: 'disabled',
		signing_secret: 'whsec_abc',
	};

	it('are registered once, for Resend would keep both', () => {
		const request = createWebhookRequest(shown.endpoint, shown.events);
		expect(request).toMatchObject({
			method: 'POST',
			path: '/webhooks',
			body: { endpoint: shown.endpoint, events: shown.events },
		});
		expect(request.isRepeatable).toBeUndefined();
		expect(readCreatedWebhook(answered(shown, 201), NOW)).toEqual({
			id: 'w-1',
			signingSecret: 'whsec_abc',
		});
		expect(errorOf(() => readCreatedWebhook(answered({ id: 'w-1' }), NOW)).details.kind).toBe(
			'unreadable',
		);
	});

	it('are read alone and in pages', () => {
		expect(getWebhookRequest('w/1').path).toBe('/webhooks/w%2F1');
		expect(readWebhook(answered(shown), NOW)).toEqual({
			id: 'w-1',
			endpoint: shown.endpoint,
			events: ['email.bounced'],
			isEnabled: false,
			signingSecret: 'whsec_abc',
		});
		expect(listWebhooksRequest('w-1').query).toEqual({ limit: 100, after: 'w-1' });
		const { signing_secret: _secret, ...row } = shown;
		const page = { object: 'list', has_more: true, data: [{ ...row, events: null }] };
		expect(readWebhookList(answered(page), NOW)).toEqual({
			webhooks: [{ id: 'w-1', endpoint: shown.endpoint, events: [], isEnabled: false }],
			next: 'w-1',
		});
	});

	it('are changed and removed', () => {
		const change = { endpoint: 'https://other.example', isEnabled: true };
		expect(updateWebhookRequest('w-1', change)).toMatchObject({
			method: 'PATCH',
			path: '/webhooks/w-1',
			body: { endpoint: 'https://other.example', status: 'enabled' },
			isRepeatable: true,
		});
		expect(updateWebhookRequest('w-1', { events: ['email.sent'], isEnabled: false }).body).toEqual({
			events: ['email.sent'],
			status: 'disabled',
		});
		expect(deleteWebhookRequest('w-1')).toMatchObject({ method: 'DELETE', path: '/webhooks/w-1' });
		expect(() => checkWebhookUpdate(answered({ id: 'w-1' }), NOW)).not.toThrow();
		expect(() => checkWebhookRemoval(answered(undefined, 204), NOW)).not.toThrow();
	});

	it('count as removed where they are gone already, and then cannot be changed', () => {
		const gone = answered({ name: 'not_found', statusCode: 404 }, 404);
		expect(() => checkWebhookRemoval(gone, NOW)).not.toThrow();
		expect(errorOf(() => checkWebhookUpdate(gone, NOW)).details.kind).toBe('not-found');
		expect(errorOf(() => checkWebhookRemoval(answered({}, 500), NOW)).isPassing).toBe(true);
	});
});
