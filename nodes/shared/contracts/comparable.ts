import { z } from 'zod';

import { amount, decimal } from './fields';

const SQUARE_METRES_PER_SQUARE_FOOT = 0.09290304;

const optionalNumber = decimal(z.number().finite().nullish());
const optionalAmount = decimal(amount.nullish());
const optionalText = z.string().nullish();

const written = z
	.object({
		id: z.union([z.string(), z.number()]).nullish(),
		address: optionalText,
		formattedAddress: optionalText,
		price: optionalAmount,
		price_amount: optionalAmount,
		sale_price: optionalAmount,
		floor_area_sqm: optionalNumber,
		area_sqm: optionalNumber,
		square_footage: optionalNumber,
		squareFootage: optionalNumber,
		beds: optionalNumber,
		bedrooms: optionalNumber,
		baths: optionalNumber,
		bathrooms: optionalNumber,
		year_built: optionalNumber,
		yearBuilt: optionalNumber,
		lot_area_sqm: optionalNumber,
		lotSize: optionalNumber,
		latitude: decimal(z.number().min(-90).max(90).nullish()),
		longitude: decimal(z.number().min(-180).max(180).nullish()),
		city: optionalText,
		neighborhood: optionalText,
		property_type: optionalText,
		propertyType: optionalText,
		sold_date: optionalText,
		listed_date: optionalText,
		listedDate: optionalText,
		lastSeenDate: optionalText,
	})
	.passthrough();

/** A comparable property in the words of this package: metres, one price, one date. */
export interface Comparable {
	id: string;
	address?: string;
	price: number;
	/** Whether `price` was paid or only asked for. */
	priceBasis: 'sold' | 'listed';
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
	/** Day of the sale or, for a listing, of its last sighting: `YYYY-MM-DD` or ISO 8601. */
	date?: string;
}

/**
 * A comparable as people have it: our own field names, or those of RentCast (square feet).
 * The price may stand under `sale_price`, `price` or `price_amount`. Numbers may be written as text,
 * as rows of a database have their exact decimals.
 */
export const comparable = written.superRefine((row, context) => {
	if (priceOf(row) === undefined) {
		context.addIssue({
			code: z.ZodIssueCode.custom,
			path: ['price'],
			message: 'a comparable needs a price above zero in price, price_amount or sale_price',
		});
	}
});

/**
 * Brings a validated comparable to one shape. Zero stands for "unknown" in areas and years.
 * `position` names it where it has neither id nor address.
 */
export function toComparable(row: z.infer<typeof comparable>, position: number): Comparable {
	const address = row.address ?? row.formattedAddress;
	return {
		id: String(row.id ?? address ?? `comparable ${position + 1}`),
		price: priceOf(row) ?? 0,
		priceBasis: positive(row.sale_price) || row.sold_date ? 'sold' : 'listed',
		...present('address', address),
		...present(
			'areaSqm',
			positive(row.floor_area_sqm) ??
				positive(row.area_sqm) ??
				inMetres(row.square_footage) ??
				inMetres(row.squareFootage),
		),
		...present('beds', row.beds ?? row.bedrooms),
		...present('baths', row.baths ?? row.bathrooms),
		...present('yearBuilt', positive(row.year_built) ?? positive(row.yearBuilt)),
		...present('lotSqm', positive(row.lot_area_sqm) ?? inMetres(row.lotSize)),
		...present('latitude', row.latitude),
		...present('longitude', row.longitude),
		...present('city', row.city),
		...present('neighborhood', row.neighborhood),
		...present('propertyType', row.property_type ?? row.propertyType),
		...present('date', row.sold_date ?? row.lastSeenDate ?? row.listed_date ?? row.listedDate),
	};
}

function priceOf(row: z.infer<typeof written>): number | undefined {
	return positive(row.sale_price) ?? positive(row.price) ?? positive(row.price_amount);
}

function positive(value: number | null | undefined): number | undefined {
	return typeof value === 'number' && value > 0 ? value : undefined;
}

function inMetres(squareFeet: number | null | undefined): number | undefined {
	const known = positive(squareFeet);
	return known === undefined ? undefined : known * SQUARE_METRES_PER_SQUARE_FOOT;
}

function present<K extends string, V>(key: K, value: V | null | undefined): Partial<Record<K, V>> {
	return value === null || value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
