/** What people do, on their phones and in the Page's inbox. */
import type { MetaChannel, MetaPerson } from './metaAccounts.cts';

/** A conversation, as the verbs name it. */
export interface MetaPlace {
	channel: MetaChannel;
	/** A Page's or an Instagram account's id; the channel's first one by default. */
	account?: string;
	/** The person's id. */
	person: string;
	/** When it happened, milliseconds since 1970; now by default. */
	at?: number;
}

export interface MetaReferral {
	ref?: string;
	/** `ADS`, `SHORTLINK` and the like. */
	source: string;
	adId?: string;
}

export interface MetaSaying extends MetaPlace {
	text?: string;
	/** The payload of the quick reply that was tapped; its title is the text. */
	quickReply?: string;
	attachments?: Array<{ type: string; url?: string; latitude?: number; longitude?: number }>;
	/** The `mid` of the message that it answers. */
	replyTo?: string;
	/** The Instagram story that it answers. */
	replyToStory?: { id: string; url: string };
	referral?: MetaReferral;
}

export interface MetaVerbs {
	/** What people do. The verbs that write return the `mid`; they throw for unknown accounts. */
	say(saying: MetaSaying): string;
	/** Taps a button of a card, or "Get started" where there is a referral. */
	tap(tapping: MetaPlace & { payload: string; title: string; referral?: MetaReferral }): string;
	/** Comes back to an existing conversation by a link or an ad, without a word. */
	refer(referring: MetaPlace & { referral: MetaReferral }): void;
	/** Only Instagram tells the app of it. */
	unsend(mid: string): void;
	edit(mid: string, text: string): void;
	/** Without an emoji: takes the reaction back. */
	react(mid: string, emoji?: string): void;
	/** Reads what the Page wrote. */
	read(place: MetaPlace): void;
	block(person: string): void;
	unblock(person: string): void;
	addPerson(person: MetaPerson): void;
	/** Sends in a lead form, and returns the lead's id, which is above 2^53. */
	fillForm(filled: {
		/** The first Page by default. */
		page?: string;
		form: string;
		answers: Record<string, string | string[]>;
		adId?: string;
		at?: number;
	}): string;

	/** What people in the Page's inbox do. */
	replyAsHuman(reply: MetaPlace & { text: string }): string;
	/** The inbox takes the conversation: the app hears of it in `standby` only. */
	takeThread(place: MetaPlace): void;
	/** The inbox gives the conversation back to the app. */
	passThread(place: MetaPlace): void;
}
