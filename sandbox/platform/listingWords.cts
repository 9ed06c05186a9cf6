/** How the platform speaks of its listings. */
import type { FoundListing } from './listingSearch.cts';
import type { Wishes } from './wishes.cts';

const LISTING_PAGES = 'https://homes.example.com/properties/';

/** What a carousel needs to know of a listing. */
export interface ListingCard {
	id: string;
	title: string;
	subtitle: string;
	url: string;
}

export const cardOf = (listing: FoundListing): ListingCard => ({
	id: listing.id,
	title: `${homeWords(listing.beds, listing.property_type)} in ${placeOf(listing)}`,
	subtitle: [
		priceOf(listing),
		listing.floor_area_sqm !== null && `${listing.floor_area_sqm} m²`,
		listing.address,
	]
		.filter(Boolean)
		.join(' · '),
	url: `${LISTING_PAGES}${encodeURIComponent(listing.id)}`,
});

/** Such as "5 great 3BR condos in BGC". */
export function countOf(total: number, wishes: Wishes): string {
	const { beds, propertyType, placeName } = wishes;
	const oneCount = beds && beds.min === beds.max ? (beds.min ?? null) : null;
	const home = homeWords(oneCount, propertyType ?? null);
	return `${total} great ${home}${total === 1 ? '' : 's'} in ${placeName}`;
}

/** Such as "9th Avenue, Taguig, for ₱18,500,000". */
export const shortly = (listing: FoundListing): string =>
	`${listing.address}, ${listing.city}, for ${priceOf(listing)}`;

/** All that is known of one. */
export function fully(listing: FoundListing): string {
	const facts = [
		listing.baths !== null && `${listing.baths} baths`,
		listing.floor_area_sqm !== null && `${listing.floor_area_sqm} m²`,
	].filter(Boolean);
	const rest = facts.length > 0 ? ` It has ${facts.join(' and ')}.` : '';
	return `${cardOf(listing).title}: ${shortly(listing)}.${rest}`;
}

function homeWords(beds: number | null, propertyType: string | null): string {
	const kind = propertyType ?? 'home';
	if (beds === null) return kind;
	return beds === 0 ? `studio ${kind}` : `${beds}BR ${kind}`;
}

const placeOf = (listing: FoundListing): string => listing.neighborhood || listing.city;

function priceOf({ price_amount, currency }: FoundListing): string {
	const style = currency ? ({ style: 'currency', currency } as const) : {};
	return new Intl.NumberFormat('en', { ...style, maximumFractionDigits: 0 }).format(price_amount);
}
