import type { EnrichProperty } from '../../shared/contracts/enrichProperty';
import type { HttpRequest, HttpResponse, Send } from '../../shared/http/send';
import { VendorError } from '../../shared/http/vendorError';
import type { CachedAnswer, VendorAnswer } from '../../shared/stateStore/vendorAnswers';
import {
	type Market,
	type MarketValue,
	marketQuestion,
	questionKey,
	readMarket,
	readValue,
	RENT_CAST,
	rentCastEvidence,
	valueQuestion,
} from '../../shared/vendors/rentCast';
import { addressScope, zipScope } from './marketScopes';

export interface MarketData {
	/** Whether RentCast was asked, or its stored answer used. */
	asked: boolean;
	/** Why it was asked, or why not. */
	because: string;
	value?: MarketValue;
	market?: Market;
	/** What RentCast had nothing on, in its words. */
	notes: string[];
	paidCalls: number;
	cachedAnswers: number;
}

export interface MarketSource {
	send: Send;
	cachedAnswers: readonly CachedAnswer[];
	now(): number;
	/** Told of each answer that was paid for, so that it is kept also when another one fails. */
	onPaidAnswer(answer: VendorAnswer): void;
}

/** Nothing asked, and why. */
export function noMarketData(because: string): MarketData {
	return { asked: false, because, notes: [], paidCalls: 0, cachedAnswers: 0 };
}

/**
 * Asks RentCast for the value of a listing and the market of its ZIP code, side by side where the
 * ZIP code is known. Nothing is asked without evidence that the address is in the United States.
 * What RentCast has no data on becomes a note; every other VendorError is thrown, after the other
 * question has ended.
 */
export async function getMarketData(
	listing: EnrichProperty,
	source: MarketSource,
): Promise<MarketData> {
	const evidence = rentCastEvidence(listing);
	if (!evidence.inUnitedStates) return noMarketData(evidence.because);

	const data: MarketData = { ...noMarketData(evidence.because), asked: true };
	const ask = asker(source, data);
	const zip = listing.zip_code?.trim();

	const valueAsked = ask(
		valueQuestion(listing),
		addressScope(listing),
		RENT_CAST.valueLifetimeSeconds,
		(response) => readValue(response, listing, source.now()),
	);
	const marketAsked = zip ? askMarket(ask, zip, zipScope(zip), source) : undefined;
	const [value, early] = await Promise.allSettled([valueAsked, marketAsked]);
	data.value = settled(value);
	data.market = settled(early);

	const foundZip = data.value?.subject?.zipCode;
	if (!zip && foundZip) {
		data.market = await askMarket(ask, foundZip, addressScope(listing), source);
	}
	return data;
}

type Asker = <T>(
	question: HttpRequest,
	scope: string,
	lifetimeSeconds: number,
	read: (response: HttpResponse) => T,
) => Promise<T | undefined>;

function asker(source: MarketSource, data: MarketData): Asker {
	return async (question, scope, lifetimeSeconds, read) => {
		const key = questionKey(question);
		const stored = source.cachedAnswers.find(({ questionKey: known }) => known === key);
		if (stored) data.cachedAnswers++;
		const response = stored
			? { status: 200, headers: {}, body: stored.answer }
			: await source.send(question);
		const isPaid = !stored && response.status === 200 && response.body !== undefined;
		if (isPaid) data.paidCalls++;
		const answer = await reading(read, response).catch((error: unknown) => {
			if (!(error instanceof VendorError) || !isNoData(error)) throw error;
			data.notes.push(error.message);
			return undefined;
		});
		// Kept also when it is about another place: asking again would cost the same again.
		if (isPaid) {
			source.onPaidAnswer({
				questionKey: key,
				vendor: RENT_CAST.name,
				scope,
				answer: response.body,
				lifetimeSeconds,
			});
		}
		return answer;
	};
}

async function askMarket(ask: Asker, zip: string, scope: string, source: MarketSource) {
	return await ask(marketQuestion(zip), scope, RENT_CAST.marketLifetimeSeconds, (response) =>
		readMarket(response, source.now()),
	);
}

async function reading<T>(read: (response: HttpResponse) => T, response: HttpResponse): Promise<T> {
	return read(response);
}

/** RentCast has no figures for this place: an answer, if not the one hoped for. */
function isNoData({ details }: VendorError): boolean {
	return details.kind === 'not-found' || details.kind === 'rejected';
}

function settled<T>(result: PromiseSettledResult<T>): T {
	if (result.status === 'rejected') throw result.reason;
	return result.value;
}
