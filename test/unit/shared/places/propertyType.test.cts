import { differInType } from '../../../../nodes/shared/places/propertyType';

describe('types of property', () => {
	it.each([
		['condo', 'House'],
		['Condominium', 'Single Family'],
		['Townhouse', 'House & Lot'],
		['Land', 'house'],
		['Office', 'Condo'],
		['Multi-Family', 'Single Family'],
	])('%s and %s differ', (a, b) => {
		expect(differInType(a, b)).toBe(true);
		expect(differInType(b, a)).toBe(true);
	});

	it.each([
		['condo', 'Condominium'],
		['CONDO UNIT', 'Apartment'],
		['House', 'single-family'],
		['house and lot', 'House & Lot'],
		['Lot', 'Land'],
		['Warehouse', 'warehouse'],
		['condo', undefined],
		['condo', ''],
		['house', 'Residential'],
		[undefined, undefined],
	])('%s and %s do not', (a, b) => {
		expect(differInType(a, b)).toBe(false);
		expect(differInType(b, a)).toBe(false);
	});
});
