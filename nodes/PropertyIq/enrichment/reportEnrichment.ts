import type { EnrichmentComplete } from '../../shared/contracts/enrichmentComplete';
import type { Send } from '../../shared/http/send';
import { toVendorError } from '../../shared/http/vendorError';
import { callbackRequest } from './callback';

/** What the platform said to a callback. */
export interface Report {
	status: number;
	/** True where the platform had it already. */
	duplicate: boolean;
}

/** Sends a callback to the platform. Throws a VendorError when the platform does not take it. */
export async function reportEnrichment(
	send: Send,
	callback: EnrichmentComplete,
	correlationId: string,
	withExtraFields: boolean,
	nowMs: number,
): Promise<Report> {
	const response = await send(callbackRequest(callback, correlationId, withExtraFields));
	if (response.status < 200 || response.status >= 300) {
		throw toVendorError('The platform', response, nowMs);
	}
	const { status } = (response.body ?? {}) as { status?: unknown };
	return { status: response.status, duplicate: status === 'duplicate' };
}
