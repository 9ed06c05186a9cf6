import { isSuccess } from '../../http/answer';
import type { Clock, HttpResponse } from '../../http/send';
import type { Found } from './port';

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;

/**
 * A gateway gave up waiting; the vendor behind it did not. 524 is Cloudflare's.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.6.5
 */
const GATEWAY_TIMEOUTS = [504, 524];

export interface Creation<T> {
	/** Looks for what an earlier attempt may have made. */
	find(): Promise<T | undefined>;
	/** Sends the request once. */
	create(): Promise<HttpResponse>;
	/** Reads what was made. Throws a VendorError for any other answer. */
	read(response: HttpResponse): T;
	clock: Clock;
	/** Whether an earlier push may have made it: then it is looked for first. */
	isRepeat: boolean;
	/** Whether `find` may miss what was made a moment ago, because the vendor's index lags. */
	findLags?: boolean;
}

/**
 * Creates a thing that the vendor would make twice if asked twice. An answer that leaves open
 * whether it was made is followed by a look, never by a second request in the dark. Where a look
 * cannot be trusted either, because the request may still be at work or the index behind, it ends
 * with the error, and the caller comes back later with `isRepeat`.
 */
export async function createOnce<T>(creation: Creation<T>): Promise<{ value: T; outcome: Found }> {
	const { find, create, read, clock, isRepeat, findLags = false } = creation;
	const known = isRepeat ? await find() : undefined;
	if (known !== undefined) return { value: known, outcome: 'found' };
	for (let attempt = 1; ; attempt++) {
		const response = await create();
		if (leavesOpen(response)) {
			await clock.wait(FIRST_WAIT_MS * 2 ** (attempt - 1));
			const made = await find();
			if (made !== undefined) return { value: made, outcome: 'found' };
			if (hasEnded(response) && !findLags && attempt < ATTEMPTS) continue;
		}
		return { value: read(response), outcome: 'created' };
	}
}

/** Whether the request may or may not have had its effect: no answer, a failure, or no JSON. */
function leavesOpen(response: HttpResponse): boolean {
	const { status, body } = response;
	return (
		status === 0 ||
		status >= 500 ||
		(isSuccess(response) && (typeof body !== 'object' || body === null))
	);
}

/** Whether the vendor itself said that it failed, and so is no longer at work on the request. */
function hasEnded({ status }: HttpResponse): boolean {
	return status >= 500 && !GATEWAY_TIMEOUTS.includes(status);
}
