/** What the stand-in remembers of idempotency keys, through Resend's own client. */
import { Resend } from 'resend';

import {
	RESEND_FAILURES,
	type ResendStandIn,
	startResend,
} from '../../../sandbox/vendors/resend.cts';

const HOUR_MS = 3_600_000;
const MAIL = {
	from: 'news@example.com',
	to: 'ana@example.net',
	subject: 'Hello',
	html: '<p>Hello</p>',
};
const BATCH = [MAIL, { ...MAIL, to: 'ben@example.net' }];

describe('an idempotency key', () => {
	let standIn: ResendStandIn;
	let client: Resend;

	beforeAll(async () => {
		standIn = await startResend({ perSecond: 1000, events: false });
		client = new Resend('re_any', { baseUrl: standIn.url });
	});
	beforeEach(() => standIn.reset());
	afterAll(() => standIn.close());

	const sendBatch = async (idempotencyKey: string, batch = BATCH) =>
		await client.batch.send(batch, { idempotencyKey });

	it('gives the first answer again, and sends nothing again', async () => {
		const first = await sendBatch('campaign/c-1/0');
		const second = await sendBatch('campaign/c-1/0');
		expect(second.data).toEqual(first.data);
		expect(standIn.mails).toHaveLength(2);
		expect(standIn.mails.map(({ key }) => key)).toEqual(['campaign/c-1/0', 'campaign/c-1/0']);
		await sendBatch('campaign/c-1/1');
		expect(standIn.mails).toHaveLength(4);
	});

	it('gives the errors of a permissive batch again', async () => {
		const options = { idempotencyKey: 'k', batchValidation: 'permissive' as const };
		const batch = [MAIL, { ...MAIL, to: 'nobody' }];
		const first = await client.batch.send(batch, options);
		expect(first.data?.errors).toHaveLength(1);
		expect((await client.batch.send(batch, options)).data).toEqual(first.data);
		expect(standIn.mails).toHaveLength(1);
	});

	it('is refused for another payload, and at another address', async () => {
		await sendBatch('k');
		const refusal = RESEND_FAILURES.otherPayload.body;
		expect((await sendBatch('k', [...BATCH].reverse())).error).toEqual(refusal);
		expect((await client.emails.send(MAIL, { idempotencyKey: 'k' })).error).toEqual(refusal);
		expect(standIn.mails).toHaveLength(2);
	});

	it('sends one batch for twenty equal requests at once', async () => {
		const answers = await Promise.all(Array.from({ length: 20 }, async () => await sendBatch('k')));
		expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
		expect(standIn.mails).toHaveLength(2);
	});

	it('is refused while its first request is in progress', async () => {
		standIn.processingMs = 100;
		const answers = await Promise.all(Array.from({ length: 20 }, async () => await sendBatch('k')));
		const accepted = answers.filter(({ error }) => error === null);
		expect(accepted).toHaveLength(1);
		for (const { error } of answers.filter((answer) => !accepted.includes(answer))) {
			expect(error).toEqual(RESEND_FAILURES.concurrentRequests.body);
		}
		expect((await sendBatch('k')).data).toEqual(accepted[0]!.data);
		expect(standIn.mails).toHaveLength(2);
	});

	it('is remembered for 24 hours', async () => {
		const first = await sendBatch('k');
		standIn.advance(24 * HOUR_MS - 5000);
		expect((await sendBatch('k')).data).toEqual(first.data);
		standIn.advance(6000);
		expect((await sendBatch('k')).data).not.toEqual(first.data);
		expect(standIn.mails).toHaveLength(4);
		const [old, , later] = standIn.mails.map(({ at }) => Date.parse(at));
		expect(later! - old!).toBeGreaterThan(24 * HOUR_MS);
	});

	it('is free again after a refusal', async () => {
		const bad = await sendBatch('k', [{ ...MAIL, to: 'nobody' }]);
		expect(bad.error?.statusCode).toBe(422);
		expect((await sendBatch('k')).error).toBeNull();
	});

	it.each([
		['no character', 0, 400],
		['256 characters', 256, 200],
		['257 characters', 257, 400],
	])('has 1 to 256 characters: %s', async (_name, length, status) => {
		const answer = await fetch(`${standIn.url}/emails`, {
			method: 'POST',
			headers: { authorization: 'Bearer re_any', 'idempotency-key': 'k'.repeat(length) },
			body: JSON.stringify(MAIL),
		});
		expect(answer.status).toBe(status);
		const body = (await answer.json()) as { name?: string };
		expect(body.name).toBe(status === 400 ? 'invalid_idempotency_key' : undefined);
	});

	it('finds the mails that were taken when only the answer was lost', async () => {
		standIn.failNext('reset', 1, { accepted: true });
		expect((await sendBatch('k')).error).toMatchObject({ statusCode: null });
		expect(standIn.mails).toHaveLength(2);
		const { data } = await sendBatch('k');
		expect(data).toEqual({ data: standIn.mails.map(({ id }) => ({ id })) });
		expect(standIn.mails).toHaveLength(2);
	});

	it('is forgotten by a reset', async () => {
		await sendBatch('k');
		standIn.reset();
		await sendBatch('k');
		expect(standIn.mails).toHaveLength(2);
	});
});
