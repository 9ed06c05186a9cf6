import fc from 'fast-check';

import {
	failedCallback,
	skippedCallback,
	syncedCallback,
	syncStatusRequest,
} from '../../../nodes/LeadScore/syncStatus';
import { checkContract } from '../../../nodes/shared/contracts/check';
import { leadSyncStatus } from '../../../nodes/shared/contracts/leadSyncStatus';

const SYNCED = syncedCallback('uuid', 'hubspot', 'hubspot_contact_12345', 85);

describe('the callback about a lead', () => {
	it("is the guide's, word for word", () => {
		expect(JSON.stringify(SYNCED, null, 2)).toBe(`{
  "lead_id": "uuid",
  "crm": "hubspot",
  "status": "synced",
  "external_id": "hubspot_contact_12345",
  "message": "Lead synced successfully with score: 85/100"
}`);
	});

	it('says why a lead was skipped', () => {
		expect(skippedCallback('uuid', 'none', 'No CRM is set up for this company')).toEqual({
			lead_id: 'uuid',
			crm: 'none',
			status: 'skipped',
			external_id: null,
			message: 'Lead skipped: No CRM is set up for this company',
		});
	});

	it('says why a lead could not be pushed', () => {
		expect(failedCallback('uuid', 'pipedrive', 'The Pipedrive quota is used up')).toEqual({
			lead_id: 'uuid',
			crm: 'pipedrive',
			status: 'failed',
			external_id: null,
			message: 'Lead sync failed: The Pipedrive quota is used up',
		});
	});

	it.each([
		['Key email=john@example.com exists', 'Key email=(e-mail) exists'],
		['No answer for +63 917 123 4567 today', 'No answer for (phone number) today'],
		['No answer for (02) 8888-0000', 'No answer for (phone number)'],
		['No answer for 09171234567', 'No answer for (phone number)'],
		['HubSpot 2026-09 answered 503 on 2026-11-23', undefined],
		['Record 512159482605 is locked', undefined],
		['Lead 00Q5g00000ABCDEEA2 was converted', undefined],
		['Lead 7d3f0c1a-52b1-4e6a-9c57-0f6a2f1f9d11 took 0.25000000 s', undefined],
		['Wait 30 s\nand try\tagain', 'Wait 30 s and try again'],
	])('tells nobody whom it is about: %s', (reason, told) => {
		expect(failedCallback('l-1', 'hubspot', reason).message).toBe(
			`Lead sync failed: ${told ?? reason}`,
		);
	});

	it('keeps to the contract whatever the reason is', () => {
		const reasons = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 6000 }),
			fc.constantFrom('a@b ', '+1234567 ', '\ud83c', '🏡').map((unit) => unit.repeat(3000)),
		);
		fc.assert(
			fc.property(reasons, (reason) => {
				for (const callback of [
					failedCallback('l-1', 'hubspot', reason),
					skippedCallback('l-1', 'hubspot', reason),
				]) {
					expect(checkContract(leadSyncStatus, callback)).toEqual({ ok: true, value: callback });
					expect(callback.message).not.toMatch(/\n|\w@\w/);
				}
			}),
		);
	});
});

describe('the report about a lead', () => {
	it('is posted with its correlation id and a key', () => {
		expect(syncStatusRequest(SYNCED, 'corr-1')).toEqual({
			method: 'POST',
			path: '/internal/n8n/lead-sync-status',
			headers: { 'X-Correlation-Id': 'corr-1' },
			body: SYNCED,
			idempotencyKey: expect.stringMatching(/^lead-sync-status:uuid:[0-9a-f]{32}$/),
		});
	});

	it('has the same key and bytes each time, and another once something changes', () => {
		const again = syncedCallback('uuid', 'hubspot', 'hubspot_contact_12345', 85);
		expect(syncStatusRequest(again, 'corr-1')).toEqual(syncStatusRequest(SYNCED, 'corr-1'));
		const keys = [
			SYNCED,
			{ ...SYNCED, crm: 'pipedrive' },
			{ ...SYNCED, external_id: null },
			failedCallback('uuid', 'hubspot', 'no answer'),
			failedCallback('uuid', 'hubspot', 'refused'),
		].map((callback) => syncStatusRequest(callback, 'corr-1').idempotencyKey);
		expect(new Set(keys).size).toBe(keys.length);
	});

	it('carries more than the guide only where it is asked to', () => {
		const more = { ...SYNCED, priority: 'high', follow_up_date: '2026-11-23' };
		expect(syncStatusRequest(more, 'corr-1').body).toEqual(SYNCED);
		expect(syncStatusRequest(more, 'corr-1', true).body).toEqual(more);
	});
});
