import { z } from 'zod';

import type { ChannelReply } from '../../shared/contracts/channelMessage';
import { PROPERTY_PAYLOAD } from '../handling/propertyViewed';

/** Opens a page, or sends its payload back. */
export type CardButton = { title: string; url: string } | { title: string; payload: string };

export interface Card {
	title: string;
	subtitle?: string;
	imageUrl?: string;
	/** Opened by a tap on the card. */
	url?: string;
	buttons: readonly CardButton[];
}

/** How the card of a property looks; what the platform says of a property itself wins. */
export interface CardSettings {
	/** Of a card that the platform gives no title for. */
	title: string;
	/** Such as `https://www.example.com/properties/{id}`; empty for none. */
	url: string;
	/** On the button that opens the page. */
	openTitle: string;
	/** On the button that asks for more here. */
	moreTitle: string;
}

export const CARD_SETTINGS: CardSettings = {
	title: 'Property',
	url: '',
	openTitle: 'View details',
	moreTitle: 'Tell me more',
};

const optional = z.string().optional().catch(undefined);
const property = z.object({
	id: z.string(),
	title: optional,
	subtitle: optional,
	image_url: optional,
	url: optional,
});

/**
 * A card for each suggested property, in the platform's order. The platform may describe them in an
 * extra field of its answer: `properties: [{id, title, subtitle, image_url, url}]`.
 */
export function cardsFrom(
	reply: Pick<ChannelReply, 'suggested_properties'> & Record<string, unknown>,
	settings: CardSettings,
): Card[] {
	const described = new Map(
		[reply.properties].flat().flatMap((entry) => {
			const { success, data } = property.safeParse(entry);
			return success ? [[data.id, data] as const] : [];
		}),
	);
	return [...new Set(reply.suggested_properties)].map((id) => {
		const { title, subtitle, image_url: imageUrl, url: ownUrl } = described.get(id) ?? {};
		const url = ownUrl || settings.url.replaceAll('{id}', () => encodeURIComponent(id));
		return {
			title: title?.trim() || settings.title,
			...(subtitle && { subtitle }),
			...(imageUrl && { imageUrl }),
			...(url && { url }),
			buttons: [
				...(url ? [{ title: settings.openTitle, url }] : []),
				{ title: settings.moreTitle, payload: `${PROPERTY_PAYLOAD}${id}` },
			],
		};
	});
}
