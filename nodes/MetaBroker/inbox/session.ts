import type { Contact, Slots } from '../understanding/understanding';

/** What one message of the person said; an unsent message takes it along. */
export interface Learned {
	mid: string;
	slots?: Slots;
	contact?: Contact;
}

/** Whether this package may answer in a conversation. */
export type Automation = 'on' | 'handed_over' | 'opted_out';

/** What is remembered of a conversation. Personal data. */
export interface Session {
	/** Messages of the person that were worked on before. */
	previousMessages: number;
	lastPropertyViewed: string | null;
	/** The latest ones, oldest first. */
	learned: Learned[];
	automation: Automation;
	/** Where that is all that has handed it over: the message in which somebody else answered. */
	pausedBy: string | null;
	/** Since when the platform could not be reached and the person knows; UTC ISO 8601. */
	heldSince: string | null;
}

/** What working on a message changes in the session; what is absent stays. */
export interface SessionChange {
	lastPropertyViewed?: string;
	learned?: Learned;
	automation?: Automation;
	/** For how long it stays so, in hours; absent: until it is changed again. */
	automationHours?: number;
	/** True: nothing that was remembered of the person is kept. */
	forget?: boolean;
	/** True: the person was told to wait; false: the platform answered again. */
	held?: boolean;
}

/** A part of a reply that is known to have gone out. */
export interface SentPart {
	/** The mark in the message's `metadata`. */
	key: string;
	/** Meta's id of the message. */
	messageId: string;
}
