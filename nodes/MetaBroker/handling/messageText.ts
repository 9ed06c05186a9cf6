import { cut } from '../../shared/text/cut';
import type { Attachment, ChannelEvent } from '../events/channelEvent';

/** As the platform's contract has it. */
const LONGEST = 100_000;

/**
 * What the person said, as the platform reads it: the text, the words on the button that was tapped,
 * or what was sent in place of words, in brackets.
 */
export function messageText({ text, title, payload, attachments = [] }: ChannelEvent): string {
	const said = text?.trim() || title?.trim() || payload?.trim() || '';
	const shown = attachments.map(describe);
	return cut([said, ...shown].filter((part) => part !== '').join('\n'), LONGEST);
}

function describe({ type, latitude, longitude }: Attachment): string {
	return latitude === undefined || longitude === undefined
		? `[${type}]`
		: `[${type} ${latitude}, ${longitude}]`;
}
