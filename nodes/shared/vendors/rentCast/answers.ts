/** RentCast's answers. What is not named here, such as an owner, is dropped on reading. */
import { z } from 'zod';

const known = z.number().finite().nullish().catch(undefined);
const words = z.string().nullish().catch(undefined);
const figure = z
	.number()
	.finite()
	.nullish()
	.catch(null)
	.transform((value) => value ?? null);

/**
 * `subjectProperty` has been there since 2025; older answers name the coordinates at the top.
 * @see https://developers.rentcast.io/reference/value-estimate
 */
export const valueAnswer = z
	.object({
		price: z.number().finite().positive(),
		priceRangeLow: z.number().finite().positive(),
		priceRangeHigh: z.number().finite().positive(),
		latitude: known,
		longitude: known,
		subjectProperty: z
			.object({
				formattedAddress: words,
				city: words,
				state: words,
				zipCode: words,
				county: words,
				latitude: known,
				longitude: known,
				propertyType: words,
				bedrooms: known,
				bathrooms: known,
				/** Square feet, as `lotSize`. */
				squareFootage: known,
				lotSize: known,
				yearBuilt: known,
			})
			.nullish()
			.catch(undefined),
		comparables: z.array(z.unknown()).nullish().catch(undefined),
	})
	.refine(({ priceRangeLow, priceRangeHigh }) => priceRangeLow <= priceRangeHigh);

export type Subject = NonNullable<z.infer<typeof valueAnswer>['subjectProperty']>;

const figures = {
	averagePrice: figure,
	medianPrice: figure,
	medianPricePerSquareFoot: figure,
	totalListings: figure,
};

/** Rows that name their group; a row that does not is left out. */
const rowsOf = <T extends z.ZodTypeAny>(row: T) =>
	z
		.array(z.unknown())
		.nullish()
		.catch([])
		.transform((rows) => (rows ?? []).flatMap((entry) => parsedOrNothing(row, entry)));

const groupedFigures = z.object({
	...figures,
	dataByPropertyType: rowsOf(z.object({ propertyType: z.string(), ...figures })),
	dataByBedrooms: rowsOf(z.object({ bedrooms: z.number(), ...figures })),
});

const saleData = groupedFigures.extend({
	lastUpdatedDate: words,
	/** By month, `YYYY-MM`; months may be missing. */
	history: z
		.record(z.unknown())
		.nullish()
		.catch({})
		.transform((months) =>
			Object.fromEntries(
				Object.entries(months ?? {})
					.filter(([name]) => /^\d{4}-\d{2}$/.test(name))
					.flatMap(([name, month]) =>
						parsedOrNothing(groupedFigures, month).map((read) => [name, read] as const),
					),
			),
		),
});

/**
 * The sales of a ZIP code, in dollars. Areas without sales have no `saleData`.
 * @see https://developers.rentcast.io/reference/market-statistics
 */
export const marketAnswer = z.object({
	zipCode: z.string().regex(/^\d{5}$/),
	saleData: saleData
		.nullish()
		.catch(undefined)
		.transform((value) => value ?? undefined),
});

export type Market = z.infer<typeof marketAnswer>;

function parsedOrNothing<S extends z.ZodTypeAny>(shape: S, value: unknown): Array<z.infer<S>> {
	const parsed = shape.safeParse(value);
	return parsed.success ? [parsed.data] : [];
}
