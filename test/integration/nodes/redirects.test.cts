/** Secrets never follow a redirect. */
import { listen, type Listening } from '../../../sandbox/listen.cts';
import {
	MANILA,
	propertyIq,
	SAN_ANTONIO,
	startSurroundings,
	type Surroundings,
	withErrorOutput,
} from './surroundings.cts';

let around: Surroundings;
beforeAll(async () => {
	around = await startSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

describe('a redirect to another host', () => {
	let elsewhere: Listening;
	let arrived: Array<{ path: string; headers: Record<string, string> }>;
	beforeAll(async () => {
		elsewhere = await listen((request) => {
			arrived.push({
				path: new URL(request.url).pathname,
				headers: Object.fromEntries(request.headers),
			});
			return Response.json({});
		});
	});
	beforeEach(() => (arrived = []));
	afterAll(async () => await elsewhere.close());

	it.each([301, 302, 303, 307, 308])(
		'with %i is refused, and the key stays here',
		async (status) => {
			const headers = { location: `${elsewhere.url}/stolen` };
			around.rentCast.failNext({ status, headers }, 2);
			const { outputs } = await around.run(
				[withErrorOutput('getMarketData')],
				[{ event: SAN_ANTONIO }],
			);
			expect(outputs[1]?.[0]?.json).toMatchObject({
				error: `RentCast sent a redirect (${status}), which is not followed`,
				details: { kind: 'redirected', advice: expect.stringContaining('Secrets never follow') },
			});
			expect(arrived).toEqual([]);
		},
	);

	it('is not followed by a callback either', async () => {
		around.platform.answer(() => Response.redirect(`${elsewhere.url}/stolen`, 307));
		const { error } = await around.run([propertyIq('enrich')], [{ event: MANILA }]);
		expect(error).toMatchObject({
			message: 'The platform sent a redirect (307), which is not followed',
			httpCode: '307',
		});
		expect(arrived).toEqual([]);
	});
});
