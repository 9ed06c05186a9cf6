/** What the platform says, and what it proposes next. */
import type { ChannelMessage, ChannelReply } from '../../nodes/shared/contracts/channelMessage';
import type { ChannelSession } from './channelSession.cts';
import type { Queryable } from './database.cts';
import { findListing, findListings, type FoundListing } from './listingSearch.cts';
import { cardOf, countOf, fully, type ListingCard, shortly } from './listingWords.cts';
import { type Wishes, wishesOf } from './wishes.cts';

/** Words for one answer; what is absent is not said. */
export interface Said {
	text: string;
	next?: 'schedule_viewing' | 'ask_location' | 'ask_budget' | 'contact_agent';
	listings?: FoundListing[];
}

export interface Asked {
	message: ChannelMessage;
	session: ChannelSession;
	/** Whose listings are spoken of; all of them where it is not known. */
	companyId: string | undefined;
	/** Whether somebody can be called or mailed. */
	isLead: boolean;
	/** Since this message. */
	isNewLead: boolean;
}

/** Asked about the home that was shown last, where there is one. */
const ABOUT_A_HOME = ['price_inquiry', 'availability_inquiry', 'location_inquiry'];
const ABOUT_HOMES = ['property_search', 'budget_inquiry', ...ABOUT_A_HOME];

/** Whatever else the message says. */
const SET_ANSWERS: Readonly<Record<string, Said>> = {
	opt_out: { text: 'You will get no more messages from us.' },
	human_agent: {
		text: 'I am passing you to one of our agents, who will write to you here.',
		next: 'contact_agent',
	},
	financing_inquiry: {
		text: 'Our agents arrange bank financing and Pag-IBIG loans. Shall one of them walk you through it?',
		next: 'contact_agent',
	},
	selling_inquiry: {
		text: 'We gladly sell it for you. Shall an agent of ours contact you about it?',
		next: 'contact_agent',
	},
};

/** Answers a message as a good agent's assistant does. */
export async function converse(db: Queryable, asked: Asked): Promise<Said> {
	const { isNewLead, session } = asked;
	const answer = await answerTo(db, asked);
	if (!isNewLead) return answer ?? WHICH_AREA;
	const [name] = (session.contact.name ?? '').split(/\s/);
	const thanks = `Thank you${name ? `, ${name}` : ''}! Our agent will contact you very soon.`;
	return answer ? { ...answer, text: `${thanks}\n\n${answer.text}` } : { text: thanks };
}

const WHICH_AREA: Said = {
	text: 'Which area are you looking in, and what is your budget?',
	next: 'ask_location',
};

/** Undefined where the message asks nothing that is understood. */
async function answerTo(db: Queryable, asked: Asked): Promise<Said | undefined> {
	const { message, session, companyId } = asked;
	const wants = (...intents: string[]) => intents.some((each) => message.intents.includes(each));

	const matter = Object.keys(SET_ANSWERS).find((intent) => wants(intent));
	if (matter) return SET_ANSWERS[matter];
	if (wants('viewing_request')) return viewing(asked);

	const { wishes, isSaidNow } = await wishesOf(db, message.message, session);
	const viewed = await viewedListing(db, asked, wants(...ABOUT_A_HOME) && !isSaidNow);
	if (viewed) {
		return {
			text: `${fully(viewed)} Would you like to see it?`,
			next: 'schedule_viewing',
		};
	}
	if (isSaidNow || wants(...ABOUT_HOMES)) {
		return await searched(db, wishes, companyId, wants('budget_inquiry'));
	}
	if (wants('thanks')) return { text: 'You are welcome! I am here if you need anything else.' };
	if (wants('greeting')) {
		return {
			text: 'Hi! I can find a home for you. Which area are you looking in, and for how many bedrooms?',
			next: 'ask_location',
		};
	}
	return undefined;
}

function viewing({ isLead, isNewLead }: Asked): Said | undefined {
	if (isNewLead) return { text: 'Which day suits you for the viewing?' };
	if (isLead) return { text: 'With pleasure! Which day suits you? Our agent will confirm it.' };
	return {
		text: 'With pleasure! Which day suits you, and on which phone number can our agent reach you?',
		next: 'contact_agent',
	};
}

/** "Tell me more" on a card, or a question about the home that was shown last. */
async function viewedListing(
	db: Queryable,
	{ message, session }: Asked,
	isQuestion: boolean,
): Promise<FoundListing | undefined> {
	const named = /^property:(\S+)$/.exec(message.message.trim())?.[1];
	if (named) return await findListing(db, named);
	const isMore = message.message.trim().toLowerCase() === 'tell me more';
	const last = session.last_property_viewed;
	return last !== undefined && (isMore || isQuestion) ? await findListing(db, last) : undefined;
}

async function searched(
	db: Queryable,
	wishes: Wishes,
	companyId: string | undefined,
	isAboutBudget: boolean,
): Promise<Said> {
	if (wishes.isRent) {
		return {
			text: 'I know homes for sale only. Shall an agent tell you what is for rent?',
			next: 'contact_agent',
		};
	}
	const hasBudget = wishes.price.max !== undefined || wishes.price.min !== undefined;
	if (wishes.places.length === 0) {
		if (isAboutBudget && !hasBudget) {
			return { text: 'What is your budget, and in which area?', next: 'ask_budget' };
		}
		return WHICH_AREA;
	}
	const { listings, total, isExact } = await findListings(db, wishes, companyId);
	const [top] = listings;
	if (!top) {
		return {
			text: `I have nothing in ${wishes.placeName} at the moment. Which other area would suit you?`,
			next: 'ask_location',
		};
	}
	const opening = isExact
		? `I found ${countOf(total, wishes)}! Here's the top match: ${shortly(top)}.`
		: `Nothing in ${wishes.placeName} has all of that right now. The closest is ${shortly(top)}.`;
	return { text: `${opening} Would you like to see it?`, next: 'schedule_viewing', listings };
}

/** The guide's answer; `properties` is what a carousel shows. */
export function replyOf(said: Said, message: ChannelMessage, isLead: boolean): ChannelReply {
	const cards: ListingCard[] = (said.listings ?? []).map(cardOf);
	return {
		reply_text: said.text,
		intents: message.intents,
		lead_captured: isLead,
		suggested_properties: cards.map(({ id }) => id),
		next_action: said.next ?? null,
		...(cards.length > 0 && { properties: cards }),
	};
}
