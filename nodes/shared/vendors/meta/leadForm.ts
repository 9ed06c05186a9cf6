/** @see https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving */
import { z } from 'zod';

import { answerIn } from '../../http/answer';
import type { HttpRequest, HttpResponse } from '../../http/send';
import { metaError } from './errors';
import { readMoment } from './moment';
import { inTheNameOf, META } from './policy';

const FIELDS = [
	'created_time',
	'id',
	'ad_id',
	'ad_name',
	'adset_id',
	'adset_name',
	'campaign_id',
	'campaign_name',
	'form_id',
	'is_organic',
	'platform',
	'field_data',
];

/** A question of a form, by its name, and what the person answered. */
export interface LeadAnswer {
	name: string;
	values: string[];
}

/** A form that a person filled in; what Meta does not say is absent. */
export interface LeadForm {
	id: string;
	/** UTC ISO 8601. */
	createdAt?: string;
	formId?: string;
	adId?: string;
	adName?: string;
	adsetId?: string;
	adsetName?: string;
	campaignId?: string;
	campaignName?: string;
	/** Not from an ad. */
	isOrganic?: boolean;
	/** Such as `fb` or `ig`. */
	platform?: string;
	answers: LeadAnswer[];
}

/** The lead of a form that the webhook told of. Needs the leads_retrieval permission. */
export function leadFormRequest(leadgenId: string, pageId: string): HttpRequest {
	return {
		method: 'GET',
		path: `/${encodeURIComponent(leadgenId)}`,
		query: { fields: FIELDS.join(',') },
		headers: inTheNameOf(pageId),
		timeoutMs: META.timeoutMs,
	};
}

const word = z.string().min(1).optional().catch(undefined);

const lead = z.object({
	id: z.string().min(1),
	created_time: z.union([z.string(), z.number()]).nullish(),
	form_id: word,
	ad_id: word,
	ad_name: word,
	adset_id: word,
	adset_name: word,
	campaign_id: word,
	campaign_name: word,
	is_organic: z.boolean().optional().catch(undefined),
	platform: word,
	field_data: z.array(z.object({ name: z.string(), values: z.array(z.string()).catch([]) })),
});

/** Throws a VendorError. */
export function readLeadForm(response: HttpResponse, nowMs: number): LeadForm {
	const answer = answerIn(lead, response);
	if (answer === undefined) throw metaError(response, nowMs);
	const createdMs = readMoment(answer.created_time ?? '');
	const isOrganic = answer.is_organic;
	return {
		id: answer.id,
		...(!Number.isNaN(createdMs) && { createdAt: new Date(createdMs).toISOString() }),
		...(answer.form_id && { formId: answer.form_id }),
		...(answer.ad_id && { adId: answer.ad_id }),
		...(answer.ad_name && { adName: answer.ad_name }),
		...(answer.adset_id && { adsetId: answer.adset_id }),
		...(answer.adset_name && { adsetName: answer.adset_name }),
		...(answer.campaign_id && { campaignId: answer.campaign_id }),
		...(answer.campaign_name && { campaignName: answer.campaign_name }),
		...(isOrganic !== undefined && { isOrganic }),
		...(answer.platform && { platform: answer.platform }),
		answers: answer.field_data,
	};
}
