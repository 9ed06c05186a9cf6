/** The composite step: everything about a listing in one. */
import type { IDataObject } from 'n8n-workflow';

import { enrichmentComplete } from '../../../nodes/shared/contracts/enrichmentComplete';
import {
	claimed,
	COMPARABLES,
	MANILA,
	SAN_ANTONIO,
	startSurroundings,
	type Surroundings,
	TAGUIG,
} from './surroundings.cts';

const ESTIMATE = { source: 'comparables', comparablesUsed: 5, confidence: 'medium' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let around: Surroundings;
beforeAll(async () => {
	around = await startSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

describe('Enrich', () => {
	it("gives a truthful answer to the guide's own example, and the platform gets it", async () => {
		const json = await around.runOne('enrich', {}, { event: MANILA });
		expect(json).toMatchObject({
			event: MANILA,
			estimate: { amount: null, source: 'insufficient_data' },
			market: { asked: false },
			reported: { status: 200, duplicate: false },
			correlationId: expect.stringMatching(UUID),
			durationMs: expect.any(Number),
		});
		expect(around.platform.deliveries).toMatchObject([
			{ path: '/internal/n8n/enrichment-complete', isValid: true, body: json.callback },
		]);
		expect(enrichmentComplete.parse(around.platform.deliveries[0]?.body)).toMatchObject({
			property_id: 'uuid',
			estimate: null,
			neighborhood_avg: null,
			source: 'insufficient_data',
			narrative: expect.stringContaining('Manila'),
		});
		expect(around.rentCast.requests).toEqual([]);
	});

	it('estimates with range and confidence from comparables', async () => {
		const json = await around.runOne(
			'enrich',
			{},
			{ event: { ...TAGUIG, comparables: COMPARABLES } },
		);
		expect(json.estimate).toMatchObject(ESTIMATE);
		const { amount, rangeLow, rangeHigh } = json.estimate as Record<string, number>;
		expect(rangeLow!).toBeLessThan(amount!);
		expect(rangeHigh!).toBeGreaterThan(amount!);
		// The mean of the five prices, by hand: 92,900,000 / 5.
		expect(json.callback).toMatchObject({ estimate: amount, neighborhood_avg: 18_580_000 });
	});

	it('asks RentCast about a home in the United States', async () => {
		const json = await around.runOne('enrich', {}, { event: SAN_ANTONIO });
		expect(json).toMatchObject({
			market: { asked: true, paidCalls: 2 },
			estimate: { source: 'rentcast' },
			callback: { source: 'rentcast', estimate: (json.estimate as IDataObject).amount },
		});
		expect(around.rentCast.requests.map(({ path }) => path).sort()).toEqual([
			'/v1/avm/value',
			'/v1/markets',
		]);
	});

	it('asks nobody where RentCast is switched off, and reports nothing where that is', async () => {
		const parameters = { useRentCast: false, reportToPlatform: false };
		const json = await around.runOne('enrich', parameters, { event: SAN_ANTONIO });
		expect(json).toMatchObject({
			market: { asked: false, because: 'RentCast is switched off in this node' },
			estimate: { source: 'insufficient_data' },
		});
		expect(json).not.toHaveProperty('reported');
		expect(around.rentCast.requests).toEqual([]);
		expect(around.platform.deliveries).toEqual([]);
	});

	it('pays nothing where the claim brought the answers along', async () => {
		const first = await around.runOne('enrich', {}, claimed(SAN_ANTONIO));
		const { values } = (first.stateStore as { record: { values: string[] } }).record;
		const kept = JSON.parse(values[3]!) as Array<{ questionKey: string; answer: object }>;
		expect(kept).toHaveLength(2);

		around.forget();
		const cachedAnswers = kept.map((answer) => ({ ...answer, fetchedAt: '2026-11-22T10:00:00Z' }));
		const second = await around.runOne('enrich', {}, claimed(SAN_ANTONIO, { cachedAnswers }));
		expect(second.market).toMatchObject({ paidCalls: 0, cachedAnswers: 2 });
		expect(second.estimate).toEqual(first.estimate);
		expect(around.rentCast.requests).toEqual([]);
	});

	it('makes the statement that records the result under the claim', async () => {
		const json = await around.runOne('enrich', {}, claimed(MANILA));
		expect(json).toMatchObject({ correlationId: 'corr-1', eventKey: 'property-enrichment:key' });
		const { query, values } = (json.stateStore as { record: { query: string; values: string[] } })
			.record;
		expect(query).toContain("state = 'recorded'");
		expect(values.slice(0, 2)).toEqual(['property-enrichment:key', 'lease-1']);
		expect(JSON.parse(values[2]!)).toMatchObject({ callback: json.callback });
		expect(JSON.parse(values[4]!)).toMatchObject([
			{ step: 'enrich', outcome: 'ok' },
			{ step: 'callback', outcome: 'ok', status: 200 },
		]);
	});

	it('sends extra fields only when that is asked for', async () => {
		const item = { event: { ...TAGUIG, comparables: COMPARABLES } };
		await around.runOne('enrich', {}, item);
		await around.runOne('enrich', { options: { sendExtraFields: true } }, item);
		const [plain, extended] = around.platform.deliveries.map(({ body }) => Object.keys(body));
		expect(plain).toHaveLength(6);
		expect(extended).toEqual([
			...plain!,
			'estimate_confidence',
			'estimate_high',
			'estimate_low',
			'narrative_source',
			'neighborhood_median',
			'neighborhood_sample_size',
			'neighborhood_trend_percent_per_month',
			'quality_score',
		]);
	});

	it('goes on without RentCast where that is chosen, and says why', async () => {
		around.rentCast.failNext({ status: 401 }, 2);
		const options = { onMarketFailure: 'continue' };
		const json = await around.runOne('enrich', { options }, { event: SAN_ANTONIO });
		expect(json).toMatchObject({
			market: { asked: false, because: expect.stringContaining('refused the credential') },
			estimate: { source: 'insufficient_data' },
			reported: { status: 200 },
		});
	});
});
