/** What a run of a node gives to a CRM's adapter, on a clock that does not really wait. */
import { QUICK_RETRIES, withRetries } from '../../../nodes/shared/http/retry';
import type { Clock, Send } from '../../../nodes/shared/http/send';
import { VendorError } from '../../../nodes/shared/http/vendorError';
import type { CrmAdapter, CrmSession } from '../../../nodes/shared/vendors/crm/port';

/** A session that repeats requests as the node does, without jitter. */
export function crmSession(
	{ retries }: CrmAdapter,
	send: Send,
	clock: Clock,
	isRepeat: boolean,
): CrmSession {
	const { refusals, isFinal, askedWaitMs } = retries;
	const policy = { ...QUICK_RETRIES, maxDelayMs: 10_000, refusals };
	const patient = withRetries(send, { policy, clock, random: () => 0, isFinal, askedWaitMs });
	return { send: () => patient, clock, isRepeat };
}

/** What went wrong with a push. Throws where nothing did, or nothing that a vendor did. */
export async function vendorErrorOf(work: Promise<unknown>): Promise<VendorError> {
	const reason = await work.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (reason instanceof VendorError) return reason;
	throw new Error('There was no VendorError', { cause: reason });
}
