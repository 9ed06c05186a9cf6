/** How a campaign looks, and how a mail looks in the list of them. */
import { element, time, tonedChip } from './element.js';

const CAMPAIGN_TONES = { sending: 'wait', paused: 'wait', completed: 'good', failed: 'bad' };

const MAIL_TONES = {
	delivered: 'good',
	opened: 'good',
	clicked: 'good',
	delivery_delayed: 'wait',
	bounced: 'bad',
	complained: 'bad',
	failed: 'bad',
	suppressed: 'bad',
};

/** What the ledger counts, by the words for it. */
const COUNTED = {
	audience: 'Audience',
	pending: 'Pending',
	refused: 'Refused by Resend',
	delivered: 'Delivered',
	opened: 'Opened',
	clicked: 'Clicked',
	bounced: 'Bounced',
	complained: 'Complained',
	unsubscribed: 'Unsubscribed',
};

export function drawCampaign(campaign) {
	const { ledger } = campaign;
	const rate = campaign.delivery_rate === null ? '–' : `${campaign.delivery_rate} %`;
	const figures = [
		['Sent', campaign.sent],
		['Failed', campaign.failed],
		['Delivery rate', rate],
		...Object.entries(ledger?.counts ?? {}).map(([name, count]) => [COUNTED[name], count]),
	];
	const leftOut = Object.entries(ledger?.leftOut ?? {}).map(
		([reason, people]) => `${people} ${reason.replaceAll('_', ' ')}`,
	);
	return element(
		'article.card',
		{},
		element(
			'span.ends',
			{},
			tonedChip(CAMPAIGN_TONES[campaign.status] ?? 'plain', campaign.status),
			campaign.launched_at && time(campaign.launched_at),
		),
		element('code', {}, campaign.audience_query),
		element(
			'span.quiet',
			{},
			[campaign.company, campaign.template_id, campaign.sender].join(' · '),
		),
		element(
			'dl',
			{},
			...figures.flatMap(([name, value]) => [
				element('dt', {}, name),
				element('dd', {}, String(value)),
			]),
		),
		leftOut.length > 0 ? element('span.quiet', {}, `Left out: ${leftOut.join(' · ')}`) : '',
		ledger?.stopReason && element('span.quiet', {}, `Stopped: ${ledger.stopReason}`),
	);
}

export const drawMailRow = (mail, read) =>
	element(
		'div.entry',
		{},
		time(mail.at),
		element('button.link', { type: 'button', click: () => read(mail.id) }, mail.subject),
		tonedChip(MAIL_TONES[mail.lastEvent] ?? 'plain', mail.lastEvent.replaceAll('_', ' ')),
		element('div.more', {}, mail.to.join(', ')),
	);
