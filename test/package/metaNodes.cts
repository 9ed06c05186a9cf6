/** What the operations of Meta Broker work on in the workflow of `everyOperation`. */
import { createHmac } from 'node:crypto';

import type { ChannelEvent } from '../../nodes/MetaBroker/events/channelEvent';
import type { Session } from '../../nodes/MetaBroker/inbox/session';
import { replyKey } from '../../nodes/MetaBroker/reply/replyKey';
import type { ChannelMessage, ChannelReply } from '../../nodes/shared/contracts/channelMessage';
import { META_DEFAULTS, type MetaStandIn } from '../../sandbox/vendors/meta.cts';

const { appSecret, pages } = META_DEFAULTS;
const [{ id: PAGE, instagram }] = pages;
const PERSON = '24700000000000101';
const HOUR_MS = 3_600_000;
const NOW = Date.now();
const SECONDS = Math.floor(NOW / 1000);

const fromPerson = (what: object) => ({
	sender: { id: PERSON },
	recipient: { id: PAGE },
	timestamp: NOW,
	...what,
});
const fromPage = (what: object) => ({
	...fromPerson(what),
	sender: { id: PAGE },
	recipient: { id: PERSON },
});

/** An event of every kind, and what only some of them say. */
const MESSAGING = [
	{
		message: {
			mid: 'm_1',
			text: 'Schedule a viewing',
			quick_reply: { payload: 'schedule_viewing' },
			reply_to: { mid: 'm_0' },
			referral: { ref: 'property:p-1', source: 'ADS', ad_id: '120210000000000001' },
			attachments: [
				{ type: 'image', payload: { url: 'https://cdn.example.com/1.jpg' } },
				{ type: 'location', payload: { coordinates: { lat: 14.55, long: 121.05 } } },
			],
		},
	},
	{ postback: { mid: 'm_2', title: 'Tell me more', payload: 'property:p-1' } },
	{ referral: { ref: 'property:p-1', source: 'SHORTLINK' } },
	{ message_edit: { mid: 'm_1', text: 'Schedule two viewings', num_edit: 1 } },
	{ reaction: { mid: 'm_1', action: 'react', reaction: 'love', emoji: '❤' } },
	{ read: { watermark: NOW } },
	{ delivery: { mids: ['m_3'], watermark: NOW } },
	{ optin: { type: 'one_time_notif_req', payload: 'weekly' } },
	{ pass_thread_control: { previous_owner_app_id: '1', new_owner_app_id: '2' } },
	{ account_linking: { status: 'linked' } },
].map(fromPerson);

const ECHO = fromPage({
	message: { mid: 'm_3', is_echo: true, app_id: 260000000000001, metadata: 'x' },
});

const LEADGEN = {
	field: 'leadgen',
	value: { leadgen_id: '1', form_id: '2', page_id: PAGE, ad_id: '3', created_time: SECONDS },
};

const entry = (id: string, events: object) => [{ id, time: NOW, ...events }];

/** What Meta posts, as the trigger hands it on. */
export const WEBHOOKS = [
	{ object: 'page', entry: entry(PAGE, { messaging: [...MESSAGING, ECHO] }) },
	{ object: 'page', entry: entry(PAGE, { standby: [fromPerson({ message: { mid: 'm_4' } })] }) },
	{ object: 'page', entry: entry(PAGE, { changes: [LEADGEN] }) },
	{
		object: 'instagram',
		entry: entry(instagram.id, {
			messaging: [
				fromPerson({ message: { mid: 'm_5', is_deleted: true } }),
				fromPerson({ message: { mid: 'm_6', text: '?', reply_to: { story: { id: 's_1' } } } }),
			],
		}),
	},
].map((event, index) => ({ event, correlationId: `webhook-${index}` }));

/** How many events that is. */
export const EVENTS_IN_WEBHOOKS = 11 + 1 + 1 + 2;

const SESSION: Session = {
	previousMessages: 2,
	lastPropertyViewed: 'p-1',
	learned: [{ mid: 'm_0', slots: { places: ['Makati'] } }],
	automation: 'on',
	pausedBy: null,
	heldSince: null,
};

/** A row as the inbox hands it over, of a person who writes nothing else. */
function taken(
	person: number,
	{ event = {}, session = {}, ...more }: { event?: object; session?: object; attempt?: number },
) {
	const channel = person % 2 === 0 ? ('instagram' as const) : ('facebook' as const);
	const accountId = channel === 'facebook' ? PAGE : instagram.id;
	const userId = `2470000000000${person}`;
	const whole: ChannelEvent = {
		id: `${channel}:${accountId}:message:m_${person}`,
		kind: 'message',
		channel,
		accountId,
		userId,
		conversation: `${channel}:${accountId}:${userId}`,
		at: new Date(NOW).toISOString(),
		mid: `m_${person}`,
		text: '3BR condo in BGC for 15M to 20M, 90 sqm, 2 baths, by March 2027?',
		...event,
	};
	return {
		eventId: whole.id,
		event: whole,
		conversation: whole.conversation,
		correlationId: `message-${person}`,
		leaseToken: 'token',
		attempt: 1,
		session: { ...SESSION, ...session },
		sentParts: [{ key: replyKey(whole.id, 0), messageId: 'm_before' }].slice(
			more.attempt === undefined ? 1 : 0,
		),
		waitedSeconds: 2.5,
		...more,
	};
}

const [BLOCKED, SPEECHLESS, REPEATED] = [1109, 1111, 1112];

/** Somebody for each way in which a message may end. */
export const TAKEN = [
	taken(1101, {}),
	taken(1102, { event: { text: 'ana.reyes@example.com, 0917 555 0123, magkano po?' } }),
	taken(1103, { event: { kind: 'referral', text: undefined, referral: { ref: 'property:p-2' } } }),
	taken(1104, { session: { automation: 'opted_out' } }),
	taken(1105, { session: { automation: 'handed_over' } }),
	taken(1106, { event: { text: 'STOP' } }),
	taken(1107, { event: { text: 'Can I talk to an agent?' } }),
	taken(1108, { event: { at: new Date(NOW - 30 * HOUR_MS).toISOString() } }),
	taken(BLOCKED, {}),
	taken(1110, { event: { text: 'START' }, session: { automation: 'opted_out' } }),
	taken(SPEECHLESS, {}),
	taken(REPEATED, { attempt: 2 }),
	taken(1114, { event: { text: 'Please delete my data' } }),
];

/** One from a workflow without an inbox. */
const { event: ALONE } = taken(1113, {});
export const MESSAGES = [...TAKEN, { event: ALONE, correlationId: 'alone' }];

const LEAD_IDS = ['9007199254740993', '9007199254740995'];
const ANSWERS = {
	full_name: 'Grace Lim',
	email: 'grace.lim@example.com',
	'what_is_your_budget?': '25M',
};

/** Lead forms that wait at Meta. */
export const LEAD_FORMS = LEAD_IDS.map((leadgenId) => ({
	...taken(1101, {
		event: {
			id: `facebook:${PAGE}:lead_form:${leadgenId}`,
			kind: 'lead_form',
			userId: undefined,
			conversation: `facebook:${PAGE}:form:${leadgenId}`,
			mid: undefined,
			text: undefined,
			leadForm: { leadgenId, formId: '172036835026334', pageId: PAGE },
		},
	}),
}));

/** A lead as Graph answers it, and a row of the file that Meta offers. */
export const LEAD_ROWS = [
	{
		id: '1',
		created_time: '2026-11-20T09:30:00+0000',
		form_id: '2',
		ad_id: '3',
		is_organic: false,
		platform: 'ig',
		field_data: [{ name: 'email', values: ['grace.lim@example.com'] }],
	},
	{ id: 'l:4', platform: 'fb', full_name: 'Grace Lim', phone_number: 'p:+639175550188' },
];

/** Has all of them write to the stand-in, as Meta would know them. */
export function fillMeta(meta: MetaStandIn): void {
	for (const { event } of MESSAGES) {
		const { channel, userId: person } = event;
		if (person) meta.say({ channel, person, text: 'Hello', at: NOW - 60_000 });
	}
	meta.block(`2470000000000${BLOCKED}`);
	for (const id of LEAD_IDS) {
		if (meta.fillForm({ form: '172036835026334', answers: ANSWERS, adId: '3' }) !== id) {
			throw new Error(`The stand-in does not call the lead ${id}`);
		}
	}
}

/** What the platform answers them. */
export function platformReply({ user_id: person, intents }: ChannelMessage): ChannelReply {
	const isSpeechless = person.endsWith(String(SPEECHLESS));
	return {
		reply_text: isSpeechless ? '' : "I found 2 condos in BGC! Here's the top match.",
		intents,
		lead_captured: false,
		suggested_properties: isSpeechless ? [] : ['p-1', 'p-2'],
		next_action: isSpeechless ? null : 'schedule_viewing',
		properties: [{ id: 'p-1', title: 'Two bedrooms in BGC', url: 'https://homes.example.com/p-1' }],
	};
}

/** The headers of a request as Meta signs it. */
export function metaHeaders(body: string): Record<string, string> {
	const hash = createHmac('sha256', appSecret).update(body).digest('hex');
	return { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${hash}` };
}
