/** How the rows beside the chat look. */
import { element, folded, time, tonedChip, traceLink } from './element.js';

const STATE_TONES = { waiting: 'wait', expected: 'wait', done: 'good', failed: 'bad' };

/** A message as the platform was told of it, and what it answered. */
export function drawTold({ id, correlation_id, body, answer, received_at }) {
	const { previous_messages, last_property_viewed, ...extra } = body.session_data;
	const counted = previous_messages === 0 ? 'first message' : `${previous_messages} before`;
	return element(
		'div.entry',
		{},
		time(received_at),
		element('span', { dir: 'auto' }, body.message || '(no words)'),
		element(
			'span.ends',
			{},
			...body.intents.map((intent) => tonedChip('plain', intent.replaceAll('_', ' '))),
			body.lead_captured ? tonedChip('good', 'lead captured') : '',
		),
		answer?.reply_text && element('div.more.reply', { dir: 'auto' }, `↳ ${answer.reply_text}`),
		answer?.next_action &&
			element('div.more', {}, `next: ${answer.next_action.replaceAll('_', ' ')}`),
		element('div.more', {}, 'correlation ', traceLink(correlation_id)),
		element(
			'div.more',
			{},
			folded(
				`told-${id}`,
				[counted, last_property_viewed && `viewed ${last_property_viewed}`]
					.filter(Boolean)
					.join(' · '),
				extra,
			),
		),
	);
}

/** What the state store has of a conversation. */
export function drawSession({ session, isWorkedOn, events }) {
	const states = Object.entries(events);
	return element(
		'div.session',
		{},
		element(
			'span.ends',
			{},
			isWorkedOn ? tonedChip('wait', 'worked on now') : '',
			...states.map(([state, count]) =>
				tonedChip(STATE_TONES[state] ?? 'plain', `${count} ${state}`),
			),
			...automationOf(session).map((words) => tonedChip('bad', words)),
		),
		folded(`session-${session.conversation}`, 'Session', session),
	);
}

/** Why the person gets no automatic answers. */
function automationOf(session) {
	const isAhead = (moment) => moment === 'infinity' || Date.parse(moment) > Date.now();
	return [
		isAhead(session.opted_out_until) && 'opted out',
		(isAhead(session.paused_until) || session.taken_at > session.given_back_at) && 'handed over',
		session.held_since && 'told to wait',
	].filter(Boolean);
}

export function drawWebhook({ events, attempt, status, durationMs, at }) {
	const isGood = status >= 200 && status < 300;
	const what = events === 1 ? '1 event' : `${events} events`;
	return element(
		'div.entry',
		{},
		time(at),
		element(
			'span',
			{},
			`${what} `,
			element(
				'span.quiet',
				{},
				`${Math.round(durationMs)} ms${attempt > 1 ? ` · attempt ${attempt}` : ''}`,
			),
		),
		tonedChip(isGood ? 'good' : 'bad', status === 0 ? 'no answer' : String(status)),
	);
}
