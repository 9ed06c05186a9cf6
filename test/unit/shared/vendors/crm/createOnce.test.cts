import fc from 'fast-check';

import type { HttpResponse } from '../../../../../nodes/shared/http/send';
import { toVendorError } from '../../../../../nodes/shared/http/vendorError';
import { createOnce } from '../../../../../nodes/shared/vendors/crm/createOnce';
import { fakeClock } from '../../http/fakeClock.cts';

/** What becomes of one request: whether, or when, the vendor does it, and what it answers. */
interface Turn {
	/** `later`: after the answer, and before the next look. `muchLater`: after all looks. */
	makes: 'now' | 'later' | 'muchLater' | 'never';
	answer: Partial<HttpResponse>;
}

const MADE: Turn = { makes: 'now', answer: { status: 201, body: { id: 'n-1' } } };
const LOST: Turn = { makes: 'now', answer: { status: 0, noAnswer: 'timed-out' } };
const NOT_SENT: Turn = { makes: 'never', answer: { status: 0, noAnswer: 'unreachable' } };
const failure = (status: number, makes: Turn['makes'] = 'never'): Turn => ({
	makes,
	answer: { status, body: { message: 'failed' } },
});
const HTML: Turn = { makes: 'never', answer: { status: 200, body: '<h1>It works</h1>' } };

/** A vendor that makes a thing for every request it carries out, as a CRM does with notes. */
function vendor(turns: Turn[], { indexLags = false } = {}) {
	const things: string[] = [];
	let pending = 0;
	let late = 0;
	let requests = 0;
	let looks = 0;
	const make = () => things.push(`n-${things.length + 1}`);
	return {
		things,
		count: () => ({ requests, looks, things: things.length }),
		/** What was still under way has been done, and the index is up to date. */
		settle() {
			for (; pending + late > 0; late > 0 ? late-- : pending--) make();
			indexLags = false;
		},
		async find() {
			looks++;
			for (; pending > 0; pending--) make();
			return indexLags ? undefined : things[0];
		},
		async create(): Promise<HttpResponse> {
			const turn = turns[Math.min(requests++, turns.length - 1)]!;
			if (turn.makes === 'now') make();
			if (turn.makes === 'later') pending++;
			if (turn.makes === 'muchLater') late++;
			return { status: 200, headers: {}, body: undefined, ...turn.answer };
		},
	};
}

function push(crm: ReturnType<typeof vendor>, { isRepeat = false, findLags = false } = {}) {
	const clock = fakeClock();
	const pushed = createOnce({
		find: crm.find,
		create: crm.create,
		read(response) {
			const { id } = (response.body ?? {}) as { id?: unknown };
			if (response.status === 201 && typeof id === 'string') return id;
			throw toVendorError('Acme', response, 0);
		},
		clock,
		isRepeat,
		findLags,
	});
	return { pushed, clock };
}

describe('creating a thing once', () => {
	it('takes one request where it works, and no look', async () => {
		const crm = vendor([MADE]);
		expect(await push(crm).pushed).toEqual({ value: 'n-1', outcome: 'created' });
		expect(crm.count()).toEqual({ requests: 1, looks: 0, things: 1 });
	});

	it('takes one look where an earlier push made it', async () => {
		const crm = vendor([MADE]);
		await push(crm).pushed;
		const again = await push(crm, { isRepeat: true }).pushed;
		expect(again).toEqual({ value: 'n-1', outcome: 'found' });
		expect(crm.count()).toEqual({ requests: 1, looks: 1, things: 1 });
	});

	it('makes it where an earlier push did not come so far', async () => {
		const crm = vendor([MADE]);
		const { pushed } = push(crm, { isRepeat: true });
		expect(await pushed).toEqual({ value: 'n-1', outcome: 'created' });
		expect(crm.count()).toEqual({ requests: 1, looks: 1, things: 1 });
	});

	it.each<[string, Turn]>([
		['the answer was lost', LOST],
		['the vendor did it while nobody listened', { ...LOST, makes: 'later' }],
		['the vendor failed after doing it', failure(500, 'now')],
		['a gateway gave up on it', failure(504, 'later')],
		['the answer was empty', { makes: 'now', answer: { status: 200 } }],
		['the answer was a web page', { ...HTML, makes: 'now' }],
	])('finds it where %s', async (_what, turn) => {
		const crm = vendor([turn]);
		const { pushed, clock } = push(crm);
		expect(await pushed).toEqual({ value: 'n-1', outcome: 'found' });
		expect(crm.count()).toEqual({ requests: 1, looks: 1, things: 1 });
		expect(clock.waits).toEqual([500]);
	});

	it.each([500, 502, 503])('tries again after %i that made nothing', async (status) => {
		const crm = vendor([failure(status), failure(status), MADE]);
		const { pushed, clock } = push(crm);
		expect(await pushed).toEqual({ value: 'n-1', outcome: 'created' });
		expect(crm.count()).toEqual({ requests: 3, looks: 2, things: 1 });
		expect(clock.waits).toEqual([500, 1000]);
	});

	it('gives up after three failures, having looked for what the last one left', async () => {
		const crm = vendor([failure(500)]);
		await expect(push(crm).pushed).rejects.toMatchObject({ details: { kind: 'unavailable' } });
		expect(crm.count()).toEqual({ requests: 3, looks: 3, things: 0 });
	});

	it.each<[string, Turn, string]>([
		['no answer came, for it may still be under way', NOT_SENT, 'unreachable'],
		['a gateway gave up, for the vendor may be at work', failure(504, 'muchLater'), 'unavailable'],
		['another gateway did', failure(524, 'muchLater'), 'unavailable'],
		['a web page answered', HTML, 'unreadable'],
	])('asks no second time where %s', async (_what, turn, kind) => {
		const crm = vendor([turn]);
		await expect(push(crm).pushed).rejects.toMatchObject({ details: { kind } });
		expect(crm.count()).toMatchObject({ requests: 1, looks: 1 });
	});

	it('asks no second time where the index may lag behind', async () => {
		const crm = vendor([failure(500, 'now')], { indexLags: true });
		const { pushed } = push(crm, { findLags: true });
		await expect(pushed).rejects.toMatchObject({ details: { kind: 'unavailable' } });
		expect(crm.count()).toEqual({ requests: 1, looks: 1, things: 1 });
	});

	it.each([400, 401, 403, 404, 409, 422, 429])('takes %i for a no, at once', async (status) => {
		const crm = vendor([failure(status)]);
		await expect(push(crm).pushed).rejects.toMatchObject({ details: { status } });
		expect(crm.count()).toEqual({ requests: 1, looks: 0, things: 0 });
	});

	it('ends with the error of a look that fails, and sends nothing after it', async () => {
		const crm = vendor([failure(500)]);
		const unavailable = toVendorError('Acme', { status: 503, headers: {}, body: undefined }, 0);
		const { pushed } = push({ ...crm, find: () => Promise.reject(unavailable) });
		await expect(pushed).rejects.toBe(unavailable);
		expect(crm.count().requests).toBe(1);
	});

	it('makes it once, whatever happens and however often it is pushed', async () => {
		const turns = fc.constantFrom<Turn>(
			MADE,
			LOST,
			NOT_SENT,
			HTML,
			{ ...LOST, makes: 'later' },
			{ ...LOST, makes: 'muchLater' },
			failure(400),
			failure(429),
			failure(500),
			failure(500, 'now'),
			failure(502),
			failure(503, 'now'),
			failure(504, 'later'),
			failure(504, 'muchLater'),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(turns, { minLength: 1, maxLength: 8 }),
				fc.boolean(),
				async (list, findLags) => {
					const crm = vendor([...list, MADE], { indexLags: findLags });
					let made: string | undefined;
					// Each push comes when the one before has settled, as the platform's outbox does.
					for (let round = 0; round < 10 && made === undefined; round++) {
						const { pushed } = push(crm, { isRepeat: round > 0, findLags });
						made = (await pushed.catch(() => undefined))?.value;
						crm.settle();
					}
					expect(made).toBe('n-1');
					expect(crm.things).toEqual(['n-1']);
				},
			),
			{ numRuns: 500 },
		);
	});
});
