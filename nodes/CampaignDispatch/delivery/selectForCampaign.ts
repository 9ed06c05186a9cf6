import { type OpenedCampaign, templateData } from '../definition';
import { missingVariables } from '../rendering/missingVariables';
import type { CompiledTemplate } from '../rendering/mailTemplate';
import {
	type AudienceRow,
	type LeftOut,
	type PersonFields,
	type Recipient,
	selectRecipients,
} from './selectRecipients';

/** Stands for the link, which every mail gets, where it is asked what a mail would lack. */
const ANY_LINK = '#';

/**
 * Who of these rows gets the mail of a campaign, with no more of their data than its template shows,
 * and who is left out and why.
 */
export function selectForCampaign(
	rows: readonly AudienceRow[],
	fields: PersonFields,
	template: CompiledTemplate,
	campaign: Pick<OpenedCampaign, 'definition'>,
): { recipients: Recipient[]; leftOut: LeftOut[] } {
	const { recipients, leftOut } = selectRecipients(rows, fields, (row) =>
		missingVariables(template, templateData(campaign, row, ANY_LINK)),
	);
	const shown = new Set(template.variables.map(({ path }) => /^[^.[]+/.exec(path)?.[0] ?? path));
	return {
		recipients: recipients.map((recipient) => ({
			...recipient,
			data: Object.fromEntries(Object.entries(recipient.data).filter(([name]) => shown.has(name))),
		})),
		leftOut,
	};
}
