/** How each kind of row looks. */
import { element, folded, money, time, tonedChip, traceLink } from './element.js';

const TONES = { sent: 'good', pending: 'wait', retry: 'wait', failed: 'bad' };

export const drawMessage = (message, redeliver) =>
	element(
		'div.entry',
		{},
		time(message.created_at),
		element('span', {}, `${message.event_type} `, element('span.quiet', {}, `#${message.id}`)),
		element(
			'span.ends',
			{},
			tonedChip(TONES[message.status], message.status),
			element('button.small', { click: () => redeliver(message.id) }, 'Deliver again'),
		),
		element(
			'div.more',
			{},
			whatHappened(message),
			element('div', {}, 'correlation ', traceLink(message.correlation_id)),
			folded(`message-${message.id}`, 'Payload', message.payload),
		),
	);

function whatHappened(message) {
	const deliveries = message.attempts === 1 ? '1 delivery' : `${message.attempts} deliveries`;
	const parts = [deliveries];
	if (message.watchdog_resends > 0) parts.push(`sent again ${message.watchdog_resends} times`);
	if (message.next_retry_at) {
		parts.push(`next at ${new Date(message.next_retry_at).toLocaleTimeString()}`);
	}
	if (message.callback_at) {
		parts.push(`answered at ${new Date(message.callback_at).toLocaleTimeString()}`);
	} else if (message.status === 'sent') {
		parts.push(message.awaits_callback ? 'awaits its callback' : 'flow not switched on');
	}
	if (message.last_error) parts.push(message.last_error);
	return parts.join(' · ');
}

export function drawProperty(property) {
	const place = [property.city, property.state, property.country].filter(Boolean).join(', ');
	const rooms = [
		property.beds !== null && `${property.beds} bd`,
		property.baths !== null && `${property.baths} ba`,
		property.floor_area_sqm && `${property.floor_area_sqm} m²`,
	];
	const figures = [
		['Asking', money(property.price_amount, property.currency)],
		['Estimate', money(property.estimate, property.currency)],
		['Neighbourhood', money(property.neighborhood_avg, property.currency)],
	];
	return element(
		'article.card',
		{},
		element('strong', {}, property.address),
		element('span.quiet', {}, [place, ...rooms].filter(Boolean).join(' · ')),
		element(
			'dl',
			{},
			...figures.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
		),
		property.narrative && element('p', {}, property.narrative),
		property.last_updated
			? element(
					'span.ends',
					{},
					tonedChip('good', property.source),
					element('span.time', {}, new Date(property.last_updated).toLocaleString()),
				)
			: element('span.quiet', {}, 'Not enriched yet'),
	);
}

const LEAD_TONES = { synced: 'good', skipped: 'wait', failed: 'bad' };

export function drawLead(lead) {
	const who = [lead.email, lead.phone].filter(Boolean).join(' · ');
	const where = [lead.crm, lead.crm_external_id].filter(Boolean).join(': ');
	const about = [lead.company, lead.property].filter(Boolean).join(' · ');
	return element(
		'div.entry',
		{},
		time(lead.webhook_last_attempt ?? lead.created_at),
		element('span', {}, who || 'Neither e-mail nor phone'),
		element(
			'span.ends',
			{},
			lead.consent ? '' : tonedChip('plain', 'no consent'),
			tonedChip(LEAD_TONES[lead.crm_status] ?? 'plain', lead.crm_status ?? 'not pushed'),
		),
		element('div.more', {}, about),
		lead.crm_message && element('div.more', {}, lead.crm_message),
		where && element('div.more', {}, where),
	);
}

export function drawEvent(event) {
	const tone = event.status >= 200 && event.status < 300 ? 'good' : 'bad';
	const attempt = event.attempt ? ` · delivery ${event.attempt}` : '';
	return element(
		'div.entry',
		{},
		time(event.created_at),
		element(
			'span',
			{},
			`${event.direction === 'out' ? '→' : '←'} ${event.event} `,
			element('span.quiet', {}, `${event.outcome} · ${event.duration_ms} ms${attempt}`),
		),
		tonedChip(tone, event.status === 0 ? 'no answer' : String(event.status)),
		element('div.more', {}, 'correlation ', traceLink(event.correlation_id)),
	);
}

export const drawMail = (mail) =>
	element(
		'div.entry',
		{},
		time(mail.created_at),
		element('span', {}, mail.subject),
		element('span.quiet', {}, mail.recipient),
		element('div.more', {}, folded(`mail-${mail.id}`, 'Read', mail.body)),
	);

export const drawCallback = (callback) =>
	element(
		'div.entry',
		{},
		time(callback.received_at),
		element('span', {}, callback.endpoint),
		element('span.quiet', {}, callback.idempotency_key ? 'keyed' : 'no key'),
		element(
			'div.more',
			{},
			element('div', {}, 'correlation ', traceLink(callback.correlation_id)),
			folded(`callback-${callback.id}`, 'Content', callback.body),
		),
	);
