import type { HttpResponse } from '../../../http/send';
import {
	toVendorError,
	type VendorError,
	type VendorErrorDetails,
} from '../../../http/vendorError';
import type { CrmRetries, CrmSettings } from '../port';
import { type Failure, failureOf } from './failure';

const NAME = 'Salesforce';
/** Salesforce publishes no wait for too many calls at once; they end within seconds. */
const CONCURRENCY_WAIT_MS = 2_000;

export const salesforceRetries: CrmRetries = {
	// Its limits answer 403, before anything was read.
	refusals: [403, 429],
	isFinal: (response) => response.status === 403 && !isConcurrencyLimit(response),
	askedWaitMs: (response, attempt) =>
		isConcurrencyLimit(response) ? CONCURRENCY_WAIT_MS * attempt : undefined,
};

/** Codes of failures that pass by themselves, whatever the status. */
const PASSING = ['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'QUERY_TIMEOUT'];

/**
 * The error behind an answer of Salesforce's, made from its code and the names of fields. Its
 * messages are left out, because they repeat values.
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html
 */
export function salesforceError(
	response: HttpResponse,
	settings: CrmSettings,
	nowMs: number,
): VendorError {
	const failure = failureOf(response.body);
	if (failure === undefined) return toVendorError(NAME, response, nowMs, withoutCode(response));
	return toVendorError(NAME, response, nowMs, {
		...specificFor(failure, response.status, settings),
		code: failure.code,
	});
}

function withoutCode({ status }: HttpResponse): Partial<VendorErrorDetails> {
	if (status !== 404) return {};
	return { advice: 'Check the My Domain URL in the credential and the API version in the node.' };
}

function specificFor(
	failure: Failure,
	status: number,
	settings: CrmSettings,
): Partial<VendorErrorDetails> {
	const { code, message, fields } = failure;
	if (code === 'REQUEST_LIMIT_EXCEEDED') {
		return isAboutConcurrency(message)
			? { kind: 'rate-limited' }
			: {
					kind: 'quota-exhausted',
					message: 'The API calls that Salesforce allows in 24 hours are used up',
					advice: 'Wait, or raise the limit: Setup, Company Information, API Requests.',
				};
	}
	if (PASSING.includes(code)) return { kind: 'unavailable', message: `${NAME} is busy (${code})` };
	if (status === 401 || status >= 500) return {};
	if (status === 403 || code.startsWith('INSUFFICIENT_ACCESS')) {
		return {
			kind: 'credential-refused',
			message: `The Salesforce user of the credential may not do this (${code})`,
			advice:
				'Give its profile or permission set API access and the right to write leads and tasks.',
		};
	}
	if (status === 404)
		return { kind: 'not-found', ...withoutCode({ status, headers: {}, body: '' }) };
	if (code === 'INVALID_FIELD') return unknownField(fields, settings);
	if (code === 'DUPLICATES_DETECTED') {
		return {
			kind: 'rejected',
			message:
				'A duplicate rule of Salesforce keeps the lead out, and no record that it matches can be used',
			advice:
				'Open Duplicate Rules in Salesforce Setup, and let the user of the credential see what it matches.',
		};
	}
	return {
		kind: 'rejected',
		message: `Salesforce did not accept ${fieldList(fields)} (${code})`,
		advice:
			'Check the values of the fields that the message names, and the rules of the org for them.',
	};
}

function unknownField(fields: string[], { leadIdField }: CrmSettings): Partial<VendorErrorDetails> {
	const isLeadId = leadIdField !== undefined && fields.includes(leadIdField);
	return {
		kind: 'rejected',
		message: `Salesforce knows no such field, or does not show it to this user: ${fields.join(', ') || 'unnamed'}`,
		advice: isLeadId
			? 'In Setup, Object Manager, Lead, Fields & Relationships, make a Text field of 128 characters ' +
				'that is External ID and Unique, let the user edit it, and give its API name in the node.'
			: 'Check the API names in the field mapping, and the field-level security of the user.',
	};
}

function fieldList(fields: string[]): string {
	const names = fields.filter((field) => /^[A-Za-z]\w*$/.test(field));
	if (names.length === 0) return 'the request';
	return `${names.length > 1 ? 'the fields' : 'the field'} ${names.join(', ')}`;
}

function isConcurrencyLimit({ status, body }: HttpResponse): boolean {
	const failure = failureOf(body);
	return (
		status === 403 &&
		failure?.code === 'REQUEST_LIMIT_EXCEEDED' &&
		isAboutConcurrency(failure.message)
	);
}

/** Too many calls at once and too many in a day have the same code. */
function isAboutConcurrency(message: string): boolean {
	return /^Concurrent/i.test(message);
}
