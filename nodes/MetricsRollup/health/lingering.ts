import type { Finding } from './check';
import type { OpenAlert } from './figures';
import { seconds } from './quantities';

/**
 * An open alert that nothing measures: of a failed workflow, or of a vendor that is not called any
 * more. It ends once its cause was not seen for so many seconds.
 */
export function lingering(
	{ alertKey, severity, lastSeenSecondsAgo }: OpenAlert,
	quietSeconds: number,
): Finding {
	const isQuiet = lastSeenSecondsAgo > quietSeconds;
	const text = `Last seen ${seconds(lastSeenSecondsAgo)} ago; it ends after ${seconds(quietSeconds)} without.`;
	const check = {
		key: alertKey,
		name: alertKey,
		state: isQuiet ? ('ok' as const) : severity,
		value: lastSeenSecondsAgo,
		limit: quietSeconds,
		text,
	};
	if (!isQuiet) return { check };
	const title = alertKey;
	return { check, change: { alertKey, condition: 'calm', severity, title, detail: text } };
}
