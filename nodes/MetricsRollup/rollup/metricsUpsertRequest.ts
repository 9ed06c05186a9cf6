import { type CallbackRequest, callbackRequest } from '../../shared/callbacks/callbackRequest';
import { type MetricsUpsert, metricsUpsert } from '../../shared/contracts/metrics';

/** The request that reports a rollup: `POST /internal/n8n/metrics-upsert`. */
export function metricsUpsertRequest(
	callback: MetricsUpsert,
	correlationId: string,
	withExtraFields: boolean,
): CallbackRequest {
	return callbackRequest(METRICS_UPSERT, callback, correlationId, withExtraFields);
}

const METRICS_UPSERT = {
	name: 'metrics-upsert',
	contract: metricsUpsert,
	idField: 'company_id',
} as const;
