/** The Meta product that a conversation belongs to, in the guide's words. */
export type Channel = 'facebook' | 'instagram';

/** What happened. `other` is whatever is not known here; it is kept as Meta sent it. */
export type EventKind =
	| 'message'
	| 'postback'
	| 'referral'
	| 'lead_form'
	| 'echo'
	| 'unsend'
	| 'edit'
	| 'reaction'
	| 'read'
	| 'delivery'
	| 'optin'
	| 'handover'
	| 'other';

export interface Attachment {
	/** Meta's own word, such as `image` or `location`. */
	type: string;
	url?: string;
	latitude?: number;
	longitude?: number;
}

export interface Referral {
	/** What the link or the ad carries. */
	ref?: string;
	/** Such as `ADS` or `SHORTLINK`. */
	source?: string;
	adId?: string;
}

/** A lead that waits at Meta to be fetched. */
export interface LeadFormNotice {
	leadgenId: string;
	formId: string;
	pageId: string;
	adId?: string;
	/** UTC ISO 8601. */
	createdAt?: string;
}

/** One event, the same for Messenger and Instagram. All ids are text, for many are above 2^53. */
export interface ChannelEvent {
	/** The same however often Meta delivers it: from `mid` where there is one, else from the content. */
	id: string;
	kind: EventKind;
	channel: Channel;
	/** The Page, or the Instagram account. */
	accountId: string;
	/** The person, as the Page knows them; absent where an event is about nobody. */
	userId?: string;
	/** What is worked on in order: `facebook:<account>:<person>`. */
	conversation: string;
	/** When it happened by Meta's clock, UTC ISO 8601 with milliseconds. */
	at: string;
	/** Another app holds the conversation: it is not ours to answer. */
	isStandby?: boolean;
	mid?: string;
	text?: string;
	/** Of a quick reply or a button. */
	payload?: string;
	/** What stands on the button that was tapped. */
	title?: string;
	attachments?: Attachment[];
	/** The message, or the story, that it answers or belongs to. */
	replyToMid?: string;
	replyToStory?: string;
	referral?: Referral;
	/** Of an echo: the app that sent the message, and the mark that we gave it. */
	appId?: string;
	metadata?: string;
	/** Of a reaction: `react` or `unreact`, and the emoji. */
	action?: string;
	emoji?: string;
	/** Of a hand-over: whether the conversation came to us or was taken from us. */
	control?: 'ours' | 'theirs';
	leadForm?: LeadFormNotice;
	/** Of `other`: the event as Meta sent it. */
	raw?: unknown;
}

/** The kinds that somebody waits for: worked on one by one, in order. */
export const ANSWERED_KINDS: readonly EventKind[] = [
	'message',
	'postback',
	'referral',
	'lead_form',
];
