import { isSuccess } from '../http/answer';
import type { HttpRequest, Send } from '../http/send';
import { PLATFORM, toVendorError } from '../http/vendorError';

/** What the platform said to a callback. */
export interface Report {
	status: number;
	/** True where the platform had it already. */
	duplicate: boolean;
}

/**
 * Sends a callback to the platform. Throws a VendorError when the platform does not take it; also
 * where it answers 200 and says that it failed, or where what answers is a web page.
 */
export async function sendCallback(
	send: Send,
	request: HttpRequest,
	nowMs: number,
): Promise<Report> {
	const response = await send(request);
	if (!isSuccess(response)) throw toVendorError(PLATFORM, response, nowMs);
	if (isRefusal(response.body)) {
		throw toVendorError(PLATFORM, response, nowMs, {
			kind: 'unreadable',
			message: `The platform answered ${response.status}, but did not take the callback`,
			advice: "Look at the platform's log; a proxy before it may have answered in its place.",
		});
	}
	const { status } = (response.body ?? {}) as { status?: unknown };
	return { status: response.status, duplicate: status === 'duplicate' };
}

/** Whether the body of a 200 says no: an error in JSON, or a page for people. */
export function isRefusal(body: unknown): boolean {
	if (typeof body === 'string') return body.trimStart().startsWith('<');
	if (typeof body !== 'object' || body === null) return false;
	const { status, error, success } = body as Record<string, unknown>;
	return status === 'error' || success === false || (error !== undefined && error !== null);
}
