import type { ResendEvent } from '../../shared/contracts/resendEvent';
import { cut } from '../../shared/text/cut';
import { impersonal } from '../../shared/text/impersonal';
import { readMoment } from '../../shared/vendors/resend/moment';
import { bounceKind, type BounceKind, isDeadAddress } from './bounce';
import { TAGS } from './mail';
import { normaliseAddress, recipientKey } from './recipient';
import { senderAddress } from './sender';

const LONGEST_REASON = 200;
const LONGEST_LINK = 500;

export type DeliveryEventKind = (typeof KINDS)[keyof typeof KINDS] | 'other';

export type SuppressionReason = 'bounced' | 'complained' | 'suppressed' | 'unsubscribed';

/** What became of a mail, without the address and without what identifies who opened it. */
export interface DeliveryEvent {
	kind: DeliveryEventKind;
	bounce?: BounceKind;
	/** UTC ISO 8601. */
	at: string;
	/** Absent where the event is about no mail. */
	emailId?: string;
	/** Absent where the mail is of no campaign. */
	campaignId?: string;
	recipient?: string;
	/** The address is not to be written to again, and why. */
	suppress?: { reason: SuppressionReason };
	reason?: string;
	/** The link that was clicked, without its query, which may say who clicked. */
	link?: string;
}

const KINDS = {
	'email.sent': 'sent',
	'email.delivered': 'delivered',
	'email.delivery_delayed': 'delayed',
	// As an older page of the documentation had it.
	'email.delivered_delayed': 'delayed',
	'email.bounced': 'bounced',
	'email.complained': 'complained',
	'email.opened': 'opened',
	'email.clicked': 'clicked',
	'email.failed': 'failed',
	'email.suppressed': 'suppressed',
	// Not Resend's: the trigger's own, for who uses the link of a mail.
	unsubscribed: 'unsubscribed',
} as const;

/**
 * What an event of Resend's webhooks says. Types that are not known are `other`.
 * @see https://resend.com/docs/webhooks/event-types
 */
export function readDeliveryEvent({
	type,
	created_at: createdAt,
	data,
}: ResendEvent): DeliveryEvent {
	const kind = Object.hasOwn(KINDS, type) ? KINDS[type as keyof typeof KINDS] : 'other';
	const tags = tagsOf(data.tags);
	const campaignId = matching(tags[TAGS.campaign], /^[\w-]{1,128}$/);
	const recipient =
		matching(tags[TAGS.recipient], /^[0-9a-f]{32}$/) ?? keyOf(data.to?.[0] ?? data.email);
	const suppression = suppressionOf(type, data);
	const reason = impersonal(reasonOf(data), LONGEST_REASON);
	const link = kind === 'clicked' ? withoutQuery(data.click?.link) : undefined;
	return {
		kind,
		...(kind === 'bounced' && { bounce: bounceKind(data.bounce ?? {}) }),
		at: new Date(readMoment(createdAt)).toISOString(),
		...(data.email_id && { emailId: data.email_id }),
		...(campaignId && { campaignId }),
		...(recipient && { recipient }),
		...(suppression && { suppress: { reason: suppression } }),
		...(reason && { reason }),
		...(link && { link }),
	};
}

type EventData = ResendEvent['data'];

function suppressionOf(type: string, { bounce, origin }: EventData): SuppressionReason | undefined {
	switch (type) {
		case 'email.bounced':
			return bounce && isDeadAddress(bounce) ? 'bounced' : undefined;
		case 'email.complained':
			return 'complained';
		case 'email.suppressed':
			return 'suppressed';
		case 'unsubscribed':
			return 'unsubscribed';
		// Resend's own list is for all its domains in a region, and here it is the same.
		case 'suppression.added':
			if (origin === 'bounce') return 'bounced';
			return origin === 'complaint' ? 'complained' : 'suppressed';
		default:
			return undefined;
	}
}

function reasonOf({ bounce, failed, suppressed }: EventData): string {
	if (bounce) {
		const kind = [bounce.type, bounce.subType].filter(Boolean).join('/');
		return [kind, bounce.message].filter(Boolean).join(': ');
	}
	return failed?.reason ?? suppressed?.reason ?? suppressed?.message ?? '';
}

function tagsOf(tags: EventData['tags']): Record<string, string> {
	if (!Array.isArray(tags)) return tags ?? {};
	return Object.fromEntries(tags.map(({ name, value }) => [name, value]));
}

function keyOf(mailbox: string | null | undefined): string | undefined {
	const address = mailbox ? normaliseAddress(senderAddress(mailbox)) : undefined;
	return address === undefined ? undefined : recipientKey(address);
}

function withoutQuery(link: string | null | undefined): string | undefined {
	if (!link || !URL.canParse(link)) return undefined;
	const { protocol, origin, pathname } = new URL(link);
	const isWeb = protocol === 'https:' || protocol === 'http:';
	const path = pathname.replace(/[^/]*(?:@|%40)[^/]*/gi, '(e-mail)');
	return isWeb ? cut(`${origin}${path}`, LONGEST_LINK) : undefined;
}

function matching(text: string | undefined, form: RegExp): string | undefined {
	return text !== undefined && form.test(text) ? text : undefined;
}
