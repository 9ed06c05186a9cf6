import type { z } from 'zod';

import { checkContract, type ContractProblem } from '../contracts/check';
import { isSelected, type Rollout } from './rollout';

export interface Admission {
	maxBodyBytes: number;
	rollout?: Rollout;
}

/** What a signature scheme says of a request; `reason` is for us, `message` for the sender. */
export type SignatureVerdict =
	| { valid: true; secret: 'current' | 'previous' }
	| { valid: false; reason: string; message: string };

/** Holds a signature against the bytes received. Never throws. */
export type CheckSignature = (rawBody: Buffer, nowSeconds: number) => SignatureVerdict;

export type RefusalStatus = 400 | 401 | 413 | 415;

/** The JSON body of a refusal: enough for the sender's engineer, nothing for an attacker. */
export interface RefusalBody {
	accepted: false;
	error: string;
	message: string;
	correlation_id: string;
	fields?: ContractProblem[];
}

export type Decision<T> =
	| { outcome: 'accepted'; event: T; secret: 'current' | 'previous' }
	| { outcome: 'not-selected' }
	| { outcome: 'refused'; status: RefusalStatus; reason: string; body: RefusalBody };

export interface IncomingRequest {
	contentType: string | undefined;
	correlationId: string;
	/** The bytes received, before anything parsed them. */
	rawBody: Buffer;
}

/**
 * Decides about a signed request before any work starts: size, signature, JSON, contract, rollout.
 * Never throws. `reason` is for our own log; `body` is what the sender is told. `parse` gives
 * undefined where the bytes are no JSON.
 */
export function admit<S extends z.ZodTypeAny>(
	request: IncomingRequest,
	checkSignature: CheckSignature,
	contract: S,
	admission: Admission,
	nowSeconds: number,
	parse: (rawBody: Buffer) => unknown = parseJson,
): Decision<z.infer<S>> {
	const { correlationId, rawBody } = request;
	const refuse = (status: RefusalStatus, reason: string, error: string, message: string) =>
		({
			outcome: 'refused',
			status,
			reason,
			body: { accepted: false, error, message, correlation_id: correlationId },
		}) as const;

	if (!isJson(request.contentType)) {
		return refuse(
			415,
			'content-type',
			'unsupported_media_type',
			'Send the event as application/json.',
		);
	}
	if (rawBody.length > admission.maxBodyBytes) {
		const limit = `${Math.floor(admission.maxBodyBytes / 1024)} kB`;
		return refuse(413, 'body-too-large', 'body_too_large', `The body may be up to ${limit}.`);
	}

	const verdict = checkSignature(rawBody, nowSeconds);
	if (!verdict.valid) return refuse(401, verdict.reason, 'unauthorized', verdict.message);

	const payload = parse(rawBody);
	if (payload === undefined) {
		return refuse(400, 'not-json', 'invalid_json', 'The body is not valid JSON.');
	}
	const checked = checkContract(contract, payload);
	if (!checked.ok) {
		const refusal = refuse(
			400,
			`contract: ${checked.problems.map(({ field }) => field).join(', ')}`,
			'invalid_event',
			'The event does not keep to its contract; see the fields.',
		);
		return { ...refusal, body: { ...refusal.body, fields: checked.problems } };
	}

	const companyId: unknown = (checked.value as Record<string, unknown>).company_id;
	if (
		admission.rollout &&
		typeof companyId === 'string' &&
		!isSelected(companyId, admission.rollout)
	) {
		return { outcome: 'not-selected' };
	}
	return { outcome: 'accepted', event: checked.value, secret: verdict.secret };
}

function isJson(contentType: string | undefined): boolean {
	return contentType === undefined || /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType);
}

function parseJson(rawBody: Buffer): unknown {
	try {
		return JSON.parse(rawBody.toString('utf8'));
	} catch {
		return undefined;
	}
}
