import type { ChannelEvent } from '../../../../nodes/MetaBroker/events/channelEvent';

/** A message on Messenger, but for what a test changes. */
export const message = (changed: Partial<ChannelEvent> = {}): ChannelEvent => ({
	id: 'facebook:1:message:m_1',
	kind: 'message',
	channel: 'facebook',
	accountId: '1',
	userId: '2',
	conversation: 'facebook:1:2',
	at: '2026-11-20T09:00:00.000Z',
	...changed,
});
