import { createHash } from 'node:crypto';

import type { z } from 'zod';

import type { HttpRequest } from '../http/send';
import { canonicalJson } from '../stateStore/key';

const HASH_LENGTH = 32;

/** A POST that the platform knows again by its idempotency key. */
export interface CallbackRequest extends HttpRequest {
	idempotencyKey: string;
}

/** One of the platform's callbacks. */
export interface CallbackKind<S extends z.ZodRawShape> {
	/** The last part of its path, and the first of its idempotency keys. */
	name: string;
	/** The fields of the guide, in its order. */
	contract: z.ZodObject<S, 'passthrough'>;
	/** The field that says what the callback is about. */
	idField: keyof S & string;
}

/**
 * The request that reports a callback: the guide's fields, and others only where they are asked
 * for. The same callback always has the same bytes and the same idempotency key, so that the
 * platform knows a repeat when it sees one.
 */
export function callbackRequest<S extends z.ZodRawShape>(
	{ name, contract, idField }: CallbackKind<S>,
	callback: Readonly<Record<string, unknown>>,
	correlationId: string,
	withExtraFields: boolean,
): CallbackRequest {
	const guideFields = Object.keys(contract.shape);
	const extraFields = Object.keys(callback).filter((field) => !guideFields.includes(field));
	const fields = withExtraFields ? [...guideFields, ...extraFields.sort()] : guideFields;
	const body = Object.fromEntries(fields.map((field) => [field, callback[field]]));
	const hash = createHash('sha256').update(canonicalJson(body)).digest('hex');
	return {
		method: 'POST',
		path: `/internal/n8n/${name}`,
		headers: { 'X-Correlation-Id': correlationId },
		body,
		idempotencyKey: `${name}:${String(callback[idField])}:${hash.slice(0, HASH_LENGTH)}`,
	};
}
