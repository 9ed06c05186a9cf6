/** The stand-in against what RentCast documents. */
import { RENT_CAST_FAILURES, startRentCast } from '../../../sandbox/vendors/rentCast.cts';
import type { StandIn } from '../../../sandbox/vendors/standIn.cts';
import { fetchSend } from '../fetchSend.cts';

const KEY = 'rent-cast-test-key';
const SAMPLE = '5500 Grand Lake Dr, San Antonio, TX 78244';

interface Comparable {
	price: number;
	correlation: number;
	distance: number;
	daysOld: number;
}

/** What the tests look into, of all the answers; lists of properties are read apart. */
interface Body {
	error: string;
	message: string;
	price: number;
	priceRangeLow: number;
	priceRangeHigh: number;
	rent: number;
	rentRangeLow: number;
	subjectProperty: object;
	comparables: Comparable[];
	saleData: {
		history: Record<string, { date: string }>;
		dataByPropertyType: Array<{ propertyType: string; averagePrice: number; medianPrice: number }>;
	};
	rentalData: { medianRent: number };
}

describe("RentCast's stand-in", () => {
	let rentCast: StandIn;

	beforeAll(async () => void (rentCast = await startRentCast({ apiKey: KEY })));
	beforeEach(() => rentCast.reset());
	afterAll(() => rentCast.close());

	async function get(path: string, query: Record<string, string | number> = {}, key = KEY) {
		const headers: Record<string, string> = key ? { 'x-api-key': key } : {};
		const { status, body } = await fetchSend(
			`${rentCast.url}/v1`,
			headers,
		)({
			method: 'GET',
			path,
			query,
		});
		return { status, body: body as Body };
	}

	it('answers the documented sample', async () => {
		const { body } = await get('/avm/value', { address: SAMPLE });
		expect(body).toMatchObject({
			price: 221000,
			priceRangeLow: 208000,
			priceRangeHigh: 233000,
			subjectProperty: {
				id: '5500-Grand-Lake-Dr,-San-Antonio,-TX-78244',
				city: 'San Antonio',
				state: 'TX',
				zipCode: '78244',
				county: 'Bexar',
				squareFootage: 1878,
			},
		});
	});

	it.each([
		['no key', '', 401, 'auth/api-key-invalid'],
		['another key', 'wrong', 401, 'auth/api-key-invalid'],
	])('refuses %s', async (_name, key, status, error) => {
		const answer = await get('/avm/value', { address: SAMPLE }, key);
		expect(answer).toEqual({ status, body: { status, error, message: expect.any(String) } });
	});

	it('takes GET only', async () => {
		const send = fetchSend(`${rentCast.url}/v1`, { 'x-api-key': KEY });
		expect((await send({ method: 'POST', path: '/markets', body: {} })).status).toBe(405);
	});

	it('takes twenty questions a second from one key', async () => {
		const answers = await Promise.all(Array.from({ length: 25 }, () => get('/properties')));
		const limited = answers.filter(({ status }) => status === 429);
		expect(limited).toHaveLength(5);
		expect(limited[0]?.body.error).toBe('auth/rate-limit-exceeded');
		rentCast.reset();
		expect((await get('/markets', { zipCode: '78244' })).status).toBe(200);
	});

	it.each([
		['no state, ZIP or known city', '1234 Main St.'],
		['a place abroad', '123 Main St, Manila, Philippines'],
		['a Philippine postal code', '123 Main St, Manila, 1000'],
		['a territory', '1 Calle Sol, San Juan, 00901'],
	])('cannot place %s', async (_name, address) => {
		const { status, body } = await get('/avm/value', { address });
		expect({ status, error: body.error }).toEqual({ status: 400, error: 'resource/bad-request' });
		expect(body.message).toBe(
			`The provided address '${address}' could not be parsed or geolocated`,
		);
	});

	it('takes Manila for the one in Arkansas', async () => {
		const { body } = await get('/avm/value', { address: '123 Main St, Manila' });
		expect(body.subjectProperty).toMatchObject({ city: 'Manila', state: 'AR', zipCode: '72442' });
	});

	it('finds nothing at an address that does not exist', async () => {
		const { status } = await get('/avm/value', { address: '1 Nowhere Rd, Austin, TX 78701' });
		expect(status).toBe(404);
	});

	it('answers the same home with the same figures, and another home with others', async () => {
		const value = async (address: string) => (await get('/avm/value', { address })).body;
		const one = await value('12 Oak St, Denver, CO 80202');
		expect(await value('12 Oak St, Denver, CO 80202')).toEqual(one);
		expect((await value('14 Oak St, Denver, CO 80202')).price).not.toBe(one.price);
		expect(one.priceRangeLow).toBeLessThan(one.price);
		expect(one.priceRangeHigh).toBeGreaterThan(one.price);
	});

	it('lists fifteen comparables or as many as asked, most alike first, listed nearby', async () => {
		const comparables = async (query: object) =>
			(await get('/avm/value', { address: SAMPLE, ...query })).body.comparables;
		expect(await comparables({})).toHaveLength(15);
		expect(await comparables({ compCount: 25 })).toHaveLength(25);
		const near = await comparables({ maxRadius: 2, daysOld: 60, compCount: 25 });
		expect(near.length).toBeGreaterThan(0);
		expect(near.every(({ distance, daysOld }) => distance <= 2 && daysOld <= 60)).toBe(true);
		const alike = near.map(({ correlation }) => correlation);
		expect(alike).toEqual([...alike].sort((a, b) => b - a));
	});

	it.each([
		['too few comparables', { compCount: 4 }],
		['too many comparables', { compCount: 26 }],
		['a type in other letters', { propertyType: 'condo' }],
		['bedrooms in words', { bedrooms: 'three' }],
		['a circle with nothing in it', { maxRadius: 0.01 }],
	])('does not take %s', async (_name, query) => {
		const { status, body } = await get('/avm/value', { address: SAMPLE, ...query });
		expect({ status, error: body.error }).toEqual({ status: 400, error: 'resource/bad-request' });
	});

	it('takes coordinates instead of an address', async () => {
		const { body } = await get('/avm/value', { latitude: 30.27, longitude: -97.74 });
		expect(body.subjectProperty).toMatchObject({ city: 'Austin', state: 'TX' });
		expect((await get('/avm/value', { latitude: 14.6, longitude: 121 })).status).toBe(400);
	});

	it('answers the rent of a home', async () => {
		const { body } = await get('/avm/rent/long-term', { address: SAMPLE });
		expect(body.rent).toBeGreaterThan(500);
		expect(body.rentRangeLow).toBeLessThan(body.rent);
		expect(body.comparables[0]?.price).toBeLessThan(10_000);
	});

	describe('of markets', () => {
		it('answers the documented sample', async () => {
			const { body } = await get('/markets', { zipCode: '29611' });
			expect(body.saleData).toMatchObject({
				averagePrice: 291933,
				medianPrice: 276990,
				totalListings: 265,
			});
			expect(body.rentalData.medianRent).toBeGreaterThan(0);
		});

		it('has a year of history with a month missing', async () => {
			const { body } = await get('/markets', { zipCode: '78244' });
			const months = Object.keys(body.saleData.history);
			expect(months).toHaveLength(11);
			expect(months.at(-1)).toBe(new Date().toISOString().slice(0, 7));
			expect(body.saleData.history[months[0]!]?.date).toBe(`${months[0]}-01T00:00:00.000Z`);
		});

		it('knows no sales before 2024', async () => {
			const { body } = await get('/markets', { zipCode: '78244', historyRange: 120 });
			expect(Object.keys(body.saleData.history).sort()[0]).toBe('2024-01');
		});

		it('has thin groups, without figures per square foot', async () => {
			const { body } = await get('/markets', { zipCode: '78244', dataType: 'Sale' });
			const land = body.saleData.dataByPropertyType.find(
				({ propertyType }) => propertyType === 'Land',
			);
			expect(land).toMatchObject({ totalListings: 3, medianPricePerSquareFoot: null });
			expect(land!.averagePrice).toBeGreaterThan(2 * land!.medianPrice);
			expect(body).not.toHaveProperty('rentalData');
		});

		it('may have rentals alone', async () => {
			const { body } = await get('/markets', { zipCode: '78299' });
			expect(body).not.toHaveProperty('saleData');
			expect(body).toHaveProperty('rentalData');
		});

		it.each([
			['no ZIP code', {}, 400],
			['a ZIP code of four digits', { zipCode: '7824' }, 400],
			['an unknown kind of data', { zipCode: '78244', dataType: 'sale' }, 400],
			['a ZIP code outside the states', { zipCode: '00901' }, 404],
		])('does not take %s', async (_name, query: Record<string, string>, status) => {
			expect((await get('/markets', query)).status).toBe(status);
		});
	});

	describe('of properties', () => {
		it('answers a list also for one address, and names an owner', async () => {
			const { body } = await get('/properties', { address: SAMPLE });
			expect(body).toMatchObject([{ zipCode: '78244', owner: { names: ['Invented Owner'] } }]);
		});

		it('pages through an area until a page is short', async () => {
			const sizes = [];
			const ids = new Set<string>();
			for (let offset = 0; offset <= 150; offset += 50) {
				const { body } = await get('/properties', { zipCode: '78701', limit: 50, offset });
				const page = body as unknown as Array<{ id: string }>;
				sizes.push(page.length);
				for (const { id } of page) ids.add(id);
			}
			expect(sizes).toEqual([50, 50, 20, 0]);
			expect(ids.size).toBe(120);
			expect((await get('/properties', { zipCode: '78701', limit: 501 })).status).toBe(400);
		});
	});

	it.each(Object.entries(RENT_CAST_FAILURES))('fails with %s on order', async (_name, failure) => {
		rentCast.failNext(failure);
		const { status, body } = await get('/avm/value', { address: SAMPLE });
		expect({ status, body }).toEqual({
			status: failure.status,
			body: 'body' in failure ? failure.body : undefined,
		});
	});
});
