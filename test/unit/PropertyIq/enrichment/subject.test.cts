import { toSubject } from '../../../../nodes/PropertyIq/enrichment/subject';

describe('the subject of a valuation', () => {
	it("is the listing in the valuation's words", () => {
		expect(
			toSubject({
				property_id: 'p-1',
				address: '12 Mabini St',
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
				price_amount: 5_000_000,
			}),
		).toEqual({
			id: 'p-1',
			address: '12 Mabini St',
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
		});
	});

	it('leaves out what is not known, but keeps a zero', () => {
		expect(toSubject({ beds: 0, baths: null, floor_area_sqm: undefined })).toEqual({ beds: 0 });
		expect(toSubject({})).toEqual({});
	});
});
