import type { ChannelEvent } from '../events/channelEvent';

/** What the button of a property's card carries, before the property's id. */
export const PROPERTY_PAYLOAD = 'property:';

const SLUG = /^[\w.-]{1,200}$/;

/**
 * The property that an event is about: that of the card whose button was tapped, or what the link or
 * the ad carries by which the person came (`property:<id>`, or a slug). Undefined where it is about
 * none.
 */
export function propertyViewed({ payload, referral }: ChannelEvent): string | undefined {
	const id = (payload ?? '').startsWith(PROPERTY_PAYLOAD)
		? payload
		: referral?.ref?.startsWith(PROPERTY_PAYLOAD) || SLUG.test(referral?.ref ?? '')
			? referral?.ref
			: undefined;
	return id?.replace(PROPERTY_PAYLOAD, '').slice(0, 200) || undefined;
}
