import {
	type IExecuteFunctions,
	type INode,
	NodeApiError,
	NodeOperationError,
	type JsonObject,
} from 'n8n-workflow';

import { VendorError, type VendorErrorKind } from '../http/vendorError';

/** n8n's own words for causes it shows and acts upon. */
const FAILURES: Partial<
	Record<VendorErrorKind, 'rate-limited' | 'quota-exhausted' | 'temporarily-unavailable'>
> = {
	'rate-limited': 'rate-limited',
	'quota-exhausted': 'quota-exhausted',
	unavailable: 'temporarily-unavailable',
	unreachable: 'temporarily-unavailable',
	'timed-out': 'temporarily-unavailable',
};

/**
 * Any error as the one n8n shows: what happened, what to do, which item. A vendor's answer is
 * mapped by its kind, never by its wording, and its body is not carried along.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (!(error instanceof VendorError)) {
		const shown = error instanceof Error ? error : new Error(String(error));
		const { hint } = shown as { hint?: unknown };
		return new NodeOperationError(node, shown, {
			itemIndex,
			...(typeof hint === 'string' && !shown.message.includes(hint) && { description: hint }),
		});
	}
	const { kind, status, code, message, advice, retryAfterMs, vendor } = error.details;
	const failure = FAILURES[kind];
	return new NodeApiError(node, { vendor, kind, status, ...(code && { code }) } as JsonObject, {
		message,
		description: code && !message.includes(code) ? `${advice} (${vendor}: ${code})` : advice,
		httpCode: String(status),
		itemIndex,
		...(failure && {
			failure: { cause: failure, ...(retryAfterMs !== undefined && { retryAfterMs }) },
		}),
		...(kind === 'credential-refused' && { failure: { cause: 'credential-invalid' as const } }),
	});
}

/** What a failed item says on the error output. `advice` is the error's description. */
export function errorDetails(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): { error: string; details: Record<string, string | number | boolean> } {
	const nodeError = toNodeError(context.getNode(), error, itemIndex);
	return {
		error: nodeError.message,
		details: {
			itemIndex,
			...(nodeError.description && { advice: nodeError.description }),
			...(error instanceof VendorError && {
				vendor: error.details.vendor,
				kind: error.details.kind,
				status: error.details.status,
				passing: error.isPassing,
				...(error.details.code && { code: error.details.code }),
			}),
		},
	};
}
