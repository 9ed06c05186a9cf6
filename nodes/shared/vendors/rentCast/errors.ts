import type { HttpResponse } from '../../http/send';
import { toVendorError, type VendorError, type VendorErrorDetails } from '../../http/vendorError';
import { RENT_CAST } from './policy';

const MESSAGE_MAX = 200;

/**
 * The error behind an answer of RentCast's. Its own code decides, because one and the same code has
 * come with different statuses; the status decides where there is no code.
 * @see https://developers.rentcast.io/reference/response-codes
 */
export function rentCastError(response: HttpResponse, nowMs: number): VendorError {
	const { code, message } = readFailure(response.body);
	return toVendorError(RENT_CAST.name, response, nowMs, {
		...specificFor(code, response.status, message),
		...(code !== undefined && { code }),
	});
}

function specificFor(
	code: string | undefined,
	status: number,
	message: string | undefined,
): Partial<VendorErrorDetails> {
	if (code === 'auth/rate-limit-exceeded') return { kind: 'rate-limited' };
	if (code?.startsWith('auth/')) return { kind: 'credential-refused' };
	if (code === 'billing/subscription-inactive') {
		return {
			kind: 'credential-refused',
			message: 'RentCast has no active subscription for this API key',
			advice: 'Open the API dashboard of RentCast and activate a plan, or use the key of another.',
		};
	}
	if (code?.startsWith('billing/')) {
		return {
			kind: 'quota-exhausted',
			advice: 'Open the API dashboard of RentCast and check the plan and its billing.',
		};
	}
	if (code === 'resource/not-found' || status === 404) {
		return {
			kind: 'not-found',
			message: 'RentCast has no data for this place',
			advice:
				'Check the address. If it is so for every listing, check the base URL of the credential.',
		};
	}
	if (code?.startsWith('resource/') || status === 400) {
		return {
			kind: 'rejected',
			message: `RentCast has no data for this question${message ? `: ${message}` : ''}`,
			advice: 'Check that address, city, state and ZIP code are written as on an envelope.',
		};
	}
	return {};
}

/** Code and message where the body is an error of RentCast's. What it quotes is left out. */
function readFailure(body: unknown): { code?: string; message?: string } {
	if (typeof body !== 'object' || body === null) return {};
	const { error, message } = body as { error?: unknown; message?: unknown };
	return {
		...(typeof error === 'string' && /^[a-z]+\/[\w-]+$/.test(error) && { code: error }),
		...(typeof message === 'string' && {
			message: message.replace(/'[^']*\d[^']*'/g, "'…'").slice(0, MESSAGE_MAX),
		}),
	};
}
