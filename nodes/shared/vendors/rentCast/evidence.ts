import {
	addressTail,
	coordinatesOf,
	coveredZip,
	isInBoxes,
	isOutsideTheStates,
	isUnitedStates,
	isZip,
	stateCode,
	stateName,
} from './unitedStates';

/** The fields of a listing that say where it lies. */
export interface ListingPlace {
	address: string;
	city: string;
	country?: string | null;
	state?: string | null;
	zip_code?: string | null;
	latitude?: number | null;
	longitude?: number | null;
	currency?: string | null;
}

export interface Evidence {
	inUnitedStates: boolean;
	/** A sentence for the person who wonders why RentCast was asked, or was not. */
	because: string;
}

/**
 * Whether something shows that RentCast can cover a listing. A city's name never does: a question
 * about "123 Main St, Manila" would be answered, and paid for, with Manila in Arkansas. One thing
 * that speaks against the United States outweighs all that speaks for it.
 * @see https://help.rentcast.io/en/articles/5535860 which countries are covered
 */
export function rentCastEvidence(listing: ListingPlace): Evidence {
	const objection = objectionTo(listing);
	if (objection !== undefined) return { inUnitedStates: false, because: objection };
	const proof = proofFor(listing);
	if (proof !== undefined) return { inUnitedStates: true, because: proof };
	return {
		inUnitedStates: false,
		because:
			'Nothing says that the address is in the United States, and RentCast covers no other country.',
	};
}

function objectionTo(listing: ListingPlace): string | undefined {
	const country = listing.country?.trim();
	if (country && !isUnitedStates(country)) {
		return `The country is ${country}, and RentCast covers the United States only.`;
	}
	if (listing.currency && listing.currency !== 'USD') {
		return `The listing is priced in ${listing.currency}, and RentCast answers in US dollars.`;
	}
	const coordinates = coordinatesOf(listing);
	if (coordinates && !isInBoxes(coordinates)) {
		return 'The coordinates lie outside the states that RentCast covers.';
	}
	const zip = listing.zip_code?.trim();
	if (zip && coveredZip(zip) === undefined && (!country || isZip(zip))) {
		return `The postal code ${zip} is not a ZIP code that RentCast covers.`;
	}
	const state = listing.state?.trim();
	if (state && stateCode(state) === undefined && (!country || isOutsideTheStates(state))) {
		return `${state} is not one of the states that RentCast covers.`;
	}
	return undefined;
}

function proofFor(listing: ListingPlace): string | undefined {
	if (listing.country?.trim()) return 'The country is the United States.';
	const state = stateCode(listing.state);
	if (state !== undefined) return `The state is ${stateName(state)}.`;
	const tail = addressTail(listing.address) ?? addressTail(listing.city);
	if (tail) return `The address ends with ${tail.state} ${tail.zip}.`;
	const zip = coveredZip(listing.zip_code);
	if (zip !== undefined) return `The postal code ${zip} is a ZIP code, and no country is given.`;
	if (coordinatesOf(listing)) return 'The coordinates lie within the United States.';
	return undefined;
}
