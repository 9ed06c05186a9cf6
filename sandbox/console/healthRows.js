/** How alerts, flows and the work that is not home yet look. */
import { element, folded, moment, time, tonedChip, traceLink } from './element.js';

const SEVERITY_TONES = { critical: 'bad', warning: 'wait' };

/** What n8n's open alerts say of the whole. */
export function stateChip({ critical, warnings }) {
	if (critical > 0) return tonedChip('bad', 'Unhealthy');
	return warnings > 0 ? tonedChip('wait', 'Degraded') : tonedChip('good', 'No open alerts');
}

export function drawAlert(alert) {
	const { resolvedAt } = alert;
	const times = alert.times === 1 ? 'seen once' : `seen ${alert.times} times`;
	const told = resolvedAt
		? toldOf('its end', alert.endMailedAt, alert.endReportedAt)
		: toldOf('it', alert.raiseMailedAt, alert.raiseReportedAt);
	return element(
		'div.entry',
		{},
		element('span.time', {}, moment(alert.raisedAt)),
		element('span', {}, alert.title),
		element(
			'span.ends',
			{},
			resolvedAt
				? tonedChip('good', 'resolved')
				: tonedChip(SEVERITY_TONES[alert.severity], alert.severity),
		),
		element('div.more', {}, alert.detail),
		element(
			'div.more',
			{},
			[
				resolvedAt ? `over since ${moment(resolvedAt)}` : calmOf(alert),
				times,
				told,
				alert.alertKey,
			].join(' · '),
		),
	);
}

/** As the platform's event log has it. */
export const drawAlertEntry = ({ event, alert_key, severity, title, detail, at }) =>
	element(
		'div.entry',
		{},
		time(at),
		element('span', {}, title),
		event === 'alert.resolved'
			? tonedChip('good', 'resolved')
			: tonedChip(SEVERITY_TONES[severity], severity),
		element('div.more', {}, detail),
		element('div.more', {}, alert_key),
	);

const calmOf = ({ calmSince, lastSeenAt }) =>
	calmSince ? `calm since ${moment(calmSince)}` : `last seen ${moment(lastSeenAt)}`;

function toldOf(what, mailedAt, reportedAt) {
	const who = [mailedAt && 'by mail', reportedAt && 'to the platform'].filter(Boolean);
	return who.length > 0
		? `${what} was told ${who.join(' and ')}`
		: `nobody was told of ${what} yet`;
}

/** The guide wants more than 99 %, and an alert from 5 % of failures up. */
const rateTone = (percent) => (percent > 99 ? 'good' : percent >= 95 ? 'wait' : 'bad');

export function drawFlow({ flow, ok, failed, medianMs }) {
	const percent = (100 * ok) / (ok + failed);
	const counted = [
		`${ok} done`,
		failed > 0 && (failed === 1 ? '1 attempt failed' : `${failed} attempts failed`),
		medianMs !== null && `median ${duration(medianMs)}`,
	];
	return element(
		'div.flow',
		{},
		element('span', {}, flow),
		tonedChip(rateTone(percent), `${Math.floor(percent * 10) / 10} %`),
		element('div.more', {}, counted.filter(Boolean).join(' · ')),
	);
}

/** In the unit that suits, with a space that does not break. */
export function duration(milliseconds) {
	if (milliseconds < 1000) return `${Math.round(milliseconds)}\u00a0ms`;
	const seconds = milliseconds / 1000;
	if (seconds < 120) return `${seconds.toFixed(1)}\u00a0s`;
	return `${(seconds / 60).toFixed(1)}\u00a0min`;
}

const nameOf = ({ kind, flow, about }) =>
	element(
		'span',
		{},
		`${flow} `,
		element('span.quiet', {}, [kind, about].filter(Boolean).join(' · ')),
	);

function failuresOf({ attempts, replays, reason }) {
	const tries = attempts === 1 ? 'failed once' : `failed ${attempts} times`;
	const again = replays === 1 ? 'replayed once' : `replayed ${replays} times`;
	return [attempts > 0 && tries, replays > 0 && again, reason].filter(Boolean).join(' · ');
}

export const drawDeadLetter = (letter, ask) =>
	element(
		'div.entry',
		{},
		element('span.time', {}, moment(letter.diedAt)),
		nameOf(letter),
		element(
			'span.ends',
			{},
			element('button.small', { type: 'button', click: () => ask('replay', letter) }, 'Replay'),
			element('button.small', { type: 'button', click: () => ask('dismiss', letter) }, 'Dismiss'),
		),
		element('div.more', {}, failuresOf(letter)),
		element('div.more', {}, 'correlation ', traceLink(letter.correlationId)),
	);

export function drawWaiting(work) {
	const age = work.ageMinutes === 1 ? '1 minute' : `${work.ageMinutes} minutes`;
	return element(
		'div.entry',
		{},
		element('span.time', {}, moment(work.parkedAt)),
		nameOf(work),
		tonedChip('wait', work.isWorkedOn ? 'tried now' : `for ${age}`),
		element('div.more', {}, failuresOf(work)),
		element('div.more', {}, 'correlation ', traceLink(work.correlationId)),
	);
}

export const drawAlertMail = ({ id, subject, text, to, at }) =>
	element(
		'div.entry',
		{},
		element('span.time', {}, moment(at)),
		element('span', {}, subject),
		element('span.quiet', {}, to.join(', ')),
		element('div.more', {}, folded(`alert-mail-${id}`, 'Read', text)),
	);
