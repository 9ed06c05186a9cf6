import { createClock } from '../../../sandbox/clock.cts';
import { startConsole } from '../../../sandbox/console/console.cts';
import { linksOf } from '../../../sandbox/console/mailLinks.cts';
import { type Listening, listen } from '../../../sandbox/listen.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { type MetaStandIn, startMeta } from '../../../sandbox/vendors/meta.cts';
import { type ResendStandIn, startResend } from '../../../sandbox/vendors/resend.cts';
import { SECRET } from './callBack.cts';

let database: Database;
let platform: Platform;
let resend: ResendStandIn;
let meta: MetaStandIn;
let operator: Listening;

beforeAll(async () => {
	database = await startDatabase();
	platform = await startPlatform({
		database,
		clock: createClock(),
		signingSecret: SECRET,
		n8nUrl: 'http://127.0.0.1:9/webhook',
		deliver: false,
	});
	resend = await startResend({ events: false, perSecond: 1_000 });
	meta = await startMeta();
	operator = await startConsole({
		platform,
		vendors: { resend },
		crms: {},
		mailbox: resend,
		meta,
	});
}, 30_000);

afterAll(async () => {
	await operator.close();
	await resend.close();
	await meta.close();
	await platform.close();
	await database.close();
});

async function get(path: string) {
	const response = await fetch(`${operator.url}/console/api/${path}`);
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function post(path: string, body: unknown) {
	const response = await fetch(`${operator.url}/console/api/${path}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const shown = async () => (await get('state')).body.mailbox as Record<string, unknown>[];

/** A mail as a campaign sends it; answers its id. */
async function send(changes: object = {}): Promise<string> {
	const response = await fetch(`${resend.url}/emails`, {
		method: 'POST',
		headers: { Authorization: 'Bearer re_test', 'Content-Type': 'application/json' },
		body: JSON.stringify({
			from: 'Sales <sales@company.com>',
			to: ['maria.penaflor@example.com'],
			subject: 'A home in Parañaque',
			html: '<p>Hello</p><a href="https://homes.example.com/paranaque?utm_source=a&amp;b=1">See it</a>',
			text: 'Hello. See it: https://homes.example.com/paranaque',
			...changes,
		}),
	});
	const { id } = (await response.json()) as { id: string };
	return id;
}

describe('the mailbox in the console', () => {
	beforeEach(() => resend.reset());

	it('lists the newest 30 mails, newest first, without their content', async () => {
		for (let n = 1; n <= 31; n++) await send({ subject: `Mail ${n}` });
		const mails = await shown();
		expect(mails.map(({ subject }) => subject)).toEqual(
			Array.from({ length: 30 }, (_, index) => `Mail ${31 - index}`),
		);
		expect(Object.keys(mails[0]!).sort()).toEqual([
			...['at', 'events', 'id', 'lastEvent', 'subject', 'to'],
		]);
	});

	it('opens a mail with both parts, its headers and where its links lead', async () => {
		const id = await send({ headers: { 'List-Unsubscribe': '<http://127.0.0.1:1/u>' } });
		expect(await get(`mails/${id}`)).toEqual({
			status: 200,
			body: {
				id,
				from: 'Sales <sales@company.com>',
				to: ['maria.penaflor@example.com'],
				subject: 'A home in Parañaque',
				html: expect.stringContaining('<p>Hello</p>'),
				text: 'Hello. See it: https://homes.example.com/paranaque',
				headers: { 'List-Unsubscribe': '<http://127.0.0.1:1/u>' },
				links: ['https://homes.example.com/paranaque?utm_source=a&b=1'],
			},
		});
		expect((await get('mails/nobody')).status).toBe(404);
	});

	it.each([
		['open', 'opened'],
		['bounce', 'bounced'],
		['complain', 'complained'],
	])('lets a person %s: then it is %s', async (act, event) => {
		const id = await send();
		expect((await post(`mails/${id}/${act}`, {})).status).toBe(200);
		expect((await shown())[0]).toMatchObject({ id, lastEvent: event, events: [event] });
		expect(resend.suppressed()).toEqual(act === 'open' ? [] : ['maria.penaflor@example.com']);
	});

	it('lets a person click a link of the mail, and no other', async () => {
		const id = await send();
		const link = 'https://homes.example.com/paranaque?utm_source=a&b=1';
		expect((await post(`mails/${id}/click`, { link })).status).toBe(200);
		for (const other of ['https://evil.example/', undefined, null, ['x']]) {
			expect(await post(`mails/${id}/click`, { link: other })).toEqual({
				status: 409,
				body: { error: 'The mail has no such link.' },
			});
		}
		expect((await shown())[0]).toMatchObject({ events: ['clicked'] });
	});

	it.each(['explode', 'constructor'])('has no button "%s"', async (act) => {
		expect((await post(`mails/${await send()}/${act}`, {})).status).toBe(404);
		expect((await post('mails/nobody/open', {})).status).toBe(404);
	});

	it('can lose its answers and run out of quota, and keeps its mails when that is over', async () => {
		await send();
		await post('vendors/resend/accept-silent', {});
		await expect(
			fetch(`${resend.url}/domains`, { signal: AbortSignal.timeout(200) }),
		).rejects.toMatchObject({ name: 'TimeoutError' });
		await post('vendors/resend/quota', {});
		expect(await send()).toBeUndefined();
		await post('vendors/resend/normal', {});
		await send();
		expect(await shown()).toHaveLength(2);
	});
});

describe('to unsubscribe', () => {
	let requests: {
		method: string;
		contentType: string | null;
		cookie: string | null;
		body: string;
	}[];
	let list: Listening;

	beforeAll(async () => {
		list = await listen(async (request) => {
			requests.push({
				method: request.method,
				contentType: request.headers.get('content-type'),
				cookie: request.headers.get('cookie'),
				body: await request.text(),
			});
			if (request.url.endsWith('/moved')) return Response.redirect(`${list.url}/elsewhere`, 302);
			return new Response('', { status: request.url.endsWith('/gone') ? 404 : 202 });
		});
	});

	afterAll(async () => await list.close());

	beforeEach(() => {
		requests = [];
	});

	const ONE_CLICK = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

	it('posts one click to the address of the mail, as RFC 8058 has it', async () => {
		const address = `${list.url}/leave?token=a%2Bb`;
		const id = await send({
			headers: {
				'list-unsubscribe': `<mailto:leave@company.com>, <${address}>`,
				'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
			},
		});
		expect((await post(`mails/${id}/unsubscribe`, {})).status).toBe(200);
		expect(requests).toEqual([
			{
				method: 'POST',
				contentType: 'application/x-www-form-urlencoded',
				cookie: null,
				body: 'List-Unsubscribe=One-Click',
			},
		]);
	});

	it.each([
		['offers no way', () => ({}), 'The mail offers no one-click unsubscribe.', 0],
		[
			'does not offer one click',
			() => ({ 'List-Unsubscribe': `<${list.url}/leave>` }),
			'The mail offers no one-click unsubscribe.',
			0,
		],
		[
			'offers a mail address alone',
			() => ({ ...ONE_CLICK, 'List-Unsubscribe': '<mailto:leave@company.com>' }),
			'The mail offers no one-click unsubscribe.',
			0,
		],
		[
			'leads to another machine',
			() => ({ ...ONE_CLICK, 'List-Unsubscribe': '<https://company.com/leave>' }),
			'company.com is not on this machine; the sandbox asks nobody else.',
			0,
		],
		[
			'only looks as if it led to this machine',
			() => ({ ...ONE_CLICK, 'List-Unsubscribe': '<http://127.0.0.1@company.com/leave>' }),
			'company.com is not on this machine; the sandbox asks nobody else.',
			0,
		],
		[
			'leads nowhere',
			() => ({ ...ONE_CLICK, 'List-Unsubscribe': `<${list.url}/gone>` }),
			'The unsubscribe address answered 404.',
			1,
		],
		[
			'leads somewhere else again',
			() => ({ ...ONE_CLICK, 'List-Unsubscribe': `<${list.url}/moved>` }),
			'The unsubscribe address answered 302.',
			1,
		],
		[
			'leads to a port where nobody listens',
			() => ({ ...ONE_CLICK, 'List-Unsubscribe': '<http://127.0.0.1:9/leave>' }),
			'The unsubscribe address did not answer.',
			0,
		],
	])('says what stands in the way where the mail %s', async (_name, headers, error, asked) => {
		const id = await send({ headers: headers() });
		expect(await post(`mails/${id}/unsubscribe`, {})).toEqual({ status: 409, body: { error } });
		expect(requests).toHaveLength(asked);
	});
});

describe('the links of a mail', () => {
	it.each([
		['<a class="x" href="https://a.example/">a</a>', ['https://a.example/']],
		[
			"<A\nHREF = 'http://a.example/?a=1&amp;b=&#39;2&#x27;'>a</A>",
			["http://a.example/?a=1&b='2'"],
		],
		['<a href="https://a.example/"></a><a href="https://a.example/"></a>', ['https://a.example/']],
		['<a href="javascript:alert(1)">a</a><a href="mailto:a@b.c">b</a><a href="#top">c</a>', []],
		['<area href="https://a.example/"><p href="https://b.example/">', []],
		['<a data-href="https://a.example/">a</a>', []],
		['<a href="https://a.example/&amp;lt;">a</a>', ['https://a.example/&lt;']],
		['', []],
		[null, []],
	])('of %j are %j', (html, links) => {
		expect(linksOf(html)).toEqual(links);
	});
});
