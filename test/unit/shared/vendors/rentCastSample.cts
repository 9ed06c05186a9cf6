import type { HttpResponse } from '../../../../nodes/shared/http/send';
import { VendorError } from '../../../../nodes/shared/http/vendorError';

/** The listing that RentCast's documentation uses as its example. */
export const SAMPLE_LISTING = {
	address: '5500 Grand Lake Dr',
	city: 'San Antonio',
	state: 'TX',
	zip_code: '78244',
};

/** @see https://developers.rentcast.io/reference/value-estimate */
export const SAMPLE_ANSWER = {
	price: 221000,
	priceRangeLow: 208000,
	priceRangeHigh: 233000,
	subjectProperty: {
		id: '5500-Grand-Lake-Dr,-San-Antonio,-TX-78244',
		formattedAddress: '5500 Grand Lake Dr, San Antonio, TX 78244',
		city: 'San Antonio',
		state: 'TX',
		stateFips: '48',
		zipCode: '78244',
		county: 'Bexar',
		countyFips: '029',
		latitude: 29.476011,
		longitude: -98.351454,
		propertyType: 'Single Family',
		bedrooms: 3,
		bathrooms: 2,
		squareFootage: 1878,
		lotSize: 8843,
		yearBuilt: 1973,
		lastSaleDate: '2024-11-18T00:00:00.000Z',
		lastSalePrice: 270000,
	},
	comparables: [
		{
			id: '5014-Fern-Lk,-San-Antonio,-TX-78244',
			formattedAddress: '5014 Fern Lk, San Antonio, TX 78244',
			latitude: 29.471777,
			longitude: -98.350172,
			propertyType: 'Single Family',
			bedrooms: 4,
			bathrooms: 2,
			squareFootage: 1747,
			lotSize: 6316,
			yearBuilt: 1986,
			status: 'Inactive',
			price: 229900,
			listingType: 'Standard',
			listedDate: '2024-04-03T00:00:00.000Z',
			removedDate: '2024-05-26T00:00:00.000Z',
			lastSeenDate: '2024-05-25T13:11:55.018Z',
			daysOnMarket: 53,
			distance: 0.2994,
			daysOld: 127,
			correlation: 0.9822,
		},
	],
};

export function answered(body: unknown, status = 200): HttpResponse {
	return { status, headers: {}, body };
}

/** The VendorError that an action throws; fails where it throws another error, or none. */
export function errorOf(act: () => unknown): VendorError {
	try {
		act();
	} catch (error) {
		if (error instanceof VendorError) return error;
		throw error;
	}
	throw new Error('Nothing was thrown');
}
