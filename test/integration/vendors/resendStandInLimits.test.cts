/** How often and how much a team may send, as Resend's own client is told. */
import { Resend } from 'resend';

import {
	RESEND_FAILURES,
	type ResendStandIn,
	startResend,
} from '../../../sandbox/vendors/resend.cts';

const MAIL = {
	from: 'news@example.com',
	to: 'ana@example.net',
	subject: 'Hello',
	html: '<p>Hello</p>',
};

describe("Resend's limits", () => {
	let standIn: ResendStandIn;
	let client: Resend;
	let now = 0;

	beforeAll(async () => {
		standIn = await startResend({ perSecond: 5, events: false, now: () => now });
		client = new Resend('re_any', { baseUrl: standIn.url });
	});
	beforeEach(() => {
		now = Date.parse('2026-11-22T10:00:00Z');
		standIn.reset();
	});
	afterAll(() => standIn.close());

	const rateOf = (headers: Record<string, string> | null) =>
		Object.fromEntries(
			Object.entries(headers ?? {}).filter(([name]) => /^(ratelimit|retry)-/.test(name)),
		);

	it('are counted down in the headers', async () => {
		expect(rateOf((await client.domains.list()).headers)).toEqual({
			'ratelimit-limit': '5',
			'ratelimit-policy': '5;w=1',
			'ratelimit-remaining': '4',
			'ratelimit-reset': '1',
		});
		expect(rateOf((await client.emails.get('x')).headers)).toMatchObject({
			'ratelimit-remaining': '3',
		});
	});

	it('refuse the sixth request of a second, whichever key it has', async () => {
		const other = new Resend('re_other', { baseUrl: standIn.url });
		for (let count = 0; count < 5; count++) {
			const { error } = await (count % 2 ? other : client).emails.send(MAIL);
			expect(error).toBeNull();
		}
		now += 999;
		const { error, headers } = await client.emails.send(MAIL);
		expect(error).toEqual({
			statusCode: 429,
			name: 'rate_limit_exceeded',
			message: expect.stringMatching(
				/^Too many requests\. You can only make 5 requests per second/,
			),
		});
		expect(rateOf(headers)).toEqual({
			'ratelimit-limit': '5',
			'ratelimit-policy': '5;w=1',
			'ratelimit-remaining': '0',
			'ratelimit-reset': '1',
			'retry-after': '1',
		});
		expect(standIn.refused429()).toBe(1);
		expect(standIn.mails).toHaveLength(5);
		now += 1;
		expect((await client.emails.send(MAIL)).error).toBeNull();
	});

	it('begin anew on order', async () => {
		for (let count = 0; count < 5; count++) await client.emails.send(MAIL);
		standIn.resetWindow();
		expect((await client.emails.send(MAIL)).error).toBeNull();
		expect(standIn.refused429()).toBe(0);
	});

	it('say how many mails were sent so far', async () => {
		await client.batch.send([MAIL, MAIL]);
		const { headers } = await client.emails.send(MAIL);
		expect(headers).toMatchObject({ 'x-resend-daily-quota': '3', 'x-resend-monthly-quota': '3' });
	});

	it.each(['daily', 'monthly'] as const)('end at a %s quota, mail by mail', async (quota) => {
		standIn.exhaustQuota(quota, 3);
		expect((await client.batch.send([MAIL, MAIL])).error).toBeNull();
		expect((await client.batch.send([MAIL, MAIL])).error).toEqual({
			statusCode: 429,
			name: `${quota}_quota_exceeded`,
			message: `You have reached your ${quota} email sending quota.`,
		});
		expect((await client.emails.send(MAIL)).error).toBeNull();
		expect((await client.emails.send(MAIL)).error?.name).toBe(`${quota}_quota_exceeded`);
		expect(standIn.mails).toHaveLength(3);
		expect(standIn.refused429()).toBe(0);
		standIn.heal();
		expect((await client.emails.send(MAIL)).error).toBeNull();
		expect(standIn.mails).toHaveLength(4);
	});

	it('give the answer of a key when the quota is used up', async () => {
		standIn.exhaustQuota('daily', 1);
		const first = await client.emails.send(MAIL, { idempotencyKey: 'k' });
		const second = await client.emails.send(MAIL, { idempotencyKey: 'k' });
		expect(second.data).toEqual(first.data);
	});

	it('may begin with a quota, which a reset restores', async () => {
		const small = await startResend({ quota: 1, events: false });
		try {
			const other = new Resend('re_any', { baseUrl: small.url });
			expect((await other.batch.send([MAIL, MAIL])).error?.name).toBe('daily_quota_exceeded');
			expect((await other.emails.send(MAIL)).error).toBeNull();
			small.reset();
			expect((await other.emails.send(MAIL)).error).toBeNull();
			expect((await other.emails.send(MAIL)).error?.name).toBe('daily_quota_exceeded');
		} finally {
			await small.close();
		}
	});

	it.each(Object.entries(RESEND_FAILURES).filter(([, { body }]) => typeof body === 'object'))(
		'can be told by failNext: %s',
		async (_name, failure) => {
			standIn.failNext(failure, 1, { matching: ({ path }) => path === '/emails/batch' });
			expect((await client.emails.send(MAIL)).error).toBeNull();
			const { error, headers } = await client.batch.send([MAIL]);
			expect(error).toEqual(failure.body);
			expect(headers?.['retry-after']).toBe(
				'headers' in failure ? failure.headers?.['retry-after'] : undefined,
			);
			expect(standIn.mails).toHaveLength(1);
		},
	);
});
