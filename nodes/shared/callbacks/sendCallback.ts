import { isSuccess } from '../http/answer';
import type { HttpRequest, Send } from '../http/send';
import { toVendorError } from '../http/vendorError';

/** What the platform said to a callback. */
export interface Report {
	status: number;
	/** True where the platform had it already. */
	duplicate: boolean;
}

/** Sends a callback to the platform. Throws a VendorError when the platform does not take it. */
export async function sendCallback(
	send: Send,
	request: HttpRequest,
	nowMs: number,
): Promise<Report> {
	const response = await send(request);
	if (!isSuccess(response)) throw toVendorError('The platform', response, nowMs);
	const { status } = (response.body ?? {}) as { status?: unknown };
	return { status: response.status, duplicate: status === 'duplicate' };
}
