/** The property to be valued: metres, degrees, and words as people write them. All of it may be unknown. */
export interface Subject {
	id?: string;
	address?: string;
	areaSqm?: number;
	beds?: number;
	baths?: number;
	yearBuilt?: number;
	lotSqm?: number;
	latitude?: number;
	longitude?: number;
	city?: string;
	neighborhood?: string;
	propertyType?: string;
}
