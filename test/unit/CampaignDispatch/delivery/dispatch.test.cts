import { dispatchBatches } from '../../../../nodes/CampaignDispatch/delivery/dispatch';
import { withRetries } from '../../../../nodes/shared/http/retry';
import type { HttpRequest, HttpResponse, Send } from '../../../../nodes/shared/http/send';
import { type ResendMail, resendRetries } from '../../../../nodes/shared/vendors/resend';
import { createVirtualTime } from '../../shared/http/virtualTime.cts';
import { makeBatches } from './batches.cts';

const LATENCY_MS = 100;

type Answer = Pick<HttpResponse, 'status' | 'body'> & { headers?: Record<string, string> };

const NO_ANSWER: Answer = { status: 0, body: undefined };

function refusal(status: number, name: string, message = 'No.'): Answer {
	return { status, body: { statusCode: status, name, message } };
}

function taken(request: HttpRequest): Answer {
	const mails = request.body as ResendMail[];
	return { status: 200, body: { data: mails.map(({ to }) => ({ id: `id of ${to[0]}` })) } };
}

function keyOf(request: HttpRequest): string {
	return request.headers?.['Idempotency-Key'] ?? '';
}

/** Answers as it is told, and takes everything else. */
async function dispatched(options: {
	batches?: number;
	mailsEach?: number;
	inFlight?: number;
	validation?: 'strict' | 'permissive';
	attemptedBefore?: boolean;
	answer(request: HttpRequest, turn: number): Answer | undefined;
}) {
	const { batches: count = 4, mailsEach = 2, inFlight = 1, validation = 'strict' } = options;
	const time = createVirtualTime();
	const requests: HttpRequest[] = [];
	let inFlightNow = 0;
	let mostInFlight = 0;
	const send: Send = async (request) => {
		requests.push(request);
		const turn = requests.length;
		mostInFlight = Math.max(mostInFlight, ++inFlightNow);
		await time.wait(LATENCY_MS);
		inFlightNow -= 1;
		return { headers: {}, ...(options.answer(request, turn) ?? taken(request)) };
	};
	const result = await time.run(
		dispatchBatches({
			send: withRetries(send, { clock: time, random: () => 0, ...resendRetries }),
			clock: time,
			batches: makeBatches(count, mailsEach).map((batch) => ({
				...batch,
				...(options.attemptedBefore && { firstAttemptAt: time.now() - 60_000 }),
			})),
			inFlight,
			validation,
		}),
	);
	return {
		...result,
		requests,
		keys: requests.map(keyOf),
		mostInFlight,
		states: result.outcomes.map(({ outcome }) => outcome),
	};
}

describe('sending the batches of a campaign', () => {
	it('sends each once, under its key, and says what became of each mail', async () => {
		const { outcomes, keys, stopped } = await dispatched({ batches: 3, answer: () => undefined });
		expect(stopped).toBeUndefined();
		expect(keys).toEqual(['campaign/c-1/1', 'campaign/c-1/2', 'campaign/c-1/3']);
		expect(outcomes[1]).toEqual({
			key: 'campaign/c-1/2',
			outcome: 'sent',
			results: [
				{ index: 0, state: 'sent', emailId: 'id of person-2@example.com' },
				{ index: 1, state: 'sent', emailId: 'id of person-3@example.com' },
			],
		});
	});

	it('has several on the way, as many as it may', async () => {
		const run = await dispatched({ batches: 10, inFlight: 3, answer: () => undefined });
		expect(run.mostInFlight).toBe(3);
		expect(run.keys).toEqual(run.outcomes.map(({ key }) => key));
	});

	it('does nothing with nothing', async () => {
		expect(await dispatched({ batches: 0, answer: () => undefined })).toMatchObject({
			outcomes: [],
			keys: [],
		});
	});

	it('keeps the mails that Resend takes, and says why it refused the others', async () => {
		const { outcomes } = await dispatched({
			batches: 1,
			mailsEach: 3,
			validation: 'permissive',
			answer: () => ({
				status: 200,
				body: { data: [{ id: 'a' }, { id: 'c' }], errors: [{ index: 1, message: 'Invalid to.' }] },
			}),
		});
		expect(outcomes[0]).toMatchObject({
			outcome: 'sent',
			results: [
				{ index: 0, state: 'sent', emailId: 'a' },
				{ index: 1, state: 'refused', reason: 'Invalid to.' },
				{ index: 2, state: 'sent', emailId: 'c' },
			],
		});
	});

	it.each<[string, Answer, string]>([
		['a key that is missing', refusal(401, 'missing_api_key'), 'credential-refused'],
		['a key that is wrong', refusal(403, 'invalid_api_key'), 'credential-refused'],
		['a sender that is not verified', refusal(403, 'validation_error'), 'rejected'],
		['a mail that is not well made', refusal(422, 'validation_error'), 'rejected'],
		['a bad idempotency key', refusal(400, 'invalid_idempotency_key'), 'rejected'],
		['the quota of the day', refusal(429, 'daily_quota_exceeded'), 'quota-exhausted'],
		['the quota of the month', refusal(429, 'monthly_quota_exceeded'), 'quota-exhausted'],
		['an address without an API', { status: 404, body: '<html>' }, 'not-found'],
		['a redirect', { status: 302, body: '' }, 'redirected'],
	])('stops for %s, at once, and the rest can be sent later', async (_name, answer, kind) => {
		const run = await dispatched({
			answer: (request) => (keyOf(request).endsWith('/2') ? answer : undefined),
		});
		expect(run.states).toEqual(['sent', 'unsent', 'unsent', 'unsent']);
		expect(run.keys).toEqual(['campaign/c-1/1', 'campaign/c-1/2']);
		expect(run.stopped).toMatchObject({ kind, isPassing: false });
		expect(run.stopped?.advice).toMatch(/\.$/);
		expect(run.outcomes[3]).toMatchObject({ reason: run.stopped?.message });
	});

	it('ends what is on the way when it stops, and starts nothing more', async () => {
		const run = await dispatched({
			batches: 10,
			inFlight: 3,
			answer: (request) =>
				keyOf(request).endsWith('/2') ? refusal(429, 'daily_quota_exceeded') : undefined,
		});
		// The first had ended when the second came back, so one more had started.
		expect(run.keys).toHaveLength(4);
		expect(run.states.filter((state) => state === 'sent')).toHaveLength(3);
		expect(run.states.slice(4)).toEqual(Array(6).fill('unsent'));
	});

	it.each<[string, Answer]>([
		['no answer', NO_ANSWER],
		['an error of the server', refusal(500, 'application_error')],
		['a web page of a gateway', { status: 502, body: '<html>' }],
		['too many requests', refusal(429, 'rate_limit_exceeded')],
		['an earlier request in progress', refusal(409, 'concurrent_idempotent_requests')],
	])('tries a batch four times with the same bytes after %s', async (_name, answer) => {
		const run = await dispatched({
			batches: 2,
			answer: (_request, turn) => (turn <= 3 ? answer : undefined),
		});
		expect(run.states).toEqual(['sent', 'sent']);
		expect(run.keys).toEqual([...Array<string>(4).fill('campaign/c-1/1'), 'campaign/c-1/2']);
		const bodies = run.requests.slice(0, 4).map(({ body }) => JSON.stringify(body));
		expect(new Set(bodies).size).toBe(1);
	});

	it('goes on with the others where one batch brings no answer', async () => {
		const run = await dispatched({
			answer: (request) => (keyOf(request).endsWith('/2') ? NO_ANSWER : undefined),
		});
		expect(run.states).toEqual(['sent', 'unsent', 'sent', 'sent']);
		expect(run.stopped).toBeUndefined();
		expect(run.outcomes[1]).toMatchObject({ reason: 'Resend could not be reached' });
	});

	it('gives up for now after three batches in a row without an answer', async () => {
		const run = await dispatched({ batches: 9, answer: () => NO_ANSWER });
		expect(new Set(run.keys).size).toBe(3);
		expect(run.states).toEqual(Array(9).fill('unsent'));
		expect(run.stopped).toMatchObject({ kind: 'unreachable', isPassing: true });
	});

	it('does not count as in a row what has an answer between', async () => {
		const run = await dispatched({
			batches: 9,
			answer: (request) => (/\/[13579]$/.test(keyOf(request)) ? undefined : NO_ANSWER),
		});
		expect(run.stopped).toBeUndefined();
		expect(run.states.filter((state) => state === 'sent')).toHaveLength(5);
	});

	it('says what somebody has to see to rather than what passes', async () => {
		const run = await dispatched({
			batches: 4,
			inFlight: 4,
			answer: (request) => (keyOf(request).endsWith('/4') ? undefined : NO_ANSWER),
		});
		expect(run.stopped).toMatchObject({ isPassing: true });
		const both = await dispatched({
			batches: 4,
			inFlight: 4,
			answer: (request, turn) => {
				if (!keyOf(request).endsWith('/4')) return NO_ANSWER;
				return turn > 12 ? refusal(401, 'missing_api_key') : NO_ANSWER;
			},
		});
		expect(both.stopped).toMatchObject({ kind: 'credential-refused', isPassing: false });
	});

	it('does not stop for a batch that another execution is sending', async () => {
		const run = await dispatched({
			batches: 5,
			answer: (request) =>
				keyOf(request).endsWith('/5') ? undefined : refusal(409, 'concurrent_idempotent_requests'),
		});
		expect(run.states).toEqual(['unsent', 'unsent', 'unsent', 'unsent', 'sent']);
	});

	describe('where Resend refuses every mail of a batch for the same reason', () => {
		const answer = (request: HttpRequest): Answer => {
			const mails = request.body as ResendMail[];
			const errors = mails.map((_mail, index) => ({ index, message: 'Domain not verified.' }));
			return { status: 200, body: { data: [], errors } };
		};

		it('stops, and gives up none of the mails', async () => {
			const run = await dispatched({ validation: 'permissive', answer });
			expect(run.states).toEqual(Array(4).fill('unsent'));
			expect(run.keys).toEqual(['campaign/c-1/1']);
			expect(run.stopped?.message).toBe(
				'Resend refused every mail of a batch: Domain not verified.',
			);
		});

		it('gets past what Resend remembers of it when it is tried again', async () => {
			const run = await dispatched({
				validation: 'permissive',
				batches: 1,
				attemptedBefore: true,
				answer: (request) =>
					['campaign/c-1/1', 'campaign/c-1/1/2'].includes(keyOf(request))
						? answer(request)
						: undefined,
			});
			expect(run.keys).toEqual(['campaign/c-1/1', 'campaign/c-1/1/2', 'campaign/c-1/1/3']);
			expect(run.states).toEqual(['sent']);
		});

		it('ends trying', async () => {
			const run = await dispatched({
				validation: 'permissive',
				batches: 1,
				attemptedBefore: true,
				answer,
			});
			expect(run.keys).toHaveLength(5);
			expect(run.stopped).toBeDefined();
		});

		it.each([
			['Domain not verified.', 'unsent'],
			['The company.com domain is not verified. Please, add it.', 'unsent'],
			['Invalid `to` field.', 'refused'],
		])('in a batch of one mail goes by the words: %s', async (message, state) => {
			const run = await dispatched({
				validation: 'permissive',
				batches: 1,
				mailsEach: 1,
				answer: () => ({ status: 200, body: { data: [], errors: [{ index: 0, message }] } }),
			});
			const [outcome] = run.outcomes;
			expect(outcome?.outcome === 'sent' ? outcome.results[0]?.state : 'unsent').toBe(state);
			expect(run.stopped === undefined).toBe(state === 'refused');
		});
	});

	it('begins nothing more where the machine slept for hours in the middle', async () => {
		const time = createVirtualTime();
		const sent: string[] = [];
		const { outcomes, stopped } = await time.run(
			dispatchBatches({
				send: async (request) => {
					sent.push(keyOf(request));
					await time.wait(2 * 3_600_000);
					return { headers: {}, ...taken(request) };
				},
				clock: time,
				batches: makeBatches(3, 2),
				inFlight: 1,
				validation: 'permissive',
			}),
		);
		expect(sent).toHaveLength(1);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['sent', 'unsent', 'unsent']);
		expect(stopped).toBeUndefined();
	});

	it('lets an error through that no vendor is the cause of', async () => {
		const time = createVirtualTime();
		const send: Send = async () => {
			throw new TypeError('no credential');
		};
		const run = dispatchBatches({
			send,
			clock: time,
			batches: makeBatches(3, 1),
			validation: 'strict',
		});
		await expect(run).rejects.toThrow('no credential');
	});
});
