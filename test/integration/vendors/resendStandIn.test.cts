/** Resend's own client against the stand-in: the half that we did not write. */
import { type CreateBatchOptions, Resend } from 'resend';

import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';

const KEY = 're_test_key';
const MAIL = {
	from: 'Acme Homes <news@example.com>',
	to: 'Ana <ana@example.net>',
	subject: 'Two bedrooms in Makati',
	html: '<p>Hello Ana</p>',
};

describe("Resend's client", () => {
	let standIn: ResendStandIn;
	let client: Resend;

	const mailTo = (to: string) => ({ ...MAIL, to });
	const recipients = () => standIn.mails.map(({ to }) => to.join());

	beforeAll(async () => {
		standIn = await startResend({
			apiKey: KEY,
			perSecond: 1000,
			events: false,
		});
		client = new Resend(KEY, { baseUrl: standIn.url });
	});
	beforeEach(() => standIn.reset());
	afterAll(() => standIn.close());

	it('sends a mail and reads it back', async () => {
		const { data } = await client.emails.send({
			...MAIL,
			text: 'Hello Ana',
			replyTo: 'agent@example.com',
			headers: { 'List-Unsubscribe': '<https://example.com/u>' },
			tags: [{ name: 'campaign', value: 'c-1' }],
		});
		const id = data!.id;
		expect(Object.keys(data!)).toEqual(['id']);
		expect(standIn.mails).toMatchObject([
			{
				id,
				from: MAIL.from,
				to: [MAIL.to],
				subject: MAIL.subject,
				html: MAIL.html,
				text: 'Hello Ana',
				replyTo: ['agent@example.com'],
				headers: { 'List-Unsubscribe': '<https://example.com/u>' },
				tags: [{ name: 'campaign', value: 'c-1' }],
				key: null,
			},
		]);
		const read = await client.emails.get(id);
		expect(read.data).toEqual({
			object: 'email',
			id,
			message_id: expect.stringMatching(/^<.+@.+>$/),
			from: MAIL.from,
			to: [MAIL.to],
			subject: MAIL.subject,
			html: MAIL.html,
			text: 'Hello Ana',
			tags: [{ name: 'campaign', value: 'c-1' }],
			cc: null,
			bcc: null,
			reply_to: ['agent@example.com'],
			created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00$/),
			last_event: 'queued',
			scheduled_at: null,
		});
	});

	it('is told the ids of a batch in the order of its mails', async () => {
		const batch = ['a', 'b', 'c'].map((name) => mailTo(`${name}@example.net`));
		const { data } = await client.batch.send(batch);
		expect(data).toEqual({ data: standIn.mails.map(({ id }) => ({ id })) });
		expect(recipients()).toEqual(['a@example.net', 'b@example.net', 'c@example.net']);
	});

	const MIXED = [mailTo('a@example.net'), mailTo('nobody'), mailTo('c@example.net'), mailTo('')];

	it('sends nothing of a strict batch with one bad mail', async () => {
		const { data, error } = await client.batch.send(MIXED);
		expect(data).toBeNull();
		expect(error).toEqual({
			statusCode: 422,
			name: 'validation_error',
			message: expect.stringMatching(/^Invalid `to` field\. The email address needs to follow/),
		});
		expect(recipients()).toEqual([]);
	});

	it('sends what is good of a permissive batch, and is told what is not', async () => {
		const { data } = await client.batch.send(MIXED, { batchValidation: 'permissive' });
		expect(data).toEqual({
			data: standIn.mails.map(({ id }) => ({ id })),
			errors: [
				{ index: 1, message: expect.stringMatching(/^Invalid `to` field/) },
				{ index: 3, message: 'Missing `to` field.' },
			],
		});
		expect(recipients()).toEqual(['a@example.net', 'c@example.net']);
	});

	it.each([
		[1, null],
		[100, null],
		[0, 422],
		[101, 422],
	])('sends batches of 1 to 100 mails: %i', async (size, statusCode) => {
		const batch = Array.from({ length: size }, (_, index) => mailTo(`p${index}@example.net`));
		const { error } = await client.batch.send(batch);
		expect(error?.statusCode ?? null).toBe(statusCode);
		expect(standIn.mails).toHaveLength(statusCode === null ? size : 0);
	});

	it.each<[string, object, number, string, RegExp]>([
		['no recipient', { to: [] }, 422, 'missing_required_field', /^Missing `to` field\.$/],
		['no sender', { from: undefined }, 422, 'missing_required_field', /`from`/],
		['no subject', { subject: '' }, 422, 'missing_required_field', /`subject`/],
		['no body', { html: undefined }, 422, 'validation_error', /^Missing `html` or `text` field/],
		['a broken sender', { from: 'Acme' }, 422, 'validation_error', /^Invalid `from` field/],
		['an unclosed sender', { from: 'A <a@example.com' }, 422, 'validation_error', /`from`/],
		[
			'51 recipients',
			{ to: Array(51).fill('a@example.net') },
			422,
			'validation_error',
			/`to` field must have 50/,
		],
		['a line break in the subject', { subject: 'Hi\nBcc: x@y.zz' }, 422, 'validation_error', /\\n/],
		['a line break in a header', { headers: { A: 'b\r\nC: d' } }, 422, 'validation_error', /head/],
		['a tag in words', { tags: [{ name: 'a', value: 'b c' }] }, 422, 'validation_error', /^Tags/],
		[
			'a long tag',
			{ tags: [{ name: 'a', value: 'b'.repeat(257) }] },
			422,
			'validation_error',
			/^Tags/,
		],
		[
			'an unverified domain',
			{ from: 'news@unverified.example' },
			403,
			'validation_error',
			/^The unverified\.example domain is not verified\. Please, add and verify your domain on/,
		],
		['a template', { html: undefined, template: { id: 't' } }, 404, 'not_found', /^Template not/],
	])('is refused %s', async (_name, change, statusCode, name, message) => {
		const { data, error } = await client.emails.send({ ...MAIL, ...change } as typeof MAIL);
		expect(data).toBeNull();
		expect(error).toEqual({ statusCode, name, message: expect.stringMatching(message) });
		expect(standIn.mails).toEqual([]);
	});

	it('takes 50 recipients and a tag of 256 characters', async () => {
		const { error } = await client.emails.send({
			...MAIL,
			to: Array<string>(50).fill('a@example.net'),
			tags: [{ name: 'a', value: 'b'.repeat(256) }],
		});
		expect(error).toBeNull();
	});

	it('attaches files to a mail, and not to those of a batch', async () => {
		const attachments = [{ filename: 'a.txt', content: 'aGVsbG8=' }];
		expect((await client.emails.send({ ...MAIL, attachments })).error).toBeNull();
		const batch: CreateBatchOptions = [Object.assign({ attachments }, MAIL)];
		expect((await client.batch.send(batch)).error).toMatchObject({ statusCode: 422 });
	});

	it('sends from listed domains only, where they are listed', async () => {
		const picky = await startResend({ domains: ['acme.ph'] });
		try {
			const other = new Resend('re_any', { baseUrl: picky.url });
			expect((await other.emails.send(MAIL)).error?.statusCode).toBe(403);
			expect((await other.emails.send({ ...MAIL, from: 'a@ACME.ph' })).error).toBeNull();
			expect((await other.emails.send({ ...MAIL, from: 'a@sub.acme.ph' })).error).not.toBeNull();
		} finally {
			await picky.close();
		}
	});

	it('lists mails, newest first, page by page and back', async () => {
		const batch = Array.from({ length: 5 }, (_, index) => mailTo(`p${index}@example.net`));
		await client.batch.send(batch);
		const list = async (options: Parameters<typeof client.emails.list>[0]) => {
			const { data } = await client.emails.list(options);
			return { more: data!.has_more, to: data!.data.map(({ to }) => to[0]!.slice(0, 2)) };
		};
		const idOf = (to: string) => standIn.mails.find((mail) => mail.to[0]!.startsWith(to))!.id;
		expect(await list({ limit: 2 })).toEqual({ more: true, to: ['p4', 'p3'] });
		expect(await list({ limit: 2, after: idOf('p3') })).toEqual({ more: true, to: ['p2', 'p1'] });
		expect(await list({ limit: 2, after: idOf('p1') })).toEqual({ more: false, to: ['p0'] });
		expect(await list({ limit: 2, before: idOf('p1') })).toEqual({ more: true, to: ['p3', 'p2'] });
		expect(await list({ limit: 3, before: idOf('p1') })).toEqual({
			more: false,
			to: ['p4', 'p3', 'p2'],
		});
		expect((await client.emails.list({ limit: 101 })).error?.statusCode).toBe(422);
		expect((await client.emails.list({ after: 'x' })).error?.statusCode).toBe(422);
		const [first] = (await client.emails.list()).data!.data;
		expect(Object.keys(first!)).not.toEqual(expect.arrayContaining(['html']));
		expect(Object.keys(first!)).not.toEqual(expect.arrayContaining(['tags']));
	});

	it('is told what is not there, and what is not JSON', async () => {
		expect((await client.emails.get('x')).error).toEqual({
			statusCode: 404,
			name: 'not_found',
			message: 'Email not found',
		});
		expect((await client.get('/nothing')).error).toMatchObject({ name: 'not_found' });
		const broken = await fetch(`${standIn.url}/emails`, {
			method: 'POST',
			headers: { authorization: `Bearer ${KEY}` },
			body: '{',
		});
		expect(broken.status).toBe(400);
	});

	it('forgets the bodies of big tests', async () => {
		const lean = await startResend({ keepBodies: false, events: false });
		try {
			const other = new Resend('re_any', { baseUrl: lean.url });
			await other.batch.send([MAIL]);
			expect(lean.mails).toMatchObject([{ subject: MAIL.subject, html: null, text: null }]);
			expect(lean.requests).toMatchObject([{ path: '/emails/batch', body: undefined }]);
		} finally {
			await lean.close();
		}
	});
});
