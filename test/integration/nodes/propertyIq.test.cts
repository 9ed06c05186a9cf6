import { runNode, runSteps } from './runNode.cts';
import { startRentCast } from '../../../sandbox/vendors/rentCast.cts';
const E = {
	property_id: 'p1',
	company_id: 'c',
	address: 'a',
	city: 'Manila',
	price_amount: 5,
	beds: 1,
	baths: 1,
};
const SA = {
	...E,
	address: '5500 Grand Lake Dr',
	city: 'San Antonio',
	state: 'TX',
	zip_code: '78244',
	price_amount: 220000,
};
it('claims', async () => {
	const out = await runNode(
		{ type: 'propertyIq', parameters: { resource: 'enrichment', operation: 'claim' } },
		[{ event: E }],
	);
	console.log(JSON.stringify(out, null, 1));
});
it('asks', async () => {
	const r = await startRentCast({ apiKey: 'KEY' });
	const run = await runSteps(
		[
			{
				type: 'propertyIq',
				parameters: { resource: 'property', operation: 'getMarketData' },
				credentials: ['rentCastApi'],
			},
		],
		[{ event: SA }],
		{ rentCastApi: { apiKey: 'KEY', baseUrl: r.url + '/v1/' } },
	);
	console.log(JSON.stringify(run.outputs, null, 1), run.error, r.requests);
	r.failNext(
		{ status: 400, body: { status: 400, error: 'resource/bad-request', message: 'bad' } },
		2,
	);
	r.failNext({ status: 401, body: { status: 400, error: 'auth/no', message: 'bad' } }, 2);
	const run2 = await runSteps(
		[
			{
				type: 'propertyIq',
				onError: 'continueErrorOutput',
				parameters: { resource: 'property', operation: 'getMarketData' },
				credentials: ['rentCastApi'],
			},
		],
		[{ event: SA }, { event: SA }, { event: SA }, { event: {} }],
		{ rentCastApi: { apiKey: 'KEY', baseUrl: r.url + '/v1/' } },
	);
	console.log(JSON.stringify(run2, null, 1).slice(0, 3000));
	await r.close();
});
