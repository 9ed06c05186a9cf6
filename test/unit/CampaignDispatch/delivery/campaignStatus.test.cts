import fc from 'fast-check';

import {
	campaignStatusCallback,
	campaignStatusRequest,
} from '../../../../nodes/CampaignDispatch/delivery/campaignStatus';
import { deliveryRate } from '../../../../nodes/CampaignDispatch/delivery/deliveryRate';
import { campaignStatus } from '../../../../nodes/shared/contracts/campaignStatus';

describe('the delivery rate', () => {
	it.each([
		[1250, 12, 99.04],
		[1250, 0, 100],
		[1250, 1250, 0],
		[3, 1, 66.67],
		[3, 2, 33.33],
		[8, 1, 87.5],
		[200, 199, 0.5],
		[5000, 1, 99.98],
		[100_000, 1, 100],
		[0, 0, 0],
		[0, 3, 0],
		[5, 7, 0],
	])('of %i sent and %i failed is %f', (sent, failed, expected) => {
		expect(deliveryRate(sent, failed)).toBe(expected);
	});

	it("is the guide's for its own numbers, and would not be if the failed stood beside the sent", () => {
		expect(deliveryRate(1250, 12)).toBe(99.04);
		expect(Math.round((1250 / (1250 + 12)) * 10_000) / 100).toBe(99.05);
	});

	it('is a percentage with two decimals, and falls with every failure', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 2_000_000 }), fc.nat(), (sent, given) => {
				const failed = given % (sent + 1);
				const rate = deliveryRate(sent, failed);
				expect(rate).toBeGreaterThanOrEqual(0);
				expect(rate).toBeLessThanOrEqual(100);
				expect(Number(rate.toFixed(2))).toBe(rate);
				expect(Math.abs(rate - (100 - (failed / sent) * 100))).toBeLessThanOrEqual(0.005 + 1e-9);
				expect(deliveryRate(sent, Math.min(sent, failed + 1))).toBeLessThanOrEqual(rate);
			}),
		);
	});
});

describe('the callback about a campaign', () => {
	const callback = campaignStatusCallback({
		campaignId: 'c-1',
		sent: 1250,
		failed: 12,
		status: 'completed',
	});

	it("is the guide's", () => {
		expect(callback).toEqual({
			campaign_id: 'c-1',
			sent: 1250,
			failed: 12,
			status: 'completed',
			delivery_rate: 99.04,
		});
		expect(campaignStatus.safeParse(callback).success).toBe(true);
	});

	it('is reported under a key of its own for each state', () => {
		const request = campaignStatusRequest(callback, 'corr-1');
		expect(request).toMatchObject({
			method: 'POST',
			path: '/internal/n8n/campaign-status',
			headers: { 'X-Correlation-Id': 'corr-1' },
			body: callback,
		});
		const key = (status: 'sending' | 'paused') =>
			campaignStatusRequest({ ...callback, status }, 'corr-1').idempotencyKey;
		expect(request.idempotencyKey).toMatch(/^campaign-status:c-1:[0-9a-f]{32}$/);
		expect(campaignStatusRequest(callback, 'corr-2').idempotencyKey).toBe(request.idempotencyKey);
		expect(key('sending')).not.toBe(key('paused'));
	});

	it('carries other fields only where they are asked for', () => {
		const more = { ...callback, opened: 7 };
		expect(campaignStatusRequest(more, 'c').body).toEqual(callback);
		expect(campaignStatusRequest(more, 'c', true).body).toEqual(more);
	});
});
