/**
 * Composite: several requests that cost one call, the later ones with values of the earlier ones.
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/requests-composite.html
 */
import { z } from 'zod';

import type { HttpRequest, HttpResponse } from '../../../http/send';
import type { CrmSettings, CrmValue } from '../port';
import { salesforceError } from './errors';

const DEFAULT_VERSION = 'v64.0';
const TIMEOUT_MS = 8_000;

export interface SubRequest {
	/** What later ones refer to it by. */
	referenceId: string;
	method: 'GET' | 'POST' | 'PATCH';
	/** Below the version, such as `/sobjects/Lead`. */
	path: string;
	httpHeaders?: Readonly<Record<string, string>>;
	body?: Readonly<Record<string, CrmValue>>;
}

const subAnswer = z.object({
	referenceId: z.string(),
	httpStatusCode: z.number().int(),
	body: z.unknown(),
});

export type SubAnswer = z.infer<typeof subAnswer>;

const compositeAnswer = z.object({ compositeResponse: z.array(subAnswer) });

/**
 * One call of several requests, in their order: collated, a query could come before what it looks
 * for. `allOrNone`: where one fails, whatever the others wrote is undone.
 */
export function compositeRequest(
	requests: readonly SubRequest[],
	settings: CrmSettings,
	{ allOrNone, isRepeatable }: { allOrNone: boolean; isRepeatable: boolean },
): HttpRequest {
	const root = `/services/data/${settings.apiVersion ?? DEFAULT_VERSION}`;
	return {
		method: 'POST',
		path: `${root}/composite`,
		body: {
			allOrNone,
			collateSubrequests: false,
			compositeRequest: requests.map(({ path, ...request }) => ({
				...request,
				url: `${root}${path}`,
			})),
		},
		timeoutMs: TIMEOUT_MS,
		isRepeatable,
	};
}

/** What was answered to each request. Throws a VendorError where Salesforce took none of them. */
export function readComposite(
	response: HttpResponse,
	settings: CrmSettings,
	nowMs: number,
): SubAnswer[] {
	const parsed = compositeAnswer.safeParse(response.body);
	const isRead = response.status === 200 && parsed.success;
	if (!isRead) throw salesforceError(response, settings, nowMs);
	return parsed.data.compositeResponse;
}

/** The error behind one answer of a composite. */
export function subError(
	{ httpStatusCode, body }: SubAnswer,
	settings: CrmSettings,
	nowMs: number,
) {
	return salesforceError({ status: httpStatusCode, headers: {}, body }, settings, nowMs);
}

/** A value of an earlier request, such as `lead.id`. */
export const valueOf = (reference: string) => `@{${reference}}`;

/** Text of people's, in which `@{` must not be read as a reference; there is no escape for it. */
export const literal = (text: string) => text.replace(/@\{/g, '@ {');
