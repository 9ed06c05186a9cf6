/** Where people act: the verbs change the conversations, and the app is told. */
import type { MetaAccount } from './metaAccounts.cts';
import type { MetaEvents } from './metaEvents.cts';
import type { MetaLeads } from './metaLeads.cts';
import type { MetaMessage } from './metaMessages.cts';
import type { MetaPeople } from './metaPeople.cts';
import { inOrder, type MetaThreads, type Thread } from './metaThreads.cts';
import type { MetaPlace, MetaReferral, MetaSaying, MetaVerbs } from './metaVerbs.cts';

interface Scene {
	accounts: ReadonlyMap<string, MetaAccount>;
	people: MetaPeople;
	threads: MetaThreads;
	leads: MetaLeads;
	events: MetaEvents;
	now(): number;
}

export function verbsOf(scene: Scene): MetaVerbs {
	const { threads, events, people } = scene;
	const enter = (place: MetaPlace): [Thread, number] => [
		threads.open(accountNamed(scene, place), place.person),
		place.at ?? scene.now(),
	];
	const write = (thread: Thread, at: number, text: string, more: Partial<MetaMessage> = {}) => {
		thread.isSeen = false;
		return threads.add(thread, at, { from: 'person', text, ...more });
	};

	return {
		say(saying) {
			const [thread, at] = enter(saying);
			const { text = '', attachments, referral } = saying;
			const shown = attachments?.map(({ type, url }) => ({ type, ...(url && { url }) }));
			const { mid } = write(thread, at, text, shown && { attachments: shown });
			threads.note(thread, at, isAdClick(referral));
			events.fromPerson('message', thread, at, { message: messageBody(mid, saying) });
			return mid;
		},
		tap({ payload, title, referral, ...place }) {
			const [thread, at] = enter(place);
			const { mid } = write(thread, at, title);
			threads.note(thread, at, isAdClick(referral));
			const more = referral && { referral: referralBody(referral) };
			events.fromPerson('postback', thread, at, { postback: { mid, title, payload, ...more } });
			return mid;
		},
		refer({ referral, ...place }) {
			const [thread, at] = enter(place);
			threads.note(thread, at, isAdClick(referral));
			events.fromPerson('referral', thread, at, { referral: referralBody(referral) });
		},
		unsend(mid) {
			const { thread, message } = threads.message(mid);
			message.isUnsent = true;
			events.fromPerson('unsend', thread, scene.now(), { message: { mid, is_deleted: true } });
		},
		edit(mid, text) {
			const known = threads.message(mid);
			known.edits += 1;
			Object.assign(known.message, { text, isEdited: true });
			const edited = { mid, text, num_edit: known.edits };
			events.fromPerson('edit', known.thread, scene.now(), { message_edit: edited });
		},
		react(mid, emoji) {
			const { thread, message } = threads.message(mid);
			const action = emoji === undefined ? 'unreact' : 'react';
			const shown = emoji ?? message.reaction;
			message.reaction = emoji;
			const at = scene.now();
			threads.note(thread, at);
			const reaction = { mid, action, reaction: 'other', ...(shown && { emoji: shown }) };
			events.fromPerson('reaction', thread, at, { reaction });
		},
		read(place) {
			const [thread, at] = enter(place);
			const last = inOrder(thread).findLast(({ from }) => from === 'page');
			if (last === undefined) return;
			const read = place.channel === 'facebook' ? { watermark: at } : { mid: last.mid };
			events.fromPerson('read', thread, at, { read });
		},
		block: (person) => void people.blocked.add(person),
		unblock: (person) => void people.blocked.delete(person),
		addPerson: (person) => people.add(person),
		fillForm({ page: pageId, at = scene.now(), ...filled }) {
			const account = accountNamed(scene, { channel: 'facebook', account: pageId });
			const lead = scene.leads.add({ page: account.page, at, ...filled });
			events.lead(lead, account);
			return lead.id;
		},

		replyAsHuman({ text, ...place }) {
			const [thread, at] = enter(place);
			thread.isSeen = true;
			const message = threads.add(thread, at, { from: 'page', text, isHuman: true });
			events.echo(thread, message);
			return message.mid;
		},
		takeThread(place) {
			const [thread, at] = enter(place);
			thread.isHandedOver = true;
			events.handover(thread, at, 'take');
		},
		passThread(place) {
			const [thread, at] = enter(place);
			thread.isHandedOver = false;
			events.handover(thread, at, 'pass');
		},
	};
}

function accountNamed(
	{ accounts }: Scene,
	{ channel, account }: Pick<MetaPlace, 'channel' | 'account'>,
): MetaAccount {
	const ofChannel = [...accounts.values()].filter((candidate) => candidate.channel === channel);
	const found = account ? ofChannel.find(({ id }) => id === account) : ofChannel[0];
	if (found === undefined) throw new Error(`there is no account ${account ?? ''} of ${channel}`);
	return found;
}

function messageBody(mid: string, saying: MetaSaying): object {
	const { text, quickReply, attachments, replyTo, replyToStory, referral } = saying;
	return {
		mid,
		...(text !== undefined && { text }),
		...(quickReply !== undefined && { quick_reply: { payload: quickReply } }),
		...(attachments && { attachments: attachments.map(attachmentBody) }),
		...(replyTo !== undefined && { reply_to: { mid: replyTo } }),
		...(replyToStory && { reply_to: { story: replyToStory } }),
		...(referral && { referral: referralBody(referral) }),
	};
}

function attachmentBody({
	type,
	url,
	latitude,
	longitude,
}: NonNullable<MetaSaying['attachments']>[number]): object {
	const payload =
		latitude === undefined ? { url } : { coordinates: { lat: latitude, long: longitude } };
	return { type, payload };
}

function referralBody({ ref, source, adId }: MetaReferral): object {
	return {
		...(ref !== undefined && { ref }),
		...(adId !== undefined && { ad_id: adId }),
		source,
		type: 'OPEN_THREAD',
	};
}

function isAdClick(referral?: MetaReferral): boolean {
	return referral?.source === 'ADS';
}
