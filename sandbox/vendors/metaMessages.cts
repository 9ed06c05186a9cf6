/** Conversations as people see them, and messages as apps send them. */
import type { MetaChannel } from './metaAccounts.cts';

export interface MetaButton {
	title: string;
	/** Of a button that opens a page. */
	url?: string;
	/** Of a button that sends a postback. */
	payload?: string;
}

export interface MetaCard {
	title: string;
	subtitle?: string;
	imageUrl?: string;
	buttons: MetaButton[];
}

export interface MetaMessage {
	mid: string;
	from: 'person' | 'page';
	text: string;
	/** Shown below the latest message only. */
	quickReplies?: Array<{ title: string; payload: string }>;
	cards?: MetaCard[];
	/** Of images and the like. */
	attachments?: Array<{ type: string; url?: string }>;
	/** UTC ISO 8601 with milliseconds. */
	at: string;
	isUnsent?: boolean;
	isEdited?: boolean;
	/** What the other side thinks of it. */
	reaction?: string;
	/** The mark that the sending app gave it. */
	metadata?: string;
	/** A person in the Page's inbox wrote it. */
	isHuman?: boolean;
}

export interface MetaConversation {
	channel: MetaChannel;
	account: { id: string; name: string };
	/** The name of a person without a profile is the id. */
	person: { id: string; name: string };
	/** Newest last. */
	messages: MetaMessage[];
	/** The Page shows that it is writing. */
	isTyping: boolean;
	/** The Page has seen what the person wrote. */
	isSeen: boolean;
	/** The person does not get messages of the Page. */
	isBlocked: boolean;
	/** Another app, the Page's inbox, has control of the conversation. */
	isHandedOver: boolean;
}

/** What an app sent, in the order in which it was taken. */
export interface SentMessage {
	channel: MetaChannel;
	account: string;
	person: string;
	/** Empty where it has none, as a carousel. */
	text: string;
	cards?: MetaCard[];
	quickReplies?: Array<{ title: string; payload: string }>;
	mid: string;
	metadata?: string;
	/** UTC ISO 8601 with milliseconds. */
	at: string;
}
