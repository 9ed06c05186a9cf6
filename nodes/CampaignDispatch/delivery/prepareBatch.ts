import { type OpenedCampaign, templateData } from '../definition';
import type { MailResult as RecordedMail } from '../ledger/recordBatches';
import type { Batch as TakenBatch, Member } from '../ledger/takeBatches';
import { attempt } from '../rendering/attempt';
import type { CompiledTemplate } from '../rendering/mailTemplate';
import { TemplateError } from '../rendering/templateError';
import type { ResendMail } from '../../shared/vendors/resend';
import type { Batch, MailResult } from './batch';
import { mailFor } from './mail';
import { unsubscribeToken, unsubscribeUrl } from './unsubscribe';

export interface CampaignMails {
	campaign: Pick<OpenedCampaign, 'campaignId' | 'definition'>;
	template: CompiledTemplate;
	/** Signs the unsubscribe links. */
	unsubscribeSecret: string;
}

/** A batch as the ledger gave it out, ready to be sent. */
export interface PreparedBatch extends Batch {
	/** What the ledger has to know of every member, once the mails have these results. */
	resultsOf(results: readonly MailResult[]): RecordedMail[];
}

/**
 * Renders the mails of a batch, when they are asked for. As long as its key lives, a batch that was
 * sent before is rendered whole, so that it is the same to the byte; afterwards nobody is in it who
 * is known to have the mail, or who is not to get any.
 */
export function prepareBatch(taken: TakenBatch, mails: CampaignMails): PreparedBatch {
	const { batch, isKeyExpired, firstAttemptAt, recipients } = taken;
	const settled = recipients.flatMap((member) => (isKeyExpired ? settledResult(member) : []));
	const known = new Set(settled.map(({ recipient }) => recipient));
	const members = recipients.filter(({ recipient }) => !known.has(recipient));
	let outcome: RenderedBatch | undefined;
	const render = () => {
		const { mails: rendered, ...rest } = renderAll(members, mails);
		outcome = rest;
		return { rendered, outcome };
	};
	return {
		key: `campaign/${mails.campaign.campaignId}/${batch}`,
		isKeyExpired,
		...(firstAttemptAt !== null && { firstAttemptAt: Date.parse(firstAttemptAt) }),
		// Rendered when they are sent and not kept: a portion has thousands of them.
		get mails() {
			return render().rendered;
		},
		resultsOf: (results) => {
			const { recipients: sent, unrendered } = outcome ?? render().outcome;
			return [
				...settled,
				...unrendered,
				...results.map(({ index, ...result }) => ({ recipient: sent[index]!, ...result })),
			];
		},
	};
}

/** What is known of a batch once it was rendered. */
interface RenderedBatch {
	/** In the order of the mails. */
	recipients: string[];
	/** Members whose own data breaks the template: no attempt would change that. */
	unrendered: RecordedMail[];
}

function renderAll(
	members: readonly Member[],
	mails: CampaignMails,
): RenderedBatch & { mails: ResendMail[] } {
	const batch = {
		recipients: [] as string[],
		mails: [] as ResendMail[],
		unrendered: [] as RecordedMail[],
	};
	for (const member of members) {
		const mail = attempt(() => renderMail(member, mails));
		if ('value' in mail) {
			batch.recipients.push(member.recipient);
			batch.mails.push(mail.value);
		} else if (mail.failure instanceof TemplateError) {
			const reason = `Template: ${mail.failure.message}`;
			batch.unrendered.push({ recipient: member.recipient, state: 'refused', reason });
		} else {
			throw mail.failure;
		}
	}
	return batch;
}

function renderMail(
	{ recipient, email, data }: Member,
	{ campaign, template, unsubscribeSecret }: CampaignMails,
): ResendMail {
	const { campaignId, definition } = campaign;
	const token = unsubscribeToken(unsubscribeSecret, campaignId, recipient);
	const link = unsubscribeUrl(definition.unsubscribeUrl, token);
	const shown = templateData(campaign, data as Record<string, unknown>, link);
	return mailFor({
		from: definition.from,
		replyTo: definition.replyTo,
		campaignId,
		recipient,
		email,
		rendered: template.render(shown),
		unsubscribeUrl: link,
	});
}

function settledResult({ recipient, emailId, suppression }: Member): RecordedMail[] {
	if (emailId !== null) return [{ recipient, state: 'sent', emailId }];
	if (suppression === null) return [];
	return [{ recipient, state: 'left_out', reason: `suppressed: ${suppression}` }];
}
