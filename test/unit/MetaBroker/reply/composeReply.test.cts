import { CARD_SETTINGS, type Card, cardsFrom } from '../../../../nodes/MetaBroker/reply/cards';
import { composeReply } from '../../../../nodes/MetaBroker/reply/composeReply';
import { QUICK_REPLIES, quickRepliesFrom } from '../../../../nodes/MetaBroker/reply/quickReplies';

const CARD: Card = {
	title: '3BR in BGC',
	subtitle: '₱12,000,000',
	imageUrl: 'https://www.example.com/1.jpg',
	url: 'https://www.example.com/properties/1',
	buttons: [
		{ title: 'View details', url: 'https://www.example.com/properties/1' },
		{ title: 'Tell me more', payload: 'property:1' },
	],
};
const VIEWING = { title: 'Schedule a viewing', payload: 'schedule_viewing' };

function composed(given: Partial<Parameters<typeof composeReply>[0]>) {
	return composeReply({
		replyText: 'Hello',
		cards: [],
		quickReplies: [],
		channel: 'facebook',
		...given,
	});
}

function elementsOf(cards: readonly Card[]) {
	const [content] = composed({ replyText: '', cards });
	return content && 'attachment' in content ? content.attachment.payload.elements : [];
}

describe('composing a reply', () => {
	it('sends the text in parts, then the cards, and quick replies with the last message', () => {
		const replyText = `${'a'.repeat(1500)}\n\n${'b'.repeat(1500)}`;
		expect(composed({ replyText, cards: [CARD], quickReplies: [VIEWING] })).toEqual([
			{ text: 'a'.repeat(1500) },
			{ text: 'b'.repeat(1500) },
			{
				quick_replies: [
					{ content_type: 'text', title: 'Schedule a viewing', payload: 'schedule_viewing' },
				],
				attachment: {
					type: 'template',
					payload: {
						template_type: 'generic',
						elements: [
							{
								title: '3BR in BGC',
								subtitle: '₱12,000,000',
								image_url: 'https://www.example.com/1.jpg',
								default_action: {
									type: 'web_url',
									url: 'https://www.example.com/properties/1',
								},
								buttons: [
									{
										type: 'web_url',
										title: 'View details',
										url: 'https://www.example.com/properties/1',
									},
									{ type: 'postback', title: 'Tell me more', payload: 'property:1' },
								],
							},
						],
					},
				},
			},
		]);
	});

	it('offers quick replies on Instagram with the text, which alone may have them', () => {
		const messages = composed({
			replyText: 'Two homes:',
			cards: [CARD],
			quickReplies: [VIEWING],
			channel: 'instagram',
		});
		expect(messages.map((message) => 'quick_replies' in message)).toEqual([true, false]);
	});

	it('is nothing where there is nothing to say', () => {
		expect(composed({ replyText: ' \u200b\n', quickReplies: [VIEWING] })).toEqual([]);
	});

	it('puts the quick replies with the cards where there is no text', () => {
		const [cards, ...rest] = composed({ replyText: '', cards: [CARD], quickReplies: [VIEWING] });
		expect(cards).toMatchObject({ attachment: {}, quick_replies: [{ title: VIEWING.title }] });
		expect(rest).toEqual([]);
	});

	it('takes out what cannot be seen, and keeps lines and joined emoji', () => {
		const replyText = 'Hi\u202e \u200bAna\u0000!\r\nSee 👩‍👧';
		expect(composed({ replyText })).toEqual([{ text: 'Hi Ana !\nSee 👩‍👧' }]);
	});

	it('counts bytes on Instagram', () => {
		const replyText = 'ñ'.repeat(600);
		expect(composed({ replyText, channel: 'instagram' })).toHaveLength(2);
		expect(composed({ replyText })).toHaveLength(1);
	});

	it('keeps to 13 quick replies with titles of 20 characters', () => {
		const quickReplies = [
			{ title: ' ', payload: 'empty' },
			{ title: 'No payload', payload: '' },
			{ title: 'Long payload', payload: 'x'.repeat(1001) },
			...Array.from({ length: 15 }, (_, index) => ({
				title: `Number ${index} of a long list`,
				payload: `p${index}`,
			})),
		];
		const shown = composed({ quickReplies })[0]?.quick_replies ?? [];
		expect(shown.map(({ payload }) => payload)).toEqual(
			Array.from({ length: 13 }, (_, index) => `p${index}`),
		);
		expect(shown[0]?.title).toBe('Number 0 of a long …');
		expect(Math.max(...shown.map(({ title }) => title.length))).toBeLessThanOrEqual(20);
	});

	it('keeps to 10 cards of 3 buttons and short lines', () => {
		const long: Card = {
			...CARD,
			title: 't'.repeat(100),
			subtitle: 's'.repeat(100),
			buttons: Array.from({ length: 5 }, (_, index) => ({
				title: `Button ${index} of this card`,
				payload: `p${index}`,
			})),
		};
		const elements = elementsOf([{ ...CARD, title: ' ' }, ...Array<Card>(11).fill(long)]);
		expect(elements).toHaveLength(10);
		expect(elements[0]).toMatchObject({
			title: `${'t'.repeat(79)}…`,
			subtitle: `${'s'.repeat(79)}…`,
		});
		expect(elements[0]?.buttons?.map(({ title }) => title)).toEqual([
			'Button 0 of this ca…',
			'Button 1 of this ca…',
			'Button 2 of this ca…',
		]);
	});

	it.each([
		'javascript:alert(1)',
		'data:text/html,x',
		'ftp://example.com/x',
		'//example.com/x',
		'www.example.com',
		'',
	])('gives nobody the address %j', (url) => {
		const buttons = [{ title: 'View', url }];
		expect(elementsOf([{ title: 'Home', url, imageUrl: url, buttons }])).toEqual([
			{ title: 'Home' },
		]);
	});

	it('shows images over https only', () => {
		const imageUrl = 'http://www.example.com/1.jpg';
		expect(elementsOf([{ ...CARD, imageUrl }])[0]).not.toHaveProperty('image_url');
	});
});

describe('the cards of suggested properties', () => {
	const SETTINGS = { ...CARD_SETTINGS, url: 'https://www.example.com/properties/{id}' };

	it('show what the platform says of a property', () => {
		const reply = {
			suggested_properties: ['p-1'],
			properties: [
				{
					id: 'p-1',
					title: '3BR in BGC',
					subtitle: '₱12,000,000',
					image_url: 'https://www.example.com/1.jpg',
					url: 'https://www.example.com/bgc',
				},
			],
		};
		expect(cardsFrom(reply, SETTINGS)).toEqual([
			{
				title: '3BR in BGC',
				subtitle: '₱12,000,000',
				imageUrl: 'https://www.example.com/1.jpg',
				url: 'https://www.example.com/bgc',
				buttons: [
					{ title: 'View details', url: 'https://www.example.com/bgc' },
					{ title: 'Tell me more', payload: 'property:p-1' },
				],
			},
		]);
	});

	it.each([
		undefined,
		null,
		7,
		'x',
		[null, 7, {}, { id: 'other', title: 'Other' }, { id: 'p/1 &$&' }],
	])('are made from the settings where it says %j', (properties) => {
		const url = 'https://www.example.com/properties/p%2F1%20%26%24%26';
		expect(cardsFrom({ suggested_properties: ['p/1 &$&'], properties }, SETTINGS)).toEqual([
			{
				title: 'Property',
				url,
				buttons: [
					{ title: 'View details', url },
					{ title: 'Tell me more', payload: 'property:p/1 &$&' },
				],
			},
		]);
	});

	it('stand in the order of the platform, each once', () => {
		const reply = { suggested_properties: ['b', 'a', 'b'] };
		expect(cardsFrom(reply, CARD_SETTINGS).map(({ buttons }) => buttons)).toEqual([
			[{ title: 'Tell me more', payload: 'property:b' }],
			[{ title: 'Tell me more', payload: 'property:a' }],
		]);
	});
});

describe('quick replies', () => {
	it.each(['schedule_viewing', 'contact_agent'])('fit Meta for %s', (action) => {
		const quickReplies = quickRepliesFrom(action, QUICK_REPLIES);
		expect(quickReplies.length).toBeGreaterThan(0);
		expect(composed({ quickReplies })[0]?.quick_replies).toEqual(
			quickReplies.map((one) => ({ content_type: 'text', ...one })),
		);
	});

	it.each([undefined, null, '', 'constructor', '__proto__', 'something_new'])(
		'are none for %j',
		(action) => expect(quickRepliesFrom(action, QUICK_REPLIES)).toEqual([]),
	);

	it('come from the table that is given', () => {
		expect(quickRepliesFrom('rent', { rent: [VIEWING] })).toEqual([VIEWING]);
	});
});
