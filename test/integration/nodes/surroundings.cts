import type { IDataObject } from 'n8n-workflow';

import { startRentCast } from '../../../sandbox/vendors/rentCast.cts';
import { startReceiver } from '../platform/receiver.cts';
import type { Step } from './runNode.cts';
import { searchedRuns } from './searchedRuns.cts';

export const RENT_CAST_KEY = 'rent-cast-key-that-nobody-may-see';
export const SIGNING_SECRET = 'whsec-that-nobody-may-see';
export const PREVIOUS_SECRET = 'whsec-before-that-nobody-may-see';
const SECRETS = [RENT_CAST_KEY, SIGNING_SECRET, PREVIOUS_SECRET];

/** A vendor and a platform to run nodes against. Every run is searched for secrets. */
export async function startSurroundings() {
	const rentCast = await startRentCast({ apiKey: RENT_CAST_KEY });
	const platform = await startReceiver(SIGNING_SECRET);
	const credentials = {
		rentCastApi: { apiKey: RENT_CAST_KEY, baseUrl: `${rentCast.url}/v1/` },
		signedWebhookApi: {
			baseUrl: platform.url,
			signingSecret: SIGNING_SECRET,
			previousSigningSecret: PREVIOUS_SECRET,
			toleranceSeconds: 300,
		},
	};

	const runs = searchedRuns(credentials, SECRETS);

	return {
		rentCast,
		platform,
		credentials,
		...runs,
		/** What one operation of Property IQ makes of one item. */
		async runOne(
			operation: string,
			parameters: Step['parameters'],
			item: object,
		): Promise<IDataObject> {
			return await runs.runItem(propertyIq(operation, parameters), item);
		},
		forget() {
			rentCast.reset();
			platform.forget();
		},
		async close() {
			await Promise.all([rentCast.close(), platform.close()]);
		},
	};
}

export type Surroundings = Awaited<ReturnType<typeof startSurroundings>>;

/** A Property IQ step with all its credentials chosen. */
export function propertyIq(operation: string, parameters: Step['parameters'] = {}): Step {
	const resource = RESOURCES.find(([, operations]) => operations.includes(operation))?.[0];
	if (!resource) throw new Error(`Property IQ has no operation ${operation}`);
	return {
		type: 'propertyIq',
		parameters: { resource, operation, ...parameters },
		credentials: ['rentCastApi', 'signedWebhookApi'],
	};
}

/** The same with its error output switched on. */
export function withErrorOutput(operation: string): Step {
	return { ...propertyIq(operation), onError: 'continueErrorOutput' };
}

const RESOURCES: Array<[string, string[]]> = [
	['property', ['enrich', 'estimateFromComparables', 'getMarketData']],
	['neighborhood', ['analyze']],
	['narrative', ['write']],
	['enrichment', ['claim', 'report', 'validate']],
];

/** The guide's own example. */
export const MANILA = {
	property_id: 'uuid',
	company_id: 'uuid',
	address: '123 Main St',
	city: 'Manila',
	price_amount: 5_000_000,
	beds: 3,
	baths: 2,
};

export const COMPARABLES = [17_900_000, 19_600_000, 18_200_000, 20_400_000, 16_800_000].map(
	(price, index) => ({
		id: `c${index + 1}`,
		price,
		floor_area_sqm: [80, 90, 82, 96, 76][index]!,
		beds: 2,
		neighborhood: 'Bonifacio Global City',
		city: 'Taguig',
		property_type: 'condo',
	}),
);

export const TAGUIG = {
	property_id: '9b2f6c1e-4a7d-4f0b-8e35-1c2d3e4f5a6b',
	company_id: '3d1f0a52-7c84-4b6e-9a2f-5e6d7c8b9a01',
	address: 'Unit 12C, 26th Street',
	city: 'Taguig',
	neighborhood: 'Bonifacio Global City',
	country: 'Philippines',
	currency: 'PHP',
	price_amount: 18_500_000,
	beds: 2,
	baths: 2,
	property_type: 'condo',
	floor_area_sqm: 84,
};

/** The home that RentCast's documentation values at 221,000 dollars. */
export const SAN_ANTONIO = {
	...TAGUIG,
	property_id: 'p-texas',
	address: '5500 Grand Lake Dr',
	city: 'San Antonio',
	state: 'TX',
	zip_code: '78244',
	neighborhood: null,
	country: 'US',
	currency: 'USD',
	price_amount: 230_000,
	property_type: 'house',
};

/** An item as the Postgres node hands it on after the claim. */
export function claimed(listing: object, more: IDataObject = {}): IDataObject {
	return {
		outcome: 'claimed',
		event: listing as IDataObject,
		correlationId: 'corr-1',
		eventKey: 'property-enrichment:key',
		leaseToken: 'lease-1',
		cachedAnswers: [],
		...more,
	};
}
