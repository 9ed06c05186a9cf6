import { validateEnrichment } from '../../../../nodes/PropertyIq/enrichment/validate';
import { ESTIMATE, LISTING, NARRATIVE, NEIGHBORHOOD } from './samples.cts';

interface Changes {
	listing?: object;
	estimate?: object;
	neighborhood?: object;
	narrative?: object;
}

const validate = ({ listing, estimate, neighborhood, narrative }: Changes = {}) =>
	validateEnrichment(
		{ ...LISTING, ...listing },
		{ ...ESTIMATE, ...estimate },
		{ ...NEIGHBORHOOD, ...neighborhood },
		{ ...NARRATIVE, ...narrative },
	);

const review = (times: number) =>
	Array.from({ length: times }, () => ({ quote: 'safe area', reason: 'may steer' }));

describe('the quality of an enrichment', () => {
	it('is full where nothing is wrong', () => {
		expect(validate()).toEqual({ score: 100, level: 'good', issues: [] });
	});

	it.each<[string, Changes, string, string, string]>([
		['no asking price', { listing: { price_amount: 0 } }, 'warning', 'price_amount', 'no-price'],
		[
			'no floor area',
			{ listing: { floor_area_sqm: null } },
			'warning',
			'floor_area_sqm',
			'no-floor-area',
		],
		[
			'5 bedrooms on 24 m²',
			{ listing: { floor_area_sqm: 24, beds: 5 } },
			'warning',
			'floor_area_sqm',
			'area-too-small',
		],
		[
			'coordinates 0, 0',
			{ listing: { latitude: 0, longitude: 0 } },
			'warning',
			'latitude',
			'null-island',
		],
		['no currency', { listing: { currency: null } }, 'info', 'currency', 'no-currency'],
		['no estimate', { estimate: { amount: null } }, 'warning', 'estimate', 'no-estimate'],
		[
			'an estimate of low confidence',
			{ estimate: { confidence: 'low' } },
			'warning',
			'estimate',
			'low-confidence',
		],
		[
			'an estimate 1.5 times the price',
			{ estimate: { amount: 15_000_000 } },
			'warning',
			'estimate',
			'far-from-price',
		],
		[
			'an estimate of half the price',
			{ estimate: { amount: 5_000_000 } },
			'warning',
			'estimate',
			'far-from-price',
		],
		[
			'an estimate 3 times the price',
			{ estimate: { amount: 30_000_000 } },
			'error',
			'estimate',
			'contradicts-price',
		],
		[
			'an estimate of a quarter of the price',
			{ estimate: { amount: 2_500_000 } },
			'error',
			'estimate',
			'contradicts-price',
		],
		[
			'an estimate of nothing',
			{ estimate: { amount: 0 } },
			'error',
			'estimate',
			'contradicts-price',
		],
		[
			'no prices of the area',
			{ neighborhood: { average: null } },
			'warning',
			'neighborhood_avg',
			'no-neighborhood',
		],
		[
			'four prices of the area',
			{ neighborhood: { sampleSize: 4 } },
			'info',
			'neighborhood_avg',
			'small-sample',
		],
		[
			'a phrase for a person to look at',
			{ narrative: { review: review(1) } },
			'warning',
			'narrative',
			'review',
		],
		[
			'a template for want of a model',
			{ narrative: { source: 'template', fallbackReason: 'no model' } },
			'info',
			'narrative',
			'template',
		],
		[
			"RentCast's dollars for a listing in pesos",
			{ estimate: { source: 'rentcast' } },
			'error',
			'estimate',
			'currency-mismatch',
		],
		[
			'dollars of the area for a listing in pesos',
			{ neighborhood: { source: 'rentcast' } },
			'error',
			'neighborhood_avg',
			'currency-mismatch',
		],
	] as Array<[string, Changes, string, string, string]>)(
		'reports %s',
		(_name, changes, severity, field, code) => {
			const { issues } = validate(changes);
			expect(issues).toEqual([{ severity, field, code, message: expect.stringMatching(/\w/) }]);
		},
	);

	it.each<[string, Changes]>([
		['an estimate just below 1.5 times the price', { estimate: { amount: 14_990_000 } }],
		['a studio, which has no bedrooms', { listing: { beds: 0, floor_area_sqm: 22 } }],
		['5 m² a bedroom', { listing: { beds: 4, floor_area_sqm: 20 } }],
		['an equator without a meridian', { listing: { latitude: 0, longitude: 101 } }],
		[
			"RentCast's dollars for a listing in dollars",
			{ listing: { currency: 'USD' }, estimate: { source: 'rentcast' } },
		],
		['five prices of the area', { neighborhood: { sampleSize: 5 } }],
		['a template that was asked for', { narrative: { source: 'template' } }],
	])('has nothing against %s', (_name, changes) => {
		expect(validate(changes).issues).toEqual([]);
	});

	it('does not compare dollars with pesos', () => {
		const { issues } = validate({ estimate: { amount: 221_000, source: 'rentcast' } });
		expect(issues.map(({ code }) => code)).toEqual(['currency-mismatch']);
		expect(issues[0]?.message).toBe('The figures are in USD, but the listing is priced in PHP.');
	});

	it('cannot tell a currency apart that the listing does not name', () => {
		const { issues } = validate({ listing: { currency: null }, estimate: { source: 'rentcast' } });
		expect(issues.map(({ code }) => code)).toEqual(['no-currency']);
	});

	it('says by how much an estimate is off, and on which side', () => {
		const message = (amount: number) => validate({ estimate: { amount } }).issues[0]?.message;
		expect(message(35_000_000)).toBe('The estimate lies 3.5 times above the asking price.');
		expect(message(2_500_000)).toBe('The estimate lies 4.0 times below the asking price.');
	});

	// 30 an error, 10 a warning, 2 a remark.
	it.each<[Changes, number, string]>([
		[{ listing: { currency: null } }, 98, 'good'],
		[{ listing: { floor_area_sqm: null } }, 90, 'good'],
		[{ narrative: { review: review(2) } }, 80, 'good'],
		[{ narrative: { review: review(3) } }, 70, 'fair'],
		[{ narrative: { review: review(5) } }, 50, 'fair'],
		[{ narrative: { review: review(6) } }, 40, 'poor'],
		[{ estimate: { amount: 30_000_000 } }, 70, 'poor'],
		[{ narrative: { review: review(11) } }, 0, 'poor'],
	])('scores %j with %i, which is %s', (changes, score, level) => {
		expect(validate(changes)).toMatchObject({ score, level });
	});
});
