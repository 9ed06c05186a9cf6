import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { CampaignRequested } from '../shared/contracts/campaignRequested';
import { canonicalJson } from '../shared/stateStore/key';

const mailTemplate = z.object({
	id: z.string(),
	subject: z.string(),
	html: z.string(),
	/** Made from the HTML where it is missing. */
	text: z.string().optional(),
});

/**
 * What a campaign is, frozen in the ledger when it is opened, so that a run that goes on after a
 * crash sends the very same mails.
 */
export const campaignDefinition = z.object({
	audienceQuery: z.string(),
	template: mailTemplate,
	from: z.string(),
	replyTo: z.string().optional(),
	/** Where unsubscribe links lead; the token is added to it. */
	unsubscribeUrl: z.string(),
	/** What every mail may show. */
	data: z.record(z.unknown()),
	utm: z.object({ source: z.string(), medium: z.string(), campaign: z.string() }),
	allowEverybody: z.boolean(),
});

export type CampaignDefinition = z.infer<typeof campaignDefinition>;

/** An opened campaign, as the ledger answers it. */
export const openedCampaign = z
	.object({
		campaignId: z.string(),
		companyId: z.string(),
		correlationId: z.string(),
		definition: campaignDefinition,
		/** Of the definition that counts. */
		definitionHash: z.string(),
		/** Where enrolling stands: the key of the last person enrolled. */
		cursor: z.string().nullish(),
	})
	.passthrough();

export type OpenedCampaign = z.infer<typeof openedCampaign>;

export interface DefinitionSettings {
	templates: ReadonlyArray<CampaignDefinition['template']>;
	unsubscribeUrl: string;
	allowEverybody: boolean;
}

/** The definition of a requested campaign; undefined where no template has the id it asks for. */
export function defineCampaign(
	requested: CampaignRequested,
	{ templates, unsubscribeUrl, allowEverybody }: DefinitionSettings,
): CampaignDefinition | undefined {
	const template = templates.find(({ id }) => id === requested.template_id);
	if (!template) return undefined;
	const { source, medium, campaign } = requested.utm ?? {};
	return {
		audienceQuery: requested.audience_query,
		template,
		from: requested.sender,
		...(requested.reply_to && { replyTo: requested.reply_to }),
		unsubscribeUrl,
		data: requested.data ?? {},
		utm: {
			source: source ?? 'property-platform',
			medium: medium ?? 'email',
			campaign: campaign ?? requested.campaign_id,
		},
		allowEverybody: allowEverybody || requested.allow_everybody === true,
	};
}

/** Equal definitions have equal hashes. */
export function definitionHash(definition: CampaignDefinition): string {
	return createHash('sha256').update(canonicalJson(definition)).digest('hex').slice(0, 32);
}

/** What a template may show to one person: the campaign's data, the person's own, and the links. */
export function templateData(
	{ definition }: Pick<OpenedCampaign, 'definition'>,
	personal: Readonly<Record<string, unknown>>,
	unsubscribeUrl: string,
): Record<string, unknown> {
	const { data, utm } = definition;
	return { ...data, ...personal, utm, unsubscribe_url: unsubscribeUrl };
}
