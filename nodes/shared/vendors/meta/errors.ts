import type { HttpResponse } from '../../http/send';
import { toVendorError, type VendorError, type VendorErrorDetails } from '../../http/vendorError';
import { impersonal } from '../../text/impersonal';
import { knownFailure, type SendFailure } from './failures';
import { META } from './policy';
import { regainMs } from './rateLimit';

const LONGEST_MESSAGE = 300;
const PRIVATE = [
	[/[^\s<>]*@[^\s<>]*/g, '(e-mail)'],
	[/[\w|-]{40,}/g, '(token)'],
	[/\d{9,}/g, '(id)'],
] as const;

/** What an error of Graph's says. */
export interface GraphFailure {
	code?: number;
	subcode?: number;
	/** Graph's own words, without addresses, ids and tokens; they may quote what was sent. */
	message?: string;
}

/**
 * Reads an error's body: `{"error": {"message", "type", "code", "error_subcode", "fbtrace_id"}}`.
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
export function readFailure(body: unknown): GraphFailure {
	if (typeof body !== 'object' || body === null) return {};
	const { error } = body as { error?: unknown };
	if (typeof error !== 'object' || error === null) return {};
	const { code, error_subcode: subcode, message } = error as Record<string, unknown>;
	if (!Number.isInteger(code)) return {};
	const words = typeof message === 'string' ? withoutPrivate(message) : '';
	return {
		code: code as number,
		...(Number.isInteger(subcode) && { subcode: subcode as number }),
		...(words && { message: words }),
	};
}

/** The error behind an answer of Graph's. Its code decides where it says more than the status. */
export function metaError(response: HttpResponse, nowMs: number): VendorError {
	const failure = readFailure(response.body);
	const { code, subcode } = failure;
	const specific = specificFor(failure, response.status);
	const wait = specific.kind === 'rate-limited' ? regainMs(response.headers) : undefined;
	return toVendorError(META.name, response, nowMs, {
		...specific,
		...(code !== undefined && { code: subcode === undefined ? `${code}` : `${code}/${subcode}` }),
		...(wait !== undefined && { retryAfterMs: wait }),
	});
}

/** What an answer to a message means, where the message's id cannot be read from it. */
export function sendFailure({ status, noAnswer, body }: HttpResponse): SendFailure {
	const { code, subcode } = readFailure(body);
	if (code !== undefined) {
		return knownFailure(code, subcode)?.means ?? (status >= 500 ? 'ambiguous' : 'rejected');
	}
	if (status === 429) return 'passing';
	if (status === 0) return noAnswer === 'certificate-refused' ? 'account' : 'ambiguous';
	// A gateway gave up, or Meta has done it and answered something else.
	if (status < 300 || status === 408 || status >= 500) return 'ambiguous';
	return 'account';
}

function specificFor(
	{ code, subcode, message }: GraphFailure,
	status: number,
): Partial<VendorErrorDetails> {
	if (code === undefined) return {};
	const known = knownFailure(code, subcode);
	if (known) {
		const { kind, message: words, advice } = known;
		return { kind, ...(words && { message: words }), ...(advice && { advice }) };
	}
	const said = message ? `: ${message}` : '';
	return status >= 500
		? { kind: 'unavailable' }
		: { kind: 'rejected', message: `Meta did not accept the request (${status})${said}` };
}

function withoutPrivate(message: string): string {
	const masked = PRIVATE.reduce((text, [pattern, mask]) => text.replace(pattern, mask), message);
	return impersonal(masked, LONGEST_MESSAGE);
}
