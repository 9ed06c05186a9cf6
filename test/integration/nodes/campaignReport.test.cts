/** Summarize Campaign and Report Campaign Status: what the ledger is asked, and what the platform hears. */
import type { IDataObject } from 'n8n-workflow';

import type { SummaryRow } from '../../../nodes/CampaignDispatch/ledger/summarize';
import {
	campaignDispatch,
	type CampaignSurroundings,
	GUIDE_CAMPAIGN,
	startCampaignSurroundings,
	statementIn,
} from './campaignSurroundings.cts';

let around: CampaignSurroundings;
beforeAll(async () => {
	around = await startCampaignSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const CAMPAIGN_ID = GUIDE_CAMPAIGN.campaign_id;

describe('Summarize Campaign', () => {
	const summarize = async (parameters: object, item: IDataObject = { campaignId: 'c-1' }) =>
		statementIn(await around.runOne('summarize', parameters as never, [item]), 'summarize');

	it('asks for the campaign of the item, with its conversions of thirty days', async () => {
		const { query, values } = await summarize({});
		expect(values).toEqual([30, 'c-1']);
		expect(query).toContain('SELECT $2::text AS campaign_id');
	});

	it('asks for another campaign, in another window', async () => {
		const { values } = await summarize({ campaignId: 'c-2', conversionWindowDays: 7 });
		expect(values).toEqual([7, 'c-2']);
	});

	it('asks for those with news, whatever the item says', async () => {
		const { query, values } = await summarize({ which: 'changed' }, {});
		expect(values).toEqual([30]);
		expect(query).toContain("state = 'completed'");
	});

	it('keeps the correlation id', async () => {
		const json = await around.runOne('summarize', {}, [
			{ campaignId: 'c-1', correlationId: 'corr-7' },
		]);
		expect(json.correlationId).toBe('corr-7');
	});

	it.each([
		['says nothing of a campaign', {}],
		['has an empty id', { campaignId: ' ' }],
	])('cannot ask where the item %s', async (_what, item) => {
		expect(await around.failOne('summarize', {}, [item])).toMatchObject({
			error: 'Campaign ID is empty',
			details: { itemIndex: 0, advice: expect.stringContaining('opened the campaign') },
		});
	});
});

/** As the ledger answers, in the guide's own numbers. */
const SUMMARY: SummaryRow = {
	found: true,
	campaignId: CAMPAIGN_ID,
	companyId: GUIDE_CAMPAIGN.company_id,
	correlationId: 'corr-1',
	state: 'completed',
	stopReason: null,
	startedAt: '2026-11-23T02:00:00.000Z',
	completedAt: '2026-11-23T02:01:00.000Z',
	asOf: '2026-11-23T02:02:00.000Z',
	audience: 1300,
	leftOut: { no_consent: 50 },
	pending: 0,
	sending: 0,
	sent: 1250,
	refused: 2,
	delivered: 1238,
	bounced: 11,
	permanentBounces: 10,
	transientBounces: 1,
	complained: 1,
	opened: 410,
	clicked: 98,
	unsubscribed: 3,
	suppressedByVendor: 0,
	failed: 12,
	conversions: 7,
};

const GUIDE_CALLBACK = {
	campaign_id: CAMPAIGN_ID,
	sent: 1250,
	failed: 12,
	status: 'completed',
	delivery_rate: 99.04,
};

describe('Report Campaign Status', () => {
	const report = async (summary: object = SUMMARY, parameters: object = {}) =>
		await around.runOne('report', parameters as never, [summary as IDataObject]);

	it("sends the guide's callback, word for word, and hands on what it was made of", async () => {
		const json = await report();
		expect(json).toMatchObject({
			campaignId: CAMPAIGN_ID,
			correlationId: 'corr-1',
			reported: { status: 200, duplicate: false },
			callback: GUIDE_CALLBACK,
			summary: SUMMARY,
		});
		const [delivery, ...more] = around.platform.deliveries;
		expect(more).toEqual([]);
		expect(delivery).toMatchObject({
			path: '/internal/n8n/campaign-status',
			isValid: true,
			body: GUIDE_CALLBACK,
		});
		expect(delivery?.headers.get('x-correlation-id')).toBe('corr-1');
		expect(delivery?.headers.get('x-idempotency-key')).toMatch(
			new RegExp(`^campaign-status:${CAMPAIGN_ID}:[0-9a-f]{32}$`),
		);
	});

	it('makes the statement that notes up to when the platform knows, and each attempt', async () => {
		expect(statementIn(await report(), 'reported').values).toEqual([
			CAMPAIGN_ID,
			SUMMARY.asOf,
			expect.stringMatching(
				/^\[\{"correlationId":"corr-1".*"step":"callback".*"status":200.*\}\]$/,
			),
		]);
	});

	it('sends the same counts under the same key, and others under another', async () => {
		await report();
		await report({ ...SUMMARY, asOf: '2026-11-24T02:02:00.000Z', opened: 500 });
		await report({ ...SUMMARY, sent: 1251 });
		const keys = around.platform.deliveries.map(({ headers }) => headers.get('x-idempotency-key'));
		expect(keys[1]).toBe(keys[0]);
		expect(keys[2]).not.toBe(keys[0]);
	});

	it.each<[SummaryRow['state'], string, string]>([
		['enrolling', 'result', 'sending'],
		['sending', 'result', 'sending'],
		['stopped', 'result', 'paused'],
		['completed', 'result', 'completed'],
		['sending', 'failure', 'failed'],
		['stopped', 'failure', 'failed'],
		[null, 'failure', 'failed'],
	])('tells a campaign that is %p, as a %s, as "%s"', async (state, what, status) => {
		await report({ ...SUMMARY, state }, { what });
		expect(around.platform.deliveries[0]?.body).toMatchObject({ status });
	});

	it('tells a campaign of which nobody got a mail yet', async () => {
		await report({ ...SUMMARY, state: 'sending', sent: 0, failed: 0 });
		expect(around.platform.deliveries[0]?.body).toMatchObject({ sent: 0, delivery_rate: 0 });
	});

	it('tells more beside where that is wanted, in names like the others', async () => {
		const withExtraFields = { reportOptions: { withExtraFields: true } };
		await report(
			{ ...SUMMARY, state: 'stopped', stopReason: 'The quota is used up' },
			withExtraFields,
		);
		expect(around.platform.deliveries[0]?.body).toEqual({
			...GUIDE_CALLBACK,
			status: 'paused',
			delivered: 1238,
			opened: 410,
			clicked: 98,
			conversions: 7,
			stop_reason: 'The quota is used up',
		});
		await report(SUMMARY, withExtraFields);
		expect(around.platform.deliveries[1]?.body).not.toHaveProperty('stop_reason');
	});

	it('answers the request that failed before the ledger knew the campaign', async () => {
		const unknown = {
			...SUMMARY,
			found: false,
			state: null,
			correlationId: null,
			sent: 0,
			failed: 0,
		};
		const json = await report(unknown, {
			what: 'failure',
			reportOptions: { correlationId: 'corr-9' },
		});
		expect(json.correlationId).toBe('corr-9');
		expect(around.platform.deliveries[0]?.headers.get('x-correlation-id')).toBe('corr-9');
	});

	it.each([
		['left empty', ''],
		['never set', undefined],
	])(
		'takes the correlation id of the ledger where the option is %s',
		async (_how, correlationId) => {
			await report(SUMMARY, { reportOptions: { correlationId } });
			expect(around.platform.deliveries[0]?.headers.get('x-correlation-id')).toBe('corr-1');
		},
	);

	it('knows a repeat by what the platform answers', async () => {
		around.platform.answer(() => Response.json({ status: 'duplicate' }));
		expect((await report()).reported).toEqual({ status: 200, duplicate: true });
	});

	it('tries again where the platform is down for a moment', async () => {
		around.platform.answer((_delivery, number) =>
			number === 1 ? new Response(null, { status: 503 }) : Response.json({ status: 'ok' }),
		);
		expect((await report()).reported).toEqual({ status: 200, duplicate: false });
		const keys = around.platform.deliveries.map(({ headers }) => headers.get('x-idempotency-key'));
		expect(keys).toHaveLength(2);
		expect(new Set(keys).size).toBe(1);
	});

	it('says what to do where the platform stays down, so that the flow can decide', async () => {
		around.platform.answer(() => new Response(null, { status: 503 }));
		expect(await around.failOne('report', {}, [SUMMARY as unknown as IDataObject])).toMatchObject({
			error: expect.stringContaining('503'),
			details: { kind: 'unavailable', passing: true, itemIndex: 0 },
		});
		expect(around.platform.deliveries).toHaveLength(3);
	});

	it('does not try again what the platform refuses', async () => {
		around.platform.answer(() => new Response(null, { status: 404 }));
		const { details } = await around.failOne('report', {}, [SUMMARY as unknown as IDataObject]);
		expect(details).toMatchObject({ kind: 'not-found', passing: false });
		expect(around.platform.deliveries).toHaveLength(1);
	});

	it('has no result to tell of a campaign that the ledger does not know', async () => {
		const unknown = { ...SUMMARY, found: false, state: null } as unknown as IDataObject;
		expect(await around.failOne('report', {}, [unknown])).toMatchObject({
			error: `The ledger knows no campaign "${CAMPAIGN_ID}"`,
			details: { advice: expect.stringContaining('Campaign ID') },
		});
		expect(around.platform.deliveries).toEqual([]);
	});

	it('refuses an item that is no summary, and names what is missing', async () => {
		const { error } = await around.run([campaignDispatch('report')], [{ campaignId: 'c-1' }]);
		expect(error).toMatchObject({
			message: 'The summary of the campaign does not keep to its contract',
			description: expect.stringContaining('sent: is required'),
		});
	});
});
