import { type StandIn, startStandIn } from '../../../sandbox/vendors/standIn.cts';
import { fetchSend } from '../fetchSend.cts';

describe('a stand-in', () => {
	let acme: StandIn;
	let resets = 0;
	const parcels: string[] = [];

	beforeAll(async () => {
		acme = await startStandIn({
			name: 'Acme',
			routes(app) {
				app.get('/hello', (context) => context.json({ hello: true }));
				app.post('/parcels', (context) => {
					parcels.push('parcel');
					return context.json({ id: parcels.length }, 201);
				});
				app.post('/text', async (context) => context.text(await context.req.text()));
				app.post('/echo', async (context) => context.json(await context.req.json(), 201));
			},
			answerHeaders: () => ({ 'x-acme': 'yes' }),
			onReset() {
				resets++;
				parcels.length = 0;
			},
		});
	});
	beforeEach(() => acme.reset());
	afterAll(() => acme.close());

	const send = (path: string, timeoutMs = 2000) =>
		fetchSend(acme.url, {}, timeoutMs)({ method: 'GET', path });

	it('listens on this machine only', () => {
		expect(acme.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	});

	it('remembers what it was asked, and masks what is secret', async () => {
		const key = 'key-of-acme-1234';
		await fetchSend(acme.url, { authorization: `Bearer ${key}`, 'x-api-key': key })({
			method: 'POST',
			path: '/echo',
			query: { page: 2, api_token: key },
			body: { name: 'Ana' },
		});
		expect(acme.requests).toEqual([
			{
				method: 'POST',
				path: '/echo',
				query: { page: '2', api_token: '(present)' },
				headers: expect.objectContaining({
					authorization: '(present)',
					'x-api-key': '(present)',
					'content-type': 'application/json',
				}),
				body: { name: 'Ana' },
				at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/),
			},
		]);
		expect(JSON.stringify(acme.requests)).not.toContain(key);
	});

	it.each([
		['a form', 'grant_type=password&password=s3cret&client_secret=s3%2Bcret'],
		['the start of a form', 'refresh_token=s3cret&access_token=s3cret'],
		['JSON', JSON.stringify({ client_secret: 's3cret', user: { password: ['s3cret'] } })],
		['a list', JSON.stringify([{ access_token: 's3cret', refresh_token: { is: 's3cret' } }])],
	])('masks what is secret in %s, for those who look and not for the vendor', async (_, body) => {
		const answer = await fetch(`${acme.url}/text`, { method: 'POST', body });
		expect(await answer.text()).toBe(body);
		const seen = JSON.stringify(acme.requests[0]?.body);
		expect(seen).not.toMatch(/s3/);
		expect(seen.match(/\(present\)/g)).toHaveLength(2);
	});

	it('leaves alone what only sounds like a secret', async () => {
		const form = 'old_password_hint=none&note=access_token';
		const json = { passwords: 2, note: 'client_secret=x' };
		for (const body of [form, JSON.stringify(json)]) {
			await fetch(`${acme.url}/text`, { method: 'POST', body });
		}
		expect(acme.requests.map(({ body }) => body)).toEqual([form, json]);
	});

	it('fails as often as it is told to, in that order, and then works', async () => {
		acme.failNext({ status: 503, body: { error: 'busy' }, headers: { 'retry-after': '1' } }, 2);
		acme.failNext({ status: 404 });
		const answers = [];
		for (let times = 0; times < 4; times++) answers.push(await send('/hello'));
		expect(answers.map(({ status }) => status)).toEqual([503, 503, 404, 200]);
		expect(answers[0]).toMatchObject({
			body: { error: 'busy' },
			headers: { 'retry-after': '1', 'x-acme': 'yes' },
		});
		expect(answers[2]?.body).toBeUndefined();
		expect(acme.requests).toHaveLength(4);
	});

	it.each([
		['timeout', { status: 0, noAnswer: 'timed-out' }],
		['reset', { status: 0, noAnswer: 'unreachable' }],
		['html', { status: 200, body: expect.stringContaining('<!doctype html>') }],
		['empty', { status: 200, body: undefined }],
	] as const)('fails by %s', async (failure, expected) => {
		acme.failNext(failure);
		expect(await send('/hello', 150)).toMatchObject(expected);
		expect((await send('/hello')).status).toBe(200);
	});

	const post = (path: string, timeoutMs = 2000) =>
		fetchSend(acme.url, {}, timeoutMs)({ method: 'POST', path, body: {} });

	it.each([
		['timeout', { status: 0, noAnswer: 'timed-out' }],
		['reset', { status: 0, noAnswer: 'unreachable' }],
		['html', { status: 200, body: expect.stringContaining('<!doctype html>') }],
		[
			{ status: 500, body: { error: 'broken' } },
			{ status: 500, body: { error: 'broken' } },
		],
	] as const)('can do what it is asked and lose the answer, by %p', async (failure, expected) => {
		acme.failNext(failure, 1, { accepted: true });
		expect(await post('/parcels', 150)).toMatchObject(expected);
		expect(parcels).toHaveLength(1);
		expect((await post('/parcels')).body).toEqual({ id: 2 });
	});

	it('does nothing of what it is asked where it fails in any other way', async () => {
		acme.failNext({ status: 500 });
		await post('/parcels');
		expect(parcels).toEqual([]);
	});

	it('fails only the requests that match, and keeps the failure for them', async () => {
		acme.failNext({ status: 503 }, 2, { matching: ({ method }) => method === 'POST' });
		acme.failNext({ status: 404 }, 1, { matching: ({ path }) => path === '/hello' });
		const statuses = [];
		for (const ask of [send, post, send, post, post]) {
			statuses.push((await ask(ask === send ? '/hello' : '/parcels')).status);
		}
		expect(statuses).toEqual([404, 503, 200, 503, 201]);
	});

	it('has the failure that was ordered first, of those that match', async () => {
		acme.failNext({ status: 503 }, 1, { matching: ({ path }) => path === '/hello' });
		acme.failNext({ status: 500 });
		expect((await send('/hello')).status).toBe(503);
		expect((await send('/hello')).status).toBe(500);
	});

	it('is healed with everything it holds', async () => {
		await post('/parcels');
		acme.failNext('reset', 5);
		acme.delayMs = 10_000;
		const before = { resets, requests: acme.requests.length };
		acme.heal();
		expect((await post('/parcels')).body).toEqual({ id: 2 });
		expect({ resets, requests: acme.requests.length }).toEqual({
			resets: before.resets,
			requests: before.requests + 1,
		});
	});

	it('answers late when it is told to', async () => {
		acme.delayMs = 120;
		expect((await send('/hello', 60)).noAnswer).toBe('timed-out');
		expect((await send('/hello')).status).toBe(200);
	});

	it('forgets everything on reset', async () => {
		acme.failNext('reset', 5);
		acme.delayMs = 10_000;
		await send('/hello', 50);
		const before = resets;
		acme.reset();
		expect({ resets, requests: acme.requests, delayMs: acme.delayMs }).toEqual({
			resets: before + 1,
			requests: [],
			delayMs: 0,
		});
		expect((await send('/hello')).status).toBe(200);
	});

	it('ends also while somebody waits for an answer', async () => {
		const other = await startStandIn({ name: 'Other', routes: () => {} });
		other.failNext('timeout');
		const waiting = fetchSend(other.url)({ method: 'GET', path: '/' });
		while (other.requests.length === 0) await new Promise(setImmediate);
		await other.close();
		expect((await waiting).noAnswer).toBe('unreachable');
	});
});
