import { type StandIn, startStandIn } from '../../../sandbox/vendors/standIn.cts';
import { fetchSend } from '../fetchSend.cts';

describe('a stand-in', () => {
	let acme: StandIn;
	let resets = 0;

	beforeAll(async () => {
		acme = await startStandIn({
			name: 'Acme',
			routes(app) {
				app.get('/hello', (context) => context.json({ hello: true }));
				app.post('/echo', async (context) => context.json(await context.req.json(), 201));
			},
			answerHeaders: () => ({ 'x-acme': 'yes' }),
			onReset: () => resets++,
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
