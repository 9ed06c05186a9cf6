import type { HttpRequest, HttpResponse } from '../../../http/send';
import {
	toVendorError,
	type VendorError,
	type VendorErrorDetails,
} from '../../../http/vendorError';
import { burstWaitMs, isDailyBudgetSpent } from './retries';

const NAME = 'Pipedrive';

/**
 * The error behind an answer of Pipedrive's. Its texts quote what was sent, so none is passed on:
 * only the names of the fields that were sent and that the answer mentions.
 * @see https://pipedrive.readme.io/docs/core-api-concepts-http-status-codes
 */
export function pipedriveError(
	response: HttpResponse,
	request: HttpRequest,
	nowMs: number,
): VendorError {
	const code = codeIn(response.body);
	return toVendorError(NAME, response, nowMs, {
		...specificFor(response, request, code),
		...(code !== undefined && { code }),
	});
}

function specificFor(
	response: HttpResponse,
	request: HttpRequest,
	code: string | undefined,
): Partial<VendorErrorDetails> {
	const { status, body } = response;
	if (isDailyBudgetSpent(response)) {
		return {
			kind: 'quota-exhausted',
			message: 'The API tokens of the Pipedrive account are used up for today',
			advice: 'They come back at midnight of its server. Usage: Company settings > API usage.',
		};
	}
	if (status === 429) {
		const wait = burstWaitMs(response);
		return { kind: 'rate-limited', ...(wait !== undefined && { retryAfterMs: wait }) };
	}
	if (status === 403 && typeof body === 'string') {
		return {
			kind: 'rate-limited',
			message: 'Pipedrive blocks this sender for a while (403, a web page)',
			advice: 'Too much was sent after refusals. Let it rest, then send fewer items at a time.',
		};
	}
	if (status === 403 && code?.startsWith('feature_capping_')) {
		return {
			kind: 'quota-exhausted',
			message: `The plan of the Pipedrive account allows no more of these (${code})`,
			advice: 'Remove what is no longer needed in Pipedrive, or choose a larger plan there.',
		};
	}
	if (status === 401) {
		return { advice: 'Open the credential, check its API token and press Test.' };
	}
	if (status === 402) {
		return {
			kind: 'credential-refused',
			message: 'The Pipedrive account is not open (402)',
			advice: 'Check in Pipedrive whether the trial has ended or a payment is missing.',
		};
	}
	if (status === 403) {
		return {
			advice:
				'Give the user of the API token the right to do this. A marketing status needs Campaigns.',
		};
	}
	if (status === 400 || status === 422)
		return { kind: 'rejected', ...rejection(response, request) };
	return {};
}

function rejection(
	{ status, body }: HttpResponse,
	request: HttpRequest,
): Partial<VendorErrorDetails> {
	const words = new Set((JSON.stringify(body) ?? '').split(/[^\w]+/));
	const fields = fieldsOf(request).filter((name) => words.has(name));
	if (fields.length === 0) return {};
	return {
		message: `Pipedrive did not accept ${fields.join(', ')} (${status})`,
		advice:
			'Check these fields in the mapping. A name of 40 characters is the key of a field of your ' +
			'own: Company settings > Data fields.',
	};
}

/** The names of what was sent, the account's own fields included. */
function fieldsOf({ body, query }: HttpRequest): string[] {
	if (typeof body !== 'object' || body === null) return Object.keys(query ?? {});
	const { custom_fields: own } = body as { custom_fields?: object };
	return [...Object.keys(own ?? {}), ...Object.keys(body)];
}

function codeIn(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const { code } = body as { code?: unknown };
	return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined;
}
