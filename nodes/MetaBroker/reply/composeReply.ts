import { withoutHiddenCharacters } from '../../shared/text/hiddenCharacters';
import { oneLine } from '../../shared/text/oneLine';
import type {
	MetaButton,
	MetaContent,
	MetaElement,
	MetaQuickReply,
} from '../../shared/vendors/meta';
import type { Channel } from '../events/channelEvent';
import type { Card, CardButton } from './cards';
import type { QuickReply } from './quickReplies';
import { splitText } from './splitText';

/**
 * @see https://developers.facebook.com/docs/messenger-platform/reference/templates/generic
 * @see https://developers.facebook.com/docs/messenger-platform/reference/buttons/quick-replies
 */
const LIMITS = {
	quickReplies: 13,
	cards: 10,
	buttons: 3,
	/** In characters. */
	cardText: 80,
	buttonTitle: 20,
	payload: 1000,
};

/**
 * The messages of a reply in the order in which they go out: the text in as many parts as it needs,
 * and then the cards. Messenger shows quick replies below the latest message only, so the last one has
 * them; Instagram takes them with a text. Alone they are nothing. What Meta would not take is cut to
 * its limits or left out.
 */
export function composeReply(reply: {
	replyText: string;
	cards: readonly Card[];
	quickReplies: readonly QuickReply[];
	channel: Channel;
}): MetaContent[] {
	const texts = splitText(withoutHiddenCharacters(reply.replyText), reply.channel);
	const elements = reply.cards.flatMap(toElement).slice(0, LIMITS.cards);
	const quickReplies = reply.quickReplies.flatMap(toQuickReply).slice(0, LIMITS.quickReplies);

	const contents: MetaContent[] = texts.map((text) => ({ text }));
	const cards: MetaContent[] = elements.length > 0 ? [carousel(elements)] : [];
	const messages = [...contents, ...cards];
	const offering = reply.channel === 'facebook' ? messages.at(-1) : (contents.at(-1) ?? cards[0]);
	if (offering && quickReplies.length > 0) offering.quick_replies = quickReplies;
	return messages;
}

function carousel(elements: MetaElement[]): MetaContent {
	return {
		attachment: { type: 'template', payload: { template_type: 'generic', elements } },
	};
}

function toElement({ title, subtitle = '', imageUrl, url, buttons }: Card): MetaElement[] {
	const shownTitle = oneLine(title, LIMITS.cardText);
	const shownSubtitle = oneLine(subtitle, LIMITS.cardText);
	const shownButtons = buttons.flatMap(toButton).slice(0, LIMITS.buttons);
	if (shownTitle === '') return [];
	return [
		{
			title: shownTitle,
			...(shownSubtitle && { subtitle: shownSubtitle }),
			...(isAddress(imageUrl, ['https:']) && { image_url: imageUrl }),
			...(isAddress(url) && { default_action: { type: 'web_url', url } }),
			...(shownButtons.length > 0 && { buttons: shownButtons }),
		},
	];
}

function toButton(button: CardButton): MetaButton[] {
	const title = oneLine(button.title, LIMITS.buttonTitle);
	if (title === '') return [];
	if ('url' in button) {
		return isAddress(button.url) ? [{ type: 'web_url', title, url: button.url }] : [];
	}
	return isPayload(button.payload) ? [{ type: 'postback', title, payload: button.payload }] : [];
}

function toQuickReply(given: QuickReply): MetaQuickReply[] {
	const title = oneLine(given.title, LIMITS.buttonTitle);
	if (title === '' || !isPayload(given.payload)) return [];
	return [{ content_type: 'text', title, payload: given.payload }];
}

function isPayload(payload: string): boolean {
	return payload !== '' && payload.length <= LIMITS.payload;
}

/** Whether it is an address that can be given to people; other schemes could run something. */
function isAddress(
	address: string | undefined,
	protocols: readonly string[] = ['https:', 'http:'],
): address is string {
	if (address === undefined || !URL.canParse(address)) return false;
	return protocols.includes(new URL(address).protocol);
}
