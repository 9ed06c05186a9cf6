import type {
	Slots,
	StatedBudget,
	StatedRange,
} from '../../../../nodes/MetaBroker/understanding/understanding';
import { understood } from './samples.cts';

const M = 1_000_000;

describe('the budget', () => {
	it.each<[text: string, budget: StatedBudget]>([
		['5M', { min: 5 * M, max: 5 * M }],
		['5m po', { min: 5 * M, max: 5 * M }],
		['budget is 5 M', { min: 5 * M, max: 5 * M }],
		['5m-8m', { min: 5 * M, max: 8 * M }],
		['5-8M', { min: 5 * M, max: 8 * M }],
		['5M to 8M', { min: 5 * M, max: 8 * M }],
		['3M hanggang 4.5M', { min: 3 * M, max: 4.5 * M }],
		['5M up to 8M', { min: 5 * M, max: 8 * M }],
		['500k-1M', { min: 500_000, max: M }],
		['₱5,000,000', { min: 5 * M, max: 5 * M, currency: 'PHP' }],
		['₱3M - ₱5M', { min: 3 * M, max: 5 * M, currency: 'PHP' }],
		['Php 25k/mo', { min: 25_000, max: 25_000, currency: 'PHP', per: 'month' }],
		['Php. 30,000', { min: 30_000, max: 30_000, currency: 'PHP' }],
		['P5M', { min: 5 * M, max: 5 * M, currency: 'PHP' }],
		['25k pesos a month', { min: 25_000, max: 25_000, currency: 'PHP', per: 'month' }],
		['4.5 million', { min: 4.5 * M, max: 4.5 * M }],
		['below 6M', { max: 6 * M }],
		['under ₱6,500,000', { max: 6.5 * M, currency: 'PHP' }],
		['not more than 7M', { max: 7 * M }],
		['up to 3.5M', { max: 3.5 * M }],
		['max 30k monthly', { max: 30_000, per: 'month' }],
		['30k max', { max: 30_000 }],
		['at least 10M', { min: 10 * M }],
		['more than 10M', { min: 10 * M }],
		['5M and up', { min: 5 * M }],
		['5M pataas', { min: 5 * M }],
		['2M pababa', { max: 2 * M }],
		['min 3M max 5M', { min: 3 * M, max: 5 * M }],
		['budget 10-12M', { min: 10 * M, max: 12 * M }],
		['between 3 and 5 million', { min: 3 * M, max: 5 * M }],
		['20 to 25 thousand a month', { min: 20_000, max: 25_000, per: 'month' }],
		['kaya 5M', { min: 5 * M, max: 5 * M }],
		['hanggang 8M', { max: 8 * M }],
		['mga 15k', { min: 15_000, max: 15_000 }],
		['around 15,000', { min: 15_000, max: 15_000 }],
		['limang milyon', { min: 5 * M, max: 5 * M }],
		['dalawang milyong piso', { min: 2 * M, max: 2 * M, currency: 'PHP' }],
		['15 libo kada buwan', { min: 15_000, max: 15_000, per: 'month' }],
		['budget 25000', { min: 25_000, max: 25_000 }],
		['5000000', { min: 5 * M, max: 5 * M }],
		['8000/month', { min: 8_000, max: 8_000, per: 'month' }],
		['monthly budget of 30k', { min: 30_000, max: 30_000, per: 'month' }],
		['2,500 per night', { min: 2_500, max: 2_500, per: 'night' }],
		['100k downpayment, 20k monthly', { min: 20_000, max: 20_000, per: 'month' }],
		['$250,000', { min: 250_000, max: 250_000, currency: 'USD' }],
		['USD 200k', { min: 200_000, max: 200_000, currency: 'USD' }],
		['US$ 1.2M', { min: 1.2 * M, max: 1.2 * M, currency: 'USD' }],
		['S$500k', { min: 500_000, max: 500_000, currency: 'SGD' }],
		['€300k', { min: 300_000, max: 300_000, currency: 'EUR' }],
		['1.5B budget', { min: 1.5e9, max: 1.5e9 }],
	])('of "%s"', (text, budget) => {
		expect(understood(text).slots.budget).toEqual(budget);
	});

	it.each([
		'3BR',
		'2 bedrooms 2 baths',
		'120 sqm',
		'unit 1201',
		'Unit #2504, 25th floor',
		'built in 2015',
		'in 2027',
		'0917 123 4567',
		'+63 917 123 4567',
		'(02) 8123-4567',
		'3 pax, 2 cars',
		'10 minutes from the MRT',
		'500m from MRT',
		'500 m away',
		'50m away',
		'20m walk from the station',
		'5 km from Ayala',
		'24/7 security',
		'7-11 nearby',
		'Block 5 Lot 12 Phase 3',
		'zip 1634',
		'2nd floor',
		'10%',
		'12 months to pay',
		'4:30 pm',
		'Dec 15, 2026',
		'2027-01-15',
		'listing 120034',
		'ref 5000000',
		'P2 parking',
		'1b1b unit',
		'50k reservation fee',
		'downpayment 500k',
		'my salary is 80k',
		'10m x 12m',
		'5,5',
		'one two three',
		'juan5000000@example.com',
		'https://example.com/5000000?max=5M',
	])('is not in "%s"', (text) => {
		expect(understood(text).slots.budget).toBeUndefined();
	});
});

describe('rooms and area', () => {
	it.each<[text: string, beds: StatedRange]>([
		['3BR', { min: 3, max: 3 }],
		['3 br', { min: 3, max: 3 }],
		['2 bed', { min: 2, max: 2 }],
		['3-bedroom', { min: 3, max: 3 }],
		['three bedroom house', { min: 3, max: 3 }],
		['2-3 br', { min: 2, max: 3 }],
		['2 to 3 bedrooms', { min: 2, max: 3 }],
		['2BR or 3BR', { min: 2, max: 3 }],
		['studio', { min: 0, max: 0 }],
		['studio or 1BR', { min: 0, max: 1 }],
		['tatlong kwarto', { min: 3, max: 3 }],
		['apat na kwarto', { min: 4, max: 4 }],
		['2 kwarto', { min: 2, max: 2 }],
		['at least 2 bedrooms', { min: 2 }],
		['4 bedrooms and up', { min: 4 }],
		['2 kwarto pataas', { min: 2 }],
		['may 2 kwarto', { min: 2, max: 2 }],
	])('beds of "%s"', (text, beds) => {
		expect(understood(text).slots.beds).toEqual(beds);
	});

	it.each<[text: string, baths: StatedRange]>([
		['2 T&B', { min: 2, max: 2 }],
		['2TB', { min: 2, max: 2 }],
		['2 bath', { min: 2, max: 2 }],
		['2.5 baths', { min: 2.5, max: 2.5 }],
		['dalawang banyo', { min: 2, max: 2 }],
		['3BR/2BA', { min: 2, max: 2 }],
		['1 cr', { min: 1, max: 1 }],
	])('baths of "%s"', (text, baths) => {
		expect(understood(text).slots.baths).toEqual(baths);
	});

	it.each<[text: string, area: StatedRange]>([
		['120 sqm', { min: 120, max: 120 }],
		['120sqm', { min: 120, max: 120 }],
		['120 sq. m.', { min: 120, max: 120 }],
		['120 square meters', { min: 120, max: 120 }],
		['120 m²', { min: 120, max: 120 }],
		['120m2', { min: 120, max: 120 }],
		['100-120 sqm', { min: 100, max: 120 }],
		['at least 80 sqm', { min: 80 }],
		// 1,200 x 0.09290304
		['1,200 sq ft', { min: 111.5, max: 111.5 }],
		['1 hectare', { min: 10_000, max: 10_000 }],
		['1.5ha farm', { min: 15_000, max: 15_000 }],
	])('area of "%s"', (text, area) => {
		expect(understood(text).slots.area_sqm).toEqual(area);
	});

	it.each(['1 bed space', '5 people', 'ba', '2 ba', 'unit 3', 'bed', '99 bedrooms'])(
		'are not in "%s"',
		(text) => {
			const { beds, baths, area_sqm } = understood(text).slots;
			expect({ beds, baths, area_sqm }).toEqual({});
		},
	);
});

describe('the home', () => {
	it.each<[text: string, slots: Slots]>([
		['in BGC', { places: ['Bonifacio Global City'] }],
		['the fort or Makati', { places: ['Bonifacio Global City', 'Makati'] }],
		['Paranaque', { places: ['Parañaque'] }],
		['PARAÑAQUE', { places: ['Parañaque'] }],
		['QC', { places: ['Quezon City'] }],
		['Metro Manila', { places: ['Metro Manila'] }],
		['Sta. Rosa, Laguna', { places: ['Santa Rosa', 'Laguna'] }],
		['bgc, BGC, Taguig', { places: ['Bonifacio Global City', 'Taguig'] }],
		['not in Makati', {}],
		['malay ko', {}],
		['Rizal Avenue', {}],
		['for rent', { transaction: 'rent' }],
		['pang-renta', { transaction: 'rent' }],
		['uupa kami', { transaction: 'rent' }],
		['long term lease', { transaction: 'rent' }],
		['bibili ako', { transaction: 'buy' }],
		['for sale', { transaction: 'buy' }],
		['RTO', { transaction: 'buy' }],
		['rent-to-own', { transaction: 'buy' }],
		['rent or buy', {}],
		['not to rent, to buy', { transaction: 'buy' }],
		['condo', { property_type: 'condominium' }],
		['house and lot', { property_type: 'house' }],
		['bahay', { property_type: 'house' }],
		['town house', { property_type: 'townhouse' }],
		['vacant lot', { property_type: 'lot' }],
		['lupa', { property_type: 'lot' }],
		['office space', { property_type: 'office' }],
		['commercial lot', { property_type: 'commercial' }],
		['hindi condo, bahay', { property_type: 'house' }],
		['thanks a lot', {}],
		['parking lot', {}],
		['open house', {}],
		['in-house financing', {}],
		['block 5 lot 12', {}],
	])('of "%s"', (text, slots) => {
		expect(understood(text).slots).toEqual(slots);
	});

	it('is read whole', () => {
		const text =
			'Hi po! Looking for a 2-3BR condo for rent in BGC or Makati, 80 sqm up, 2 T&B, max Php 60k/month, move in by January';
		expect(understood(text).slots).toEqual({
			beds: { min: 2, max: 3 },
			baths: { min: 2, max: 2 },
			area_sqm: { min: 80 },
			budget: { max: 60_000, currency: 'PHP', per: 'month' },
			places: ['Bonifacio Global City', 'Makati'],
			transaction: 'rent',
			property_type: 'condominium',
			move_in: '2027-01',
		});
	});
});

describe('the day of moving in, on 23 November 2026', () => {
	it.each<[text: string, day: string]>([
		['next month', '2026-12'],
		['this month', '2026-11'],
		['sa susunod na buwan', '2026-12'],
		['in 3 months', '2027-02'],
		['2 months from now', '2027-01'],
		['ASAP', '2026-11'],
		['by December', '2026-12'],
		['in November', '2026-11'],
		['by October', '2027-10'],
		['January 2027', '2027-01'],
		['sa Enero', '2027-01'],
		['15 Dec', '2026-12-15'],
		['Dec 15', '2026-12-15'],
		['December 15th, 2026', '2026-12-15'],
		['1st of March', '2027-03-01'],
		['Nov 22', '2027-11-22'],
		['Nov 23', '2026-11-23'],
		['2027-01-15', '2027-01-15'],
		['2027-02', '2027-02'],
		['may 15', '2027-05-15'],
		['in May', '2027-05'],
		['viewing on 5 Dec, move in January 2027', '2027-01'],
	])('of "%s"', (text, day) => {
		expect(understood(text).slots.move_in).toBe(day);
	});

	it.each([
		'may 2 kwarto',
		'may available ba',
		'sa may BGC',
		'you may call',
		'31 Feb',
		'built in January 2015',
		'3/4/2027',
		'2027-13',
		'January 2099',
		'can I view on 15 Dec?',
		'call me asap',
		'a march on the street',
	])('is not in "%s"', (text) => {
		expect(understood(text).slots.move_in).toBeUndefined();
	});
});
