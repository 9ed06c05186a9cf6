import fc from 'fast-check';

import type { Subject } from '../../../../nodes/PropertyIq/valuation/subject';
import type { Comparable } from '../../../../nodes/shared/contracts/comparable';

export const TODAY = new Date('2026-11-22T03:00:00Z');

export const SUBJECT: Subject = { areaSqm: 100, city: 'Manila', neighborhood: 'Malate' };

/** A comparable exactly like the subject, but for what is said of it. */
export function like(id: string, price: number, others: Partial<Comparable> = {}): Comparable {
	return {
		id,
		price,
		priceBasis: 'listed',
		areaSqm: 100,
		city: 'Manila',
		neighborhood: 'Malate',
		...others,
	};
}

export function daysAgo(days: number): string {
	return new Date(TODAY.getTime() - days * 86_400_000).toISOString().slice(0, 10);
}

const known = <T,>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });

const row = fc.record({
	price: fc.integer({ min: 1_000_000, max: 9_000_000 }),
	areaSqm: fc.integer({ min: 50, max: 180 }),
	beds: known(fc.integer({ min: 0, max: 6 })),
	yearBuilt: known(fc.integer({ min: 1950, max: 2026 })),
	place: known(fc.tuple(fc.double({ min: 14.5, max: 14.7, noNaN: true }), fc.constant(121))),
	neighborhood: known(fc.constantFrom('Malate', 'Ermita')),
	age: known(fc.integer({ min: 0, max: 500 })),
});

/** Markets as they come: coordinates, dates and rooms known of some and not of others. */
export const anyMarket = fc.array(row, { minLength: 3, maxLength: 40 }).map((rows) =>
	rows.map(({ place, neighborhood, age, beds, yearBuilt, ...rest }, index): Comparable => ({
		...rest,
		id: `c${index}`,
		priceBasis: 'listed',
		city: 'Manila',
		...(neighborhood && { neighborhood }),
		...(beds !== undefined && { beds }),
		...(yearBuilt !== undefined && { yearBuilt }),
		...(place && { latitude: place[0], longitude: place[1] }),
		...(age !== undefined && { date: daysAgo(age) }),
	})),
);
