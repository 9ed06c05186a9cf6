import { type CallbackRequest, callbackRequest } from '../shared/callbacks/callbackRequest';
import { type LeadSyncStatus, leadSyncStatus } from '../shared/contracts/leadSyncStatus';
import { impersonal } from '../shared/text/impersonal';

const LONGEST_REASON = 1900;

/** The callback about a lead that stands in the CRM. `score` is of 100. */
export function syncedCallback(
	leadId: string,
	crm: string,
	externalId: string,
	score: number,
): LeadSyncStatus {
	return {
		lead_id: leadId,
		crm,
		status: 'synced',
		external_id: externalId,
		message: `Lead synced successfully with score: ${score}/100`,
	};
}

/** The callback about a lead that was pushed nowhere, and was not meant to be. */
export function skippedCallback(leadId: string, crm: string, reason: string): LeadSyncStatus {
	return withoutRecord(
		leadId,
		crm,
		'skipped',
		`Lead skipped: ${impersonal(reason, LONGEST_REASON)}`,
	);
}

/** The callback about a lead that could not be pushed. */
export function failedCallback(leadId: string, crm: string, reason: string): LeadSyncStatus {
	return withoutRecord(
		leadId,
		crm,
		'failed',
		`Lead sync failed: ${impersonal(reason, LONGEST_REASON)}`,
	);
}

/** The request that reports it: `POST /internal/n8n/lead-sync-status`. */
export function syncStatusRequest(
	callback: LeadSyncStatus,
	correlationId: string,
	withExtraFields = false,
): CallbackRequest {
	return callbackRequest(LEAD_SYNC_STATUS, callback, correlationId, withExtraFields);
}

const LEAD_SYNC_STATUS = {
	name: 'lead-sync-status',
	contract: leadSyncStatus,
	idField: 'lead_id',
} as const;

function withoutRecord(
	leadId: string,
	crm: string,
	status: 'skipped' | 'failed',
	message: string,
): LeadSyncStatus {
	return { lead_id: leadId, crm, status, external_id: null, message };
}
