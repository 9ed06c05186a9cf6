import type { ChannelEvent } from '../events/channelEvent';

const HOUR_MS = 3_600_000;
const STANDARD_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;

/**
 * How an event may be answered.
 *   open              by anybody
 *   human-agent-only  with what a person wrote, marked so
 *   closed            not any more
 */
export type ReplyWindow = 'open' | 'human-agent-only' | 'closed';

/**
 * Meta takes answers for 24 hours, and for 7 days after a click on an ad. What a person wrote goes out
 * for 7 days too, where Meta has given the app the Human Agent feature (`humanAgent`).
 * @see https://developers.facebook.com/docs/messenger-platform/policy/policy-overview
 */
export function replyWindow(
	{ at, referral }: Pick<ChannelEvent, 'at' | 'referral'>,
	now: Date,
	humanAgent: boolean,
): ReplyWindow {
	const ageMs = now.getTime() - Date.parse(at);
	if (ageMs < (referral?.source === 'ADS' ? WEEK_MS : STANDARD_MS)) return 'open';
	return humanAgent && ageMs < WEEK_MS ? 'human-agent-only' : 'closed';
}
