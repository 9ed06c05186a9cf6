import {
	getMarketData,
	type MarketSource,
} from '../../../../nodes/PropertyIq/enrichment/marketData';
import { addressScope } from '../../../../nodes/PropertyIq/enrichment/marketScopes';
import type { HttpRequest, HttpResponse, Send } from '../../../../nodes/shared/http/send';
import type { CachedAnswer, VendorAnswer } from '../../../../nodes/shared/stateStore/vendorAnswers';
import {
	marketQuestion,
	questionKey,
	valueQuestion,
} from '../../../../nodes/shared/vendors/rentCast';
import { SAMPLE_ANSWER, SAMPLE_LISTING } from '../../shared/vendors/rentCastSample.cts';
import { LISTING } from './samples.cts';

const HOME = { ...LISTING, ...SAMPLE_LISTING, country: 'US', currency: 'USD' };
const WITHOUT_ZIP = { ...HOME, zip_code: null };
const MARKET = { zipCode: '78244', saleData: { averagePrice: 300_000, totalListings: 40 } };
const DAY = 86_400;

const ok = (body: unknown): HttpResponse => ({ status: 200, headers: {}, body });
const VALUE_OK = ok(SAMPLE_ANSWER);
const MARKET_OK = ok(MARKET);
const NOT_FOUND: HttpResponse = { status: 404, headers: {}, body: undefined };
const SERVER_ERROR: HttpResponse = { status: 500, headers: {}, body: undefined };
const HTML = ok('<h1>It works</h1>');

const isValue = ({ path }: HttpRequest) => path === '/avm/value';

/** A market source that remembers what it was asked and what it was told to keep. */
function sourceOf(send: Send, cachedAnswers: CachedAnswer[] = []) {
	const asked: string[] = [];
	const kept: VendorAnswer[] = [];
	const source: MarketSource = {
		send: async (request) => {
			asked.push(request.path);
			return await send(request);
		},
		cachedAnswers,
		now: () => 1_790_000_000_000,
		onPaidAnswer: (answer) => kept.push(answer),
	};
	return { source, asked, kept };
}

const answering = (value: HttpResponse, market: HttpResponse): Send => {
	return async (request) => (isValue(request) ? value : market);
};

const cached = (question: HttpRequest, answer: unknown): CachedAnswer => ({
	questionKey: questionKey(question),
	answer,
	fetchedAt: '2026-11-22T10:00:00.000Z',
});

describe('the market data of a listing', () => {
	it('are a value and the market of the ZIP code', async () => {
		const { source, kept } = sourceOf(answering(VALUE_OK, MARKET_OK));
		expect(await getMarketData(HOME, source)).toMatchObject({
			asked: true,
			because: 'The country is the United States.',
			value: { price: 221_000, currency: 'USD' },
			market: { zipCode: '78244', saleData: { averagePrice: 300_000 } },
			notes: [],
			paidCalls: 2,
			cachedAnswers: 0,
		});
		expect(kept).toEqual([
			{
				questionKey: questionKey(valueQuestion(HOME)),
				vendor: 'RentCast',
				scope: addressScope(HOME),
				answer: SAMPLE_ANSWER,
				lifetimeSeconds: DAY,
			},
			{
				questionKey: questionKey(marketQuestion('78244')),
				vendor: 'RentCast',
				scope: 'zip:78244',
				answer: MARKET,
				lifetimeSeconds: DAY,
			},
		]);
	});

	it('are asked for side by side: neither question waits for the answer of the other', async () => {
		const waiting: Array<() => void> = [];
		const { source } = sourceOf(async (request) => {
			await new Promise<void>((resolve) => {
				waiting.push(resolve);
				if (waiting.length === 2) waiting.forEach((release) => release());
			});
			return isValue(request) ? VALUE_OK : MARKET_OK;
		});
		expect(await getMarketData(HOME, source)).toMatchObject({ paidCalls: 2 });
	});

	it('take the ZIP code from the value where the listing has none', async () => {
		const { source, asked, kept } = sourceOf(answering(VALUE_OK, MARKET_OK));
		const data = await getMarketData(WITHOUT_ZIP, source);
		expect(data.market?.zipCode).toBe('78244');
		expect(asked).toEqual(['/avm/value', '/markets']);
		// The next claim of this listing knows its address only, so both are kept under that.
		expect(kept.map(({ scope }) => scope)).toEqual(Array(2).fill(addressScope(WITHOUT_ZIP)));
	});

	it('are never asked for without evidence that the listing is in the United States', async () => {
		const { source, asked } = sourceOf(answering(VALUE_OK, MARKET_OK));
		const data = await getMarketData({ ...LISTING, city: 'Manila' }, source);
		expect(data).toEqual({
			asked: false,
			because: 'The country is Philippines, and RentCast covers the United States only.',
			notes: [],
			paidCalls: 0,
			cachedAnswers: 0,
		});
		expect(asked).toEqual([]);
	});

	it('cost nothing where the answers are stored', async () => {
		const { source, asked, kept } = sourceOf(answering(SERVER_ERROR, SERVER_ERROR), [
			cached(marketQuestion('78244'), MARKET),
			cached(valueQuestion(HOME), SAMPLE_ANSWER),
		]);
		const data = await getMarketData(HOME, source);
		expect(data).toMatchObject({
			value: { price: 221_000 },
			market: { zipCode: '78244' },
			paidCalls: 0,
			cachedAnswers: 2,
		});
		expect(asked).toEqual([]);
		expect(kept).toEqual([]);
	});

	it('ask only for what is not stored', async () => {
		const { source, asked } = sourceOf(answering(VALUE_OK, SERVER_ERROR), [
			cached(marketQuestion('78244'), MARKET),
		]);
		expect(await getMarketData(HOME, source)).toMatchObject({ paidCalls: 1, cachedAnswers: 1 });
		expect(asked).toEqual(['/avm/value']);
	});

	it('take no stored answer for another question', async () => {
		const { source, asked } = sourceOf(answering(VALUE_OK, MARKET_OK), [
			cached(valueQuestion({ ...HOME, beds: 5 }), { ...SAMPLE_ANSWER, price: 1 }),
			cached(marketQuestion('78245'), MARKET),
		]);
		expect(await getMarketData(HOME, source)).toMatchObject({ value: { price: 221_000 } });
		expect(asked).toHaveLength(2);
	});

	it.each<[string, HttpResponse]>([
		['knows nothing', NOT_FOUND],
		['does not understand the address', { status: 400, headers: {}, body: undefined }],
	])('have a note where RentCast %s', async (_name, refusal) => {
		const { source, kept } = sourceOf(answering(refusal, MARKET_OK));
		const data = await getMarketData(HOME, source);
		expect(data.value).toBeUndefined();
		expect(data.market?.zipCode).toBe('78244');
		expect(data.notes).toEqual([expect.stringContaining('RentCast has no data')]);
		expect(kept.map(({ scope }) => scope)).toEqual(['zip:78244']);
	});

	it('have a note where the answer is about another place, and pay for that answer once', async () => {
		const elsewhere = {
			...SAMPLE_ANSWER,
			subjectProperty: { ...SAMPLE_ANSWER.subjectProperty, state: 'AR', zipCode: '72442' },
		};
		const first = sourceOf(answering(ok(elsewhere), MARKET_OK));
		const data = await getMarketData(HOME, first.source);
		expect(data.value).toBeUndefined();
		expect(data.notes).toEqual([expect.stringContaining('which is not the listing')]);

		const stored = first.kept.map(({ questionKey: key, answer }) => ({
			questionKey: key,
			answer,
			fetchedAt: '2026-11-22T10:00:00.000Z',
		}));
		const second = sourceOf(answering(SERVER_ERROR, SERVER_ERROR), stored);
		expect((await getMarketData(HOME, second.source)).notes).toEqual(data.notes);
		expect(second.asked).toEqual([]);
	});

	it.each<[string, HttpResponse, string]>([
		['a refused key', { status: 401, headers: {}, body: undefined }, 'credential-refused'],
		['a server error', SERVER_ERROR, 'unavailable'],
		['a web page', HTML, 'unreadable'],
		['no answer', { status: 0, headers: {}, body: undefined, noAnswer: 'timed-out' }, 'timed-out'],
	])(
		'throw on %s, after the other question has ended and its answer is kept',
		async (_name, failure, kind) => {
			let marketAnswered = false;
			const { source, kept } = sourceOf(async (request) => {
				if (isValue(request)) return failure;
				await new Promise((resolve) => setTimeout(resolve, 20));
				marketAnswered = true;
				return MARKET_OK;
			});
			await expect(getMarketData(HOME, source)).rejects.toMatchObject({ details: { kind } });
			expect(marketAnswered).toBe(true);
			expect(kept.map(({ scope }) => scope)).toEqual(['zip:78244']);
		},
	);

	it('keep the paid value where the market fails', async () => {
		const { source, kept } = sourceOf(answering(VALUE_OK, SERVER_ERROR));
		await expect(getMarketData(HOME, source)).rejects.toMatchObject({
			details: { kind: 'unavailable' },
		});
		expect(kept.map(({ scope }) => scope)).toEqual([addressScope(HOME)]);
	});
});
