import type { EnrichProperty } from '../../shared/contracts/enrichProperty';
import type { Subject } from '../valuation/subject';

/** What the valuation needs to know of a listing; what is unknown is left out. */
export function toSubject(listing: Partial<EnrichProperty>): Subject {
	const known = {
		id: listing.property_id,
		address: listing.address,
		areaSqm: listing.floor_area_sqm,
		beds: listing.beds,
		baths: listing.baths,
		yearBuilt: listing.year_built,
		lotSqm: listing.lot_area_sqm,
		latitude: listing.latitude,
		longitude: listing.longitude,
		city: listing.city,
		neighborhood: listing.neighborhood,
		propertyType: listing.property_type,
	};
	return Object.fromEntries(
		Object.entries(known).filter(([, value]) => value !== undefined && value !== null),
	) as Subject;
}
