/** What a person sees, and what is not lost, when RentCast fails. */
import { inspect } from 'node:util';
import { type AddressInfo, createServer, type Server } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { RENT_CAST_FAILURES } from '../../../sandbox/vendors/rentCast.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import {
	claimed,
	propertyIq,
	SAN_ANTONIO,
	startSurroundings,
	type Surroundings,
	withErrorOutput,
} from './surroundings.cts';

let around: Surroundings;
beforeAll(async () => {
	around = await startSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

/** The rows of the event log in a statement's values. */
function logOf(values: unknown[]): IDataObject[] {
	return JSON.parse(String(values.at(-1))) as IDataObject[];
}

interface Expected {
	message: string;
	kind: string;
	/** Attempts at each of the two questions. */
	attempts: number;
	advice?: string;
	status?: number;
}

describe('RentCast fails', () => {
	it.each<[string, Failure, Expected]>([
		[
			'401',
			RENT_CAST_FAILURES.unauthorized,
			{
				message: 'RentCast refused the credential (401)',
				kind: 'credential-refused',
				attempts: 1,
				status: 401,
				advice: 'press Test',
			},
		],
		[
			'403, billing',
			RENT_CAST_FAILURES.billing,
			{
				message: 'RentCast has no active subscription for this API key',
				kind: 'credential-refused',
				attempts: 1,
				status: 403,
				advice: 'activate a plan',
			},
		],
		[
			'429',
			{ ...RENT_CAST_FAILURES.rateLimited, headers: { 'retry-after': '0' } },
			{
				message: 'RentCast limits how often it may be asked',
				kind: 'rate-limited',
				attempts: 3,
				status: 429,
				advice: 'send fewer items',
			},
		],
		[
			'500',
			RENT_CAST_FAILURES.serverError,
			{
				message: 'RentCast is not available at the moment (500)',
				kind: 'unavailable',
				attempts: 3,
				status: 500,
			},
		],
		[
			'a web page',
			'html',
			{
				message: 'RentCast gave an answer that cannot be read',
				kind: 'unreadable',
				attempts: 1,
				status: 200,
				advice: 'base URL',
			},
		],
		[
			'nothing',
			'empty',
			{
				message: 'RentCast gave an answer that cannot be read',
				kind: 'unreadable',
				attempts: 1,
				status: 200,
			},
		],
		[
			'a cut connection',
			'reset',
			{ message: 'RentCast could not be reached', kind: 'unreachable', attempts: 3, status: 0 },
		],
		[
			'no answer',
			'timeout',
			{ message: 'RentCast did not answer in time', kind: 'timed-out', attempts: 3, status: 0 },
		],
	] as Array<[string, Failure, Expected]>)(
		'with %s: the item says what happened, what to do, and gives its claim back',
		async (_name, failure, { message, kind, attempts, status, advice = '' }) => {
			around.rentCast.failNext(failure, 2 * attempts);
			const { outputs, error } = await around.run(
				[withErrorOutput('enrich')],
				[claimed(SAN_ANTONIO)],
			);
			expect(error).toBeUndefined();
			expect(outputs[0]).toEqual([]);
			expect(outputs[1]).toHaveLength(1);
			const { json } = outputs[1]![0]!;
			expect(json).toMatchObject({
				error: message,
				message,
				event: SAN_ANTONIO,
				details: {
					itemIndex: 0,
					vendor: 'RentCast',
					kind,
					status,
					advice: expect.stringContaining(advice),
				},
			});

			const { failed } = (
				json.details as { stateStore: { failed: { query: string; values: unknown[] } } }
			).stateStore;
			expect(failed.query).toContain("state = 'released'");
			expect(failed.values.slice(0, 2)).toEqual(['property-enrichment:key', 'lease-1']);
			const tried = logOf(failed.values).filter(({ step }) => step === 'market-data');
			expect(tried).toHaveLength(2 * attempts);
			expect(around.rentCast.requests).toHaveLength(2 * attempts);
			expect(around.platform.deliveries).toEqual([]);
		},
		20_000,
	);

	it.each<[string, Failure]>([
		['400', RENT_CAST_FAILURES.badRequest],
		['404', RENT_CAST_FAILURES.notFound],
		['404 without a body', RENT_CAST_FAILURES.notFoundWithoutBody],
	])(
		'to know the place, with %s: that is an answer, and the listing goes on',
		async (_name, failure) => {
			around.rentCast.failNext(failure, 2);
			const [json] = await around.runStep(propertyIq('enrich'), [claimed(SAN_ANTONIO)]);
			const { notes } = json?.market as { notes: string[] };
			expect(notes).toHaveLength(2);
			expect(notes.join()).toContain('RentCast has no data');
			expect(around.platform.deliveries).toMatchObject([{ body: { source: 'insufficient_data' } }]);
		},
	);

	it('half-way: the answer that was paid for is kept', async () => {
		around.rentCast.failNext(RENT_CAST_FAILURES.billing);
		const { outputs } = await around.run([withErrorOutput('enrich')], [claimed(SAN_ANTONIO)]);
		const { failed } = (
			outputs[1]![0]!.json.details as { stateStore: { failed: { values: string[] } } }
		).stateStore;
		const answers = JSON.parse(failed.values[2]!) as object[];
		expect(answers).toMatchObject([{ vendor: 'RentCast', lifetimeSeconds: 86_400 }]);
	});

	it('for a moment: it is asked again and nobody notices', async () => {
		around.rentCast.failNext(RENT_CAST_FAILURES.serverError, 2);
		const [json] = await around.runStep(propertyIq('getMarketData'), [{ event: SAN_ANTONIO }]);
		expect(json).toMatchObject({ estimate: { source: 'rentcast' } });
		expect(around.rentCast.requests.length).toBeGreaterThan(2);
	});

	it('behind a port that nobody listens on: the key does not hang on the error that n8n saves', async () => {
		const credential = around.credentials.rentCastApi;
		around.credentials.rentCastApi = { ...credential, baseUrl: 'http://127.0.0.1:1/v1' };
		const { error } = await around.run([propertyIq('getMarketData')], [{ event: SAN_ANTONIO }]);
		around.credentials.rentCastApi = credential;
		expect(error).toMatchObject({
			message: 'RentCast could not be reached',
			description: expect.stringContaining('base URL'),
		});
		expect(inspect(error, { depth: 10 })).not.toContain(credential.apiKey);
	});

	it.each([
		'api.rentcast.io',
		'',
		'ftp://127.0.0.1',
		'http://127.0.0.1:99999/v1',
		'http://[::1/v1',
		'https:// x',
	])('behind the base URL %j: the message says where to look', async (baseUrl) => {
		const credential = around.credentials.rentCastApi;
		around.credentials.rentCastApi = { ...credential, baseUrl };
		const { error } = await around.run([propertyIq('getMarketData')], [{ event: SAN_ANTONIO }]);
		around.credentials.rentCastApi = credential;
		expect(error).toMatchObject({
			message: 'The credential has no usable URL',
			description: 'Open the credential and give an address that starts with https://.',
			context: { itemIndex: 0 },
		});
		expect(inspect(error, { depth: 10 })).not.toContain(credential.apiKey);
	});

	it('for want of a credential: the message says which', async () => {
		const step = { ...propertyIq('getMarketData'), credentials: [] };
		const { error } = await around.run([step], [{ event: SAN_ANTONIO }]);
		expect(error?.message).toBe(
			'This listing is in the United States, but no RentCast credential is chosen',
		);
	});
});

describe('a server that does not speak HTTP', () => {
	let server: Server;
	let answer: string;
	beforeAll(async () => {
		server = createServer((socket) => {
			socket.on('error', () => socket.destroy());
			socket.once('data', () => socket.end(answer));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		around.credentials.rentCastApi.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		around.credentials.rentCastApi.baseUrl = `${around.rentCast.url}/v1/`;
		await new Promise((resolve) => server.close(resolve));
	});

	it.each([
		['a banner of SSH', 'SSH-2.0-OpenSSH_9.6\r\n'],
		['a status that is none', 'HTTP/1.1 banana\r\n\r\n'],
		['a header that never ends', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
		['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"price":'],
		[
			'a compressed body that is not',
			'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc',
		],
	])('but sends %s is out of reach, and the claim is given back', async (_name, sent) => {
		answer = sent;
		const { outputs } = await around.run(
			[withErrorOutput('getMarketData')],
			[claimed(SAN_ANTONIO)],
		);
		expect(outputs[1]?.[0]?.json).toMatchObject({
			error: 'RentCast could not be reached',
			details: { kind: 'unreachable', passing: true, stateStore: { failed: expect.anything() } },
		});
	});
});

describe('a failure with no claim', () => {
	it('has no statement for the state store', async () => {
		const { outputs } = await around.run([withErrorOutput('enrich')], [{ event: {} }]);
		expect(outputs[1]?.[0]?.json.details).not.toHaveProperty('stateStore');
	});
});
