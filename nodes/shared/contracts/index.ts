/** Everything that crosses the wire between the platform and n8n, by the name of its JSON Schema. */
import { campaignRequested } from './campaignRequested';
import { campaignStatus } from './campaignStatus';
import { channelMessage, channelReply } from './channelMessage';
import { comparable } from './comparable';
import { enrichmentComplete } from './enrichmentComplete';
import { enrichProperty } from './enrichProperty';
import { eventLogEntry } from './eventLogEntry';
import { leadCreated } from './leadCreated';
import { leadSyncStatus } from './leadSyncStatus';
import { metricsSnapshot, metricsUpsert } from './metrics';

export const CONTRACTS = {
	'enrich-property': enrichProperty,
	'enrichment-complete': enrichmentComplete,
	'lead-created': leadCreated,
	'lead-sync-status': leadSyncStatus,
	'campaign-requested': campaignRequested,
	'campaign-status': campaignStatus,
	'metrics-snapshot': metricsSnapshot,
	'metrics-upsert': metricsUpsert,
	'channel-message': channelMessage,
	'channel-reply': channelReply,
	'event-log-entry': eventLogEntry,
	comparable,
} as const;

export type ContractName = keyof typeof CONTRACTS;
