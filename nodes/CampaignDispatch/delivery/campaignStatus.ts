import { type CallbackRequest, callbackRequest } from '../../shared/callbacks/callbackRequest';
import { type CampaignStatus, campaignStatus } from '../../shared/contracts/campaignStatus';
import { deliveryRate } from './deliveryRate';

/** What a campaign is doing, in the callback's words. */
export type CampaignStatusName = 'sending' | 'completed' | 'paused' | 'failed';

export interface CampaignProgress {
	campaignId: string;
	/** Mails handed to Resend or tried, the failed ones among them. */
	sent: number;
	/** Those of them that were refused, bounced for good or were not sent by Resend after all. */
	failed: number;
	status: CampaignStatusName;
}

/** The callback about a campaign, with the guide's delivery rate. */
export function campaignStatusCallback(progress: CampaignProgress): CampaignStatus {
	const { campaignId, sent, failed, status } = progress;
	return {
		campaign_id: campaignId,
		sent,
		failed,
		status,
		delivery_rate: deliveryRate(sent, failed),
	};
}

/** The request that reports it: `POST /internal/n8n/campaign-status`. */
export function campaignStatusRequest(
	callback: CampaignStatus,
	correlationId: string,
	withExtraFields = false,
): CallbackRequest {
	return callbackRequest(CAMPAIGN_STATUS, callback, correlationId, withExtraFields);
}

const CAMPAIGN_STATUS = {
	name: 'campaign-status',
	contract: campaignStatus,
	idField: 'campaign_id',
} as const;
