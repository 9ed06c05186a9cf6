import { isRefusal } from '../../shared/callbacks/sendCallback';
import { checkContract, describeProblems } from '../../shared/contracts/check';
import { type MetricsSnapshot, metricsSnapshot } from '../../shared/contracts/metrics';
import { isSuccess } from '../../shared/http/answer';
import type { HttpRequest, HttpResponse } from '../../shared/http/send';
import { PLATFORM, toVendorError, type VendorError } from '../../shared/http/vendorError';
import { impersonal } from '../../shared/text/impersonal';
import { clockSkewSeconds } from './clockSkew';

/** Signatures are refused from 300 s on; a little before, the clocks are what to look at. */
const SUSPICIOUS_SKEW_SECONDS = 240;
const SHOWN_LENGTH = 300;

/** The question for a company's figures: `GET /internal/metrics/snapshot`. */
export function snapshotRequest(companyId: string, correlationId: string): HttpRequest {
	return {
		method: 'GET',
		path: '/internal/metrics/snapshot',
		query: { company_id: companyId },
		headers: { 'X-Correlation-Id': correlationId },
	};
}

/**
 * The snapshot in an answer. Throws a VendorError: one that passes where the platform has no figures
 * to give at the moment, one that stays where it gives figures that cannot be used.
 */
export function readSnapshot(
	response: HttpResponse,
	companyId: string,
	nowMs: number,
): MetricsSnapshot {
	if (!isSuccess(response)) throw refusal(response, companyId, nowMs);
	const complaint = complaintIn(response.body);
	if (complaint !== undefined) {
		throw toVendorError(PLATFORM, response, nowMs, {
			kind: 'unreadable',
			message: `The platform answered ${response.status} with ${complaint} instead of the figures of company ${shown(companyId)}`,
			advice: 'Look at the log of the platform; check the base URL in the credential.',
		});
	}
	const checked = checkContract(metricsSnapshot, response.body);
	if (!checked.ok) {
		throw unusable(response, nowMs, companyId, describeProblems(checked.problems));
	}
	const answered = checked.value.company_id;
	if (answered !== companyId) {
		throw unusable(response, nowMs, companyId, `company_id: is that of company ${answered}`);
	}
	return checked.value;
}

function unusable(
	response: HttpResponse,
	nowMs: number,
	companyId: string,
	problems: string,
): VendorError {
	return toVendorError(PLATFORM, response, nowMs, {
		kind: 'rejected',
		message: `The figures of company ${shown(companyId)} cannot be used: ${shown(problems)}`,
		advice: 'Have the platform answer metrics/snapshot as the guide says. Nothing was reported.',
	});
}

function refusal(response: HttpResponse, companyId: string, nowMs: number): VendorError {
	if (response.status === 404) {
		return toVendorError(PLATFORM, response, nowMs, {
			message: `The platform knows no company ${shown(companyId)}`,
			advice: 'Take it off the list of companies, or check the base URL in the credential.',
		});
	}
	const skew = response.status === 401 ? clockSkewSeconds(response.headers, nowMs) : undefined;
	if (skew === undefined || Math.abs(skew) <= SUSPICIOUS_SKEW_SECONDS) {
		return toVendorError(PLATFORM, response, nowMs);
	}
	const where = skew > 0 ? 'ahead of' : 'behind';
	return toVendorError(PLATFORM, response, nowMs, {
		message: `The platform refused the signature (401): its clock is ${Math.abs(skew)} s ${where} the clock of this n8n`,
		advice: 'Set both clocks by NTP. More than 300 s apart, every signature is refused.',
	});
}

/** What a successful answer holds instead of figures, in words; undefined where it may be figures. */
function complaintIn(body: unknown): string | undefined {
	if (body === undefined || body === null || body === '') return 'nothing';
	if (typeof body === 'string') return isRefusal(body) ? 'a web page' : 'text';
	if (typeof body !== 'object' || Array.isArray(body)) return 'something else';
	if (!isRefusal(body)) return undefined;
	const { error, message, detail } = body as Record<string, unknown>;
	const words = [error, message, detail].filter((each) => typeof each === 'string').join(', ');
	return words === '' ? 'an error' : `an error (${shown(words)})`;
}

function shown(text: string): string {
	return impersonal(text, SHOWN_LENGTH);
}
