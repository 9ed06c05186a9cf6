/** One thing a message wants, and how sure that is, from 0 to 1. */
export interface Intent {
	/** Such as `property_search`; `unknown` where nothing is recognised. */
	name: string;
	confidence: number;
}

/** An amount of money; both ends are the same where one amount is named. */
export interface StatedBudget {
	min?: number;
	max?: number;
	/** ISO 4217 code, where the message says it. */
	currency?: string;
	/** Of a rent. */
	per?: 'night' | 'month' | 'year';
}

export interface StatedRange {
	min?: number;
	max?: number;
}

/** What a message says of the home that is looked for; absent where it says nothing. */
export interface Slots {
	budget?: StatedBudget;
	/** 0 is a studio. */
	beds?: StatedRange;
	baths?: StatedRange;
	/** Square metres. */
	area_sqm?: StatedRange;
	/** Names of places as the platform writes them, in the order in which they stand. */
	places?: string[];
	transaction?: 'buy' | 'rent';
	/** Such as `condominium`. */
	property_type?: string;
	/** `2026-12`, or `2026-12-15`. */
	move_in?: string;
}

export interface Contact {
	/** In lower case. */
	email?: string;
	/** E.164. */
	phone?: string;
}

export interface Language {
	/** `en`, `tl`, `taglish` for both in one message, or `unknown`. */
	code: 'en' | 'tl' | 'taglish' | 'unknown';
	confidence: number;
}

export interface Understanding {
	/** The surest first, never empty. */
	intents: Intent[];
	slots: Slots;
	contact: Contact;
	language: Language;
}

/** Words and phrases that stand for an intent; a person adds own ones in the node. */
export interface IntentRule {
	intent: string;
	/** Phrases as people write them, in any letter case; `*` stands for the rest of a word. */
	phrases: readonly string[];
	/** What one phrase adds to the confidence, above 0 up to 1. */
	weight: number;
}

export interface PlaceAlias {
	/** As the platform writes it. */
	place: string;
	/** Other ways to write it. */
	aliases: readonly string[];
}

export interface UnderstandingSettings {
	/** ISO 3166 code: the country of phone numbers without a calling code. */
	country: string;
	/** Beside the built-in ones. */
	rules: readonly IntentRule[];
	places: readonly PlaceAlias[];
	/** What an intent needs in order to count, from 0 to 1. */
	threshold: number;
	/** For "next month": the moment at which the message was written. */
	now: Date;
}
