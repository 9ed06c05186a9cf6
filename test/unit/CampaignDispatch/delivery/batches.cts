import type { Batch } from '../../../../nodes/CampaignDispatch/delivery/batch';
import { mailFor } from '../../../../nodes/CampaignDispatch/delivery/mail';
import { recipientKey } from '../../../../nodes/CampaignDispatch/delivery/recipient';
import type { ResendMail } from '../../../../nodes/shared/vendors/resend';

export const CAMPAIGN = 'c-1';

export function makeMail(number: number, campaignId = CAMPAIGN): ResendMail {
	const email = `person-${number}@example.com`;
	return mailFor({
		from: 'Sales <sales@company.com>',
		campaignId,
		recipient: recipientKey(email),
		email,
		rendered: { subject: 'New in Makati', html: `<p>Hello ${number}</p>`, text: `Hello ${number}` },
		unsubscribeUrl: `https://n8n.example.com/leave?token=${number}`,
	});
}

/** So many batches of a campaign, none attempted yet. */
export function makeBatches(count: number, mailsEach: number, campaignId = CAMPAIGN): Batch[] {
	return Array.from({ length: count }, (_, batch) => ({
		key: `campaign/${campaignId}/${batch + 1}`,
		isKeyExpired: false,
		mails: Array.from({ length: mailsEach }, (_mail, index) =>
			makeMail(batch * mailsEach + index, campaignId),
		),
	}));
}
