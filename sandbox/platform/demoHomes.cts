import type { EnrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import { DEMO_COMPANIES } from './demoCompanies.cts';

const [bayview, ayalaCourt] = DEMO_COMPANIES;

/** Neighbourhood, city, ZIP code. */
const PLACES = {
	bgc: ['Bonifacio Global City', 'Taguig', '1634'],
	salcedo: ['Salcedo Village', 'Makati', '1227'],
	legazpi: ['Legazpi Village', 'Makati', '1229'],
	rockwell: ['Rockwell Center', 'Makati', '1210'],
	itPark: ['Cebu IT Park', 'Cebu City', '6000'],
	lahug: ['Lahug', 'Cebu City', '6000'],
} as const;

/** Invented homes for people who ask on Messenger and Instagram. */
export const DEMO_HOMES: readonly EnrichProperty[] = [
	home('21', bayview.id, 'bgc', '26th Street corner 5th Avenue, Unit 31A', 32_500_000, 3, 128),
	home('22', bayview.id, 'bgc', '7 Rizal Drive, Unit 19D', 28_900_000, 3, 114),
	home('23', bayview.id, 'bgc', '11th Avenue corner 32nd Street, Unit 8G', 9_800_000, 1, 42),
	home('24', bayview.id, 'salcedo', '168 Leviste Street, Unit 22B', 24_750_000, 3, 109),
	home('25', bayview.id, 'itPark', '3 Inez Villa Street, Unit 15C', 12_400_000, 3, 88),
	home('26', bayview.id, 'lahug', '42 Salinas Drive, Unit 6A', 8_600_000, 2, 61),
	home('29', bayview.id, 'legazpi', '7 Gamboa Street, Unit 14C', 11_400_000, 2, 63),
	home('27', ayalaCourt.id, 'rockwell', '9 Estrella Street, Unit 27F', 41_000_000, 3, 142),
	home('28', ayalaCourt.id, 'bgc', '30th Street corner 9th Avenue, Unit 12E', 26_300_000, 3, 106),
];

function home(
	number: string,
	companyId: string,
	place: keyof typeof PLACES,
	address: string,
	price: number,
	beds: number,
	areaSqm: number,
): EnrichProperty {
	const [neighborhood, city, zipCode] = PLACES[place];
	return {
		property_id: `8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f${number}`,
		company_id: companyId,
		address,
		neighborhood,
		city,
		zip_code: zipCode,
		country: 'PH',
		price_amount: price,
		currency: 'PHP',
		property_type: 'condo',
		beds,
		baths: Math.max(1, beds - 1),
		floor_area_sqm: areaSqm,
	};
}
