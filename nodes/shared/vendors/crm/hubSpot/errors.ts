import { z } from 'zod';

import type { HttpResponse } from '../../../http/send';
import {
	toVendorError,
	type VendorError,
	type VendorErrorDetails,
} from '../../../http/vendorError';

const NAME = 'HubSpot';

/** Names of properties and scopes. Whatever does not look like one may be somebody's data. */
const PROPERTY = /^[a-z][a-z0-9_]{0,99}$/i;
const SCOPE = /^[a-z][a-z0-9_.-]{0,99}$/i;
const CODE = /^[A-Z][A-Z0-9_]{0,79}$/;

const text = z.string().catch('');
const context = z.record(z.unknown()).catch({});

/** HubSpot asks its clients to take every one of these as optional. */
const failureBody = z
	.object({
		category: text,
		message: text,
		policyName: text,
		context,
		errors: z.array(z.object({ code: text, in: text, context }).catch(nothing)).catch([]),
	})
	.catch({ category: '', message: '', policyName: '', context: {}, errors: [] });

/** What an error of HubSpot's says, without what it quotes of the request. */
export interface HubSpotFailure {
	/** Such as `PROPERTY_DOESNT_EXIST`, else the category, such as `CONFLICT`. */
	code?: string;
	/** The properties at fault. */
	properties: string[];
	scopes: string[];
	/** `TEN_SECONDLY_ROLLING`, `SECONDLY`, `DAILY`. */
	limit?: string;
}

/**
 * Reads an error's body. Properties stand in `errors[].context`, or only in the JSON that older
 * answers have within their message.
 * @see https://developers.hubspot.com/docs/api-reference/error-handling
 */
export function readFailure(body: unknown): HubSpotFailure {
	const failure = failureBody.parse(body);
	const { message, errors } = failure;
	const contexts = [failure.context, ...errors.map((error) => error.context)];
	const named = (...keys: string[]) =>
		contexts.flatMap((one) => keys.flatMap((key) => listOf(one[key])));

	const codes = [...errors.map((error) => error.code), ...inMessage('error', message)];
	const code = [...codes, failure.category].find((candidate) => CODE.test(candidate));
	const limit = failure.policyName || /reached your (\w+) limit/i.exec(message)?.[1]?.toUpperCase();
	const properties = [
		...named('propertyName', 'properties'),
		...inMessage('name', message),
		...errors.map((error) => error.in),
	];
	const scopes = named('requiredGranularScopes', 'requiredScopes', 'missingScopes');
	return {
		...(code && { code }),
		properties: distinct(properties, PROPERTY),
		scopes: distinct(scopes, SCOPE),
		...(limit && { limit }),
	};
}

/** The error behind an answer of HubSpot's. */
export function hubSpotError(response: HttpResponse, nowMs: number): VendorError {
	const failure = readFailure(response.body);
	return toVendorError(NAME, response, nowMs, {
		...specificFor(failure, response.status),
		...(failure.code && { code: failure.code }),
	});
}

function specificFor(
	{ code, properties, scopes, limit }: HubSpotFailure,
	status: number,
): Partial<VendorErrorDetails> {
	if (status === 429) {
		return limit?.startsWith('DAILY') ? { kind: 'quota-exhausted' } : {};
	}
	if (status === 403 && scopes.length > 0) {
		return {
			message: 'HubSpot says that the key of the credential lacks a scope (403)',
			advice: `Give the service key in HubSpot one of these scopes: ${scopes.join(', ')}.`,
		};
	}
	if (status === 423 || status === 477) {
		return { kind: 'unavailable', message: `HubSpot has locked the account for now (${status})` };
	}
	if (status === 400 && properties.length > 0) {
		const what = `${properties.length > 1 ? 'properties' : 'property'} ${properties.join(', ')}`;
		const why = code === undefined ? '' : ` (${code})`;
		return {
			message: `HubSpot did not accept the ${what}${why}`,
			advice:
				code === 'PROPERTY_DOESNT_EXIST'
					? 'Create it in HubSpot (Settings > Properties), or correct the field mapping.'
					: 'Check what the item and the field mapping give for it, and the rules that HubSpot has.',
		};
	}
	return {};
}

function distinct(names: string[], pattern: RegExp): string[] {
	return [...new Set(names.filter((name) => pattern.test(name)))];
}

/** Values of a key in the JSON within a message. What people wrote has its quotes escaped there. */
function inMessage(key: string, message: string): string[] {
	return [...message.matchAll(new RegExp(`"${key}":"([^"]*)"`, 'g'))].map(
		([, value]) => value ?? '',
	);
}

function listOf(value: unknown): string[] {
	return [value].flat().filter((one) => typeof one === 'string');
}

function nothing() {
	return { code: '', in: '', context: {} };
}
