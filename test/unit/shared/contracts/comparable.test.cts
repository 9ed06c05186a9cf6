import { comparable, toComparable } from '../../../../nodes/shared/contracts/comparable';

const read = (row: object) => toComparable(comparable.parse(row), 0);

describe('a comparable', () => {
	it('is read in our words', () => {
		const row = {
			id: 7,
			address: '12 Mabini St',
			price: 5_000_000,
			floor_area_sqm: 80,
			beds: 2,
			baths: 1.5,
			year_built: 2015,
			lot_area_sqm: 120,
			latitude: 14.6,
			longitude: 121,
			city: 'Manila',
			neighborhood: 'Malate',
			property_type: 'condo',
			listed_date: '2026-10-01',
		};
		expect(read(row)).toEqual({
			id: '7',
			address: '12 Mabini St',
			price: 5_000_000,
			priceBasis: 'listed',
			areaSqm: 80,
			beds: 2,
			baths: 1.5,
			yearBuilt: 2015,
			lotSqm: 120,
			latitude: 14.6,
			longitude: 121,
			city: 'Manila',
			neighborhood: 'Malate',
			propertyType: 'condo',
			date: '2026-10-01',
		});
	});

	it('is read as RentCast writes it, square feet into metres', () => {
		const row = {
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
			price: 229_900,
			listedDate: '2024-04-03T00:00:00.000Z',
			lastSeenDate: '2024-05-25T13:11:55.018Z',
		};
		const read1 = read(row);
		expect(read1).toMatchObject({
			address: '5014 Fern Lk, San Antonio, TX 78244',
			propertyType: 'Single Family',
			beds: 4,
			priceBasis: 'listed',
			date: '2024-05-25T13:11:55.018Z',
		});
		// 1747 and 6316 times 0.09290304.
		expect(read1.areaSqm).toBeCloseTo(162.3016, 3);
		expect(read1.lotSqm).toBeCloseTo(586.7756, 3);
	});

	it.each<[string, object, object]>([
		[
			'a sale price before the price asked',
			{ price: 9, sale_price: 8 },
			{ price: 8, priceBasis: 'sold' },
		],
		[
			'the price asked where the sale price is 0',
			{ price: 9, sale_price: 0 },
			{ price: 9, priceBasis: 'listed' },
		],
		[
			'a day of sale as a sale',
			{ price: 9, sold_date: '2026-01-02' },
			{ priceBasis: 'sold', date: '2026-01-02' },
		],
		['the price under price_amount', { price_amount: 9 }, { price: 9 }],
		['its address for want of an id', { price: 9, address: 'A 1' }, { id: 'A 1', address: 'A 1' }],
		['its position for want of either', { price: 9 }, { id: 'comparable 1' }],
		[
			'square feet where the metres are 0',
			{ price: 9, area_sqm: 0, square_footage: 1000 },
			{ areaSqm: 92.90304 },
		],
		['a studio as no bedrooms', { price: 9, beds: 0 }, { beds: 0 }],
	])('reads %s', (_name, row, expected) => {
		expect(read(row)).toMatchObject(expected);
	});

	it.each(['areaSqm', 'yearBuilt', 'lotSqm', 'beds'])(
		'leaves out %s where it is unknown',
		(field) => {
			const row = { price: 9, floor_area_sqm: 0, year_built: 0, lot_area_sqm: 0, beds: null };
			expect(read(row)).not.toHaveProperty(field);
		},
	);

	it('is read as a database node hands it over, its exact decimals as text', () => {
		const row = {
			id: 7,
			price: '5000000.00',
			floor_area_sqm: '82.50',
			beds: '2',
			baths: '1.5',
			year_built: '2015',
			lot_area_sqm: '120.000',
			latitude: '14.5507690000000000',
			longitude: '-121.05',
		};
		expect(read(row)).toEqual({
			id: '7',
			price: 5_000_000,
			priceBasis: 'listed',
			areaSqm: 82.5,
			beds: 2,
			baths: 1.5,
			yearBuilt: 2015,
			lotSqm: 120,
			latitude: 14.550769,
			longitude: -121.05,
		});
	});

	it.each(['price', 'price_amount', 'sale_price'])('may have %s as text', (field) => {
		expect(read({ [field]: ' 7250000.5 ' }).price).toBe(7_250_000.5);
	});

	it.each<[string, object]>([
		['a price with thousands marks, which mean something else elsewhere', { price: '5,000,000' }],
		['a price with a currency sign', { price: '₱5000000' }],
		['an exponent', { price: '5e6' }],
		['a hexadecimal number', { price: '0x10' }],
		['an empty text', { price: 9, beds: '' }],
		['a sign without a number', { price: '-' }],
		['infinity', { price: 'Infinity' }],
		['a negative price as text', { price: '-5.00' }],
		['a price of zero as text', { price: '0.00' }],
		['a latitude of 91 as text', { price: 9, latitude: '91.0' }],
		['a number that no column holds', { price: '9'.repeat(400) }],
		['an amount beyond the largest', { price: '2147483648' }],
		['no price', { floor_area_sqm: 80 }],
		['a price of zero', { price: 0 }],
		['a negative price', { price: -5 }],
		['a price in words', { price: 'five million' }],
		['a latitude of 91', { price: 9, latitude: 91 }],
	])('is refused with %s', (_name, row) => {
		expect(comparable.safeParse(row).success).toBe(false);
	});
});
