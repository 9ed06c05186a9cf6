import { type ReplyWindow, replyWindow } from '../../../../nodes/MetaBroker/reply/replyWindow';

const NOW = new Date('2026-11-22T10:00:00.000Z');

describe('the window of a reply', () => {
	it.each<[string, string | undefined, boolean, ReplyWindow]>([
		['2026-11-22T09:59:59.000Z', undefined, false, 'open'],
		['2026-11-22T10:00:05.000Z', undefined, false, 'open'],
		['2026-11-21T10:00:00.001Z', undefined, false, 'open'],
		['2026-11-21T10:00:00.000Z', undefined, false, 'closed'],
		['2026-11-21T10:00:00.000Z', undefined, true, 'human-agent-only'],
		['2026-11-15T10:00:00.001Z', undefined, true, 'human-agent-only'],
		['2026-11-15T10:00:00.000Z', undefined, true, 'closed'],
		['2026-11-15T10:00:00.001Z', 'ADS', false, 'open'],
		['2026-11-15T10:00:00.000Z', 'ADS', false, 'closed'],
		['2026-11-21T10:00:00.000Z', 'SHORTLINK', false, 'closed'],
		['never', undefined, true, 'closed'],
	])('for %s from %s with Human Agent %s is %s', (at, source, humanAgent, window) => {
		const event = { at, ...(source && { referral: { source } }) };
		expect(replyWindow(event, NOW, humanAgent)).toBe(window);
	});
});
