/** A callback that the platform does not take: parked to be sent again, unless its work is given back. */
import type { IDataObject } from 'n8n-workflow';

import { parkWork } from '../../../nodes/shared/delivery/parkWork';
import { releaseEvent } from '../../../nodes/shared/stateStore/release';
import { claimedLead, JOHN } from './leadSurroundings.cts';
import {
	DOWN,
	jsonValue,
	type MetricsSurroundings,
	startMetricsSurroundings,
	statementIn,
} from './metricsSurroundings.cts';
import type { Step } from './runNode.cts';
import { claimed, MANILA } from './surroundings.cts';

let around: MetricsSurroundings;
beforeAll(async () => {
	around = await startMetricsSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const step = (type: Step['type'], parameters: Step['parameters']): Step => ({
	type,
	parameters,
	credentials: ['signedWebhookApi'],
});

const ENRICHMENT: IDataObject = {
	property_id: 'p-1',
	estimate: 5_200_000,
	neighborhood_avg: 4_950_000,
	narrative: 'Piñon, ₱5,000,000 🏡',
	source: 'rentcast',
	last_updated: '2026-11-22T10:00:00Z',
};

const SYNC_STATUS: IDataObject = {
	lead_id: 'l-1',
	crm: 'hubspot',
	status: 'synced',
	external_id: '42',
	message: 'Lead synced successfully with score: 85/100',
};

const SUMMARY: IDataObject = {
	campaignId: 'c-1',
	state: 'completed',
	asOf: '2026-11-23T02:02:00.000Z',
	sent: 1250,
	failed: 12,
};

const reportEnrichment = step('propertyIq', { resource: 'enrichment', operation: 'report' });
const reportSyncStatus = step('leadScore', { resource: 'syncStatus', operation: 'report' });
const reportCampaign = (reportOptions = {}) =>
	step('campaignDispatch', { resource: 'campaign', operation: 'report', reportOptions });

describe.each<[string, Step, IDataObject, string]>([
	['an enrichment', reportEnrichment, { callback: ENRICHMENT }, 'property-enrichment'],
	['a sync status', reportSyncStatus, { callback: SYNC_STATUS }, 'lead-score'],
	[
		'a failure of a lead',
		{ ...reportSyncStatus, parameters: { ...reportSyncStatus.parameters, what: 'failure' } },
		{ event: JOHN, error: 'It did not work' },
		'lead-score',
	],
	['the status of a campaign', reportCampaign(), SUMMARY, 'campaign-dispatch'],
])('the report of %s', (_what, report, item, flow) => {
	const given = { ...item, eventKey: 'key-1', correlationId: 'corr-1' };

	it('that the platform does not take is parked as it was sent', async () => {
		around.platform.answer(DOWN);
		const failed = await around.failOne(report, [given]);
		const [sent] = around.platform.deliveries;
		expect(statementIn(failed, 'failed').query).toBe(parkWork([], []).query);
		expect(jsonValue(failed, 'failed')).toEqual([
			{
				deliveryKey: sent!.headers.get('x-idempotency-key'),
				kind: 'callback',
				flow,
				correlationId: 'corr-1',
				eventKey: 'key-1',
				payload: { path: sent!.path, body: JSON.stringify(sent!.body) },
				reason: 'The platform: unavailable',
				isPassing: true,
			},
		]);
		expect(jsonValue(failed, 'failed', 1)).toMatchObject([
			{ step: 'callback', vendor: 'platform', attempt: 1, status: 503, flow },
			{ step: 'callback', vendor: 'platform', attempt: 2, status: 503, flow },
			{ step: 'callback', vendor: 'platform', attempt: 3, status: 503, flow },
			{ step: 'report', outcome: 'failed', detail: 'The platform: unavailable', flow },
		]);
	});

	it.each([
		['cannot heal', 422, undefined, 'The platform: rejected', false],
		['is hidden in a 200', 200, { status: 'error' }, 'The platform: unreadable', true],
	])('whose failure %s is parked as such', async (_how, status, body, reason, isPassing) => {
		around.platform.answer(() => new Response(body && JSON.stringify(body), { status }));
		const failed = await around.failOne(report, [given]);
		expect(jsonValue(failed, 'failed')).toMatchObject([{ reason, isPassing }]);
	});

	it('of work that is still claimed gives the claim back instead', async () => {
		around.platform.answer(DOWN);
		const failed = await around.failOne(report, [
			{ ...given, outcome: 'claimed', leaseToken: 'lease-1' },
		]);
		const { query, values } = statementIn(failed, 'failed');
		expect(query).toBe(
			releaseEvent({ eventKey: 'key-1', leaseToken: 'lease-1', answers: [], log: [] }).query,
		);
		expect(values.slice(0, 2)).toEqual(['key-1', 'lease-1']);
	});

	it('that the platform takes parks nothing', async () => {
		const json = await around.runOne(report, [given]);
		expect(Object.keys(json.stateStore as object)).not.toContain('failed');
		expect(JSON.stringify(json)).not.toContain('property_platform.deliveries AS held');
	});
});

it('the status of a campaign that has no row in the ledger is parked under the id of its request', async () => {
	around.platform.answer(DOWN);
	const failed = await around.failOne(reportCampaign({ correlationId: 'corr-of-request' }), [
		SUMMARY,
	]);
	expect(around.platform.deliveries[0]?.headers.get('x-correlation-id')).toBe('corr-of-request');
	expect(jsonValue(failed, 'failed')).toMatchObject([{ correlationId: 'corr-of-request' }]);
	const log = jsonValue(failed, 'failed', 1) as IDataObject[];
	expect(new Set(log.map(({ correlationId }) => correlationId))).toEqual(
		new Set(['corr-of-request']),
	);
});

describe.each<[string, Step, IDataObject]>([
	[
		'an enrichment',
		step('propertyIq', {
			resource: 'property',
			operation: 'enrich',
			useRentCast: false,
		}),
		claimed(MANILA),
	],
	[
		'a lead',
		step('leadScore', { resource: 'lead', operation: 'process', crm: 'none' }),
		claimedLead(JOHN),
	],
])('the whole of %s in one step', (_what, whole, item) => {
	it('gives its claim back where the platform does not take the callback, and parks nothing', async () => {
		around.platform.answer(DOWN);
		const failed = await around.failOne(whole, [item]);
		expect(around.platform.deliveries).toHaveLength(3);
		const { query, values } = statementIn(failed, 'failed');
		expect(query).toContain("state = 'released'");
		expect(query).not.toContain('deliveries');
		expect(values.slice(0, 2)).toEqual([item.eventKey, item.leaseToken]);
	});

	it('without a claim parks the callback', async () => {
		around.platform.answer(DOWN);
		const { event, correlationId } = item;
		const failed = await around.failOne(whole, [{ event, correlationId }]);
		const [sent] = around.platform.deliveries;
		expect(jsonValue(failed, 'failed')).toMatchObject([
			{ deliveryKey: sent!.headers.get('x-idempotency-key'), payload: { path: sent!.path } },
		]);
	});
});
