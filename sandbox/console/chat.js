/** How a conversation looks on a phone. The person's own messages stand on the right. */
import { element } from './element.js';

const OPENERS = [
	'Looking for 3BR condo in BGC',
	'May 2BR po ba sa Cebu, hanggang 9M?',
	'Can I see it on Saturday? 0917 123 4567',
];

/** The thread's children; `actions` says, taps and unsends. */
export function drawThread(conversation, actions) {
	const messages = conversation?.messages ?? [];
	if (messages.length === 0) return [drawOpeners(actions)];
	const latest = messages.at(-1);
	return [
		...messages.map((message) => drawMessage(message, actions)),
		latest.from === 'page' && latest.quickReplies && drawQuickReplies(latest.quickReplies, actions),
		conversation.isSeen && latest.from === 'person' && element('span.seen', {}, 'Seen'),
		conversation.isTyping && drawTyping(),
		conversation.isBlocked && element('span.seen', {}, 'You have blocked this Page'),
	].filter(Boolean);
}

function drawMessage(message, actions) {
	const side = message.from === 'person' ? 'own' : 'theirs';
	const moment = new Date(message.at).toLocaleTimeString();
	if (message.isUnsent) {
		return element(`div.message.${side}`, {}, element('p.bubble.unsent', {}, 'Message unsent'));
	}
	return element(
		`div.message.${side}`,
		{ title: moment },
		message.isHuman && element('span.seen', {}, 'Written by a human'),
		message.text && element('p.bubble', { dir: 'auto' }, message.text),
		...(message.attachments ?? []).map(({ type }) => element('p.bubble', {}, `[${type}]`)),
		message.cards && drawCards(message.cards, actions),
		side === 'own'
			? element(
					'button.unsend',
					{ type: 'button', click: () => actions.unsend(message.mid) },
					'Unsend',
				)
			: '',
	);
}

const drawCards = (cards, actions) =>
	element(
		'div.carousel',
		{ tabindex: 0, role: 'group', 'aria-label': 'Homes' },
		...cards.map((card) =>
			element(
				'article.home',
				{},
				element('div.picture', { 'aria-hidden': 'true' }, '⌂'),
				element(
					'div.facts',
					{},
					element('strong', {}, card.title),
					card.subtitle && element('span.quiet', {}, card.subtitle),
				),
				...card.buttons.map((button) => drawButton(button, actions)),
			),
		),
	);

function drawButton({ title, url, payload }, actions) {
	if (payload !== undefined) {
		return element('button', { type: 'button', click: () => actions.tap(title, payload) }, title);
	}
	// A link of somebody else's: only to a web page.
	const isPage = /^https?:\/\//.test(url ?? '');
	return element(
		'a.button',
		{ ...(isPage && { href: url, target: '_blank', rel: 'noreferrer' }), title: url ?? '' },
		`${title} ↗`,
	);
}

const drawQuickReplies = (replies, actions) =>
	element(
		'div.pills',
		{},
		...replies.map(({ title, payload }) =>
			element('button', { type: 'button', click: () => actions.say(title, payload) }, title),
		),
	);

const drawTyping = () =>
	element(
		'div.message.theirs',
		{},
		element(
			'p.bubble.typing',
			{ role: 'img', 'aria-label': 'The Page is writing' },
			...[1, 2, 3].map(() => element('i')),
		),
	);

const drawOpeners = (actions) =>
	element(
		'div.openers',
		{},
		element('span.quiet', {}, 'Ask the Page something:'),
		...OPENERS.map((text) =>
			element('button', { type: 'button', click: () => actions.say(text) }, text),
		),
	);
