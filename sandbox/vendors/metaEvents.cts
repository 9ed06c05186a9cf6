/**
 * What Meta tells an app of, in Meta's shapes.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/webhooks
 */
import type { MetaAccount, MetaChannel } from './metaAccounts.cts';
import type { MetaBatches } from './metaBatches.cts';
import type { MetaLead } from './metaLeads.cts';
import type { MetaMessage } from './metaMessages.cts';
import type { MetaSubscriptions } from './metaSubscriptions.cts';
import type { Thread } from './metaThreads.cts';

/** The Page inbox, and Instagram's. */
export const INBOX_APP_IDS: Readonly<Record<MetaChannel, string>> = {
	facebook: '263902037430900',
	instagram: '1217981644879628',
};

/** The field that one has to be subscribed to; none where the channel does not tell of it. */
const FIELDS = {
	message: { facebook: 'messages', instagram: 'messages' },
	postback: { facebook: 'messaging_postbacks', instagram: 'messaging_postbacks' },
	referral: { facebook: 'messaging_referrals', instagram: 'messaging_referral' },
	echo: { facebook: 'message_echoes', instagram: 'messages' },
	unsend: { facebook: undefined, instagram: 'messages' },
	edit: { facebook: 'message_edits', instagram: 'message_edit' },
	reaction: { facebook: 'message_reactions', instagram: 'message_reactions' },
	read: { facebook: 'message_reads', instagram: 'messaging_seen' },
	delivery: { facebook: 'message_deliveries', instagram: undefined },
	handover: { facebook: 'messaging_handovers', instagram: 'messaging_handover' },
	lead: { facebook: 'leadgen', instagram: undefined },
} as const satisfies Record<string, Record<MetaChannel, string | undefined>>;

type Kind = keyof typeof FIELDS;

export class MetaEvents {
	constructor(
		private readonly appId: string,
		private readonly subscriptions: MetaSubscriptions,
		private readonly batches: MetaBatches,
		private readonly now: () => number,
	) {}

	/** Something that the person did, such as `{ message: { mid, text } }`. */
	fromPerson(
		kind: Exclude<Kind, 'echo' | 'delivery' | 'handover' | 'lead'>,
		thread: Thread,
		at: number,
		what: object,
	): void {
		this.tell(kind, thread, personFirst(thread, at, what));
	}

	/**
	 * A message of the Page comes back to the app; one of a person in the inbox does so too. Instagram
	 * is not documented to say who sent it, so here it does not.
	 */
	echo(thread: Thread, message: MetaMessage, attachment?: object): void {
		const { mid, text, metadata, at, isHuman } = message;
		const appId = isHuman ? INBOX_APP_IDS[thread.account.channel] : this.appId;
		this.tell('echo', thread, {
			sender: { id: thread.account.id },
			recipient: { id: thread.person },
			timestamp: Date.parse(at),
			message: {
				mid,
				is_echo: true,
				...(text !== '' && { text }),
				...(thread.account.channel === 'facebook' && {
					// A number, as Meta writes it.
					app_id: Number(appId),
					...(metadata !== undefined && { metadata }),
				}),
				...(attachment && { attachments: [attachment] }),
			},
		});
	}

	/** The person's device has got it. */
	delivery(thread: Thread, { mid, at }: MetaMessage): void {
		const watermark = Date.parse(at);
		this.tell(
			'delivery',
			thread,
			personFirst(thread, watermark, { delivery: { mids: [mid], watermark } }),
		);
	}

	/** The inbox took the conversation, or gave it back. */
	handover(thread: Thread, at: number, direction: 'take' | 'pass'): void {
		const inbox = INBOX_APP_IDS[thread.account.channel];
		const [from, to] = direction === 'take' ? [this.appId, inbox] : [inbox, this.appId];
		this.tell(
			'handover',
			thread,
			personFirst(thread, at, {
				[`${direction}_thread_control`]: { previous_owner_app_id: from, new_owner_app_id: to },
			}),
		);
	}

	/** @see https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving#webhooks */
	lead({ id, page, form, adId, at }: MetaLead, account: MetaAccount): void {
		const url = this.subscriptions.callbackFor(account, FIELDS.lead.facebook);
		if (url === undefined) return;
		const seconds = Math.floor(at / 1000);
		const value = {
			created_time: seconds,
			leadgen_id: id,
			page_id: page.id,
			form_id: form,
			...(adId && { ad_id: adId, adgroup_id: adId }),
		};
		const place = { url, object: 'page', account: page.id, list: 'changes' } as const;
		this.batches.publish({ ...place, time: seconds, body: { field: 'leadgen', value } });
	}

	/** While the inbox has the conversation, the app only looks on. */
	private tell(kind: Kind, { account, isHandedOver }: Thread, body: object): void {
		const own = FIELDS[kind][account.channel];
		if (own === undefined) return;
		const isStandby = isHandedOver && kind !== 'handover';
		const url = this.subscriptions.callbackFor(account, isStandby ? 'standby' : own);
		if (url === undefined) return;
		this.batches.publish({
			url,
			object: account.channel === 'facebook' ? 'page' : 'instagram',
			account: account.id,
			list: isStandby ? 'standby' : 'messaging',
			time: this.now(),
			body: isStandby && kind === 'postback' ? withoutPayload(body) : body,
		});
	}
}

function personFirst({ account, person }: Thread, at: number, what: object): object {
	return { sender: { id: person }, recipient: { id: account.id }, timestamp: at, ...what };
}

function withoutPayload(body: object): object {
	const { postback, ...rest } = body as { postback: { payload: string } };
	const { payload, ...shown } = postback;
	return { ...rest, postback: shown };
}
