/**
 * The console's page. Whatever it shows goes through text nodes: nothing is parsed as HTML, but for
 * a mail in a frame of its own that may do nothing.
 */

import './views.js';
import { call } from './call.js';
import { campaignForm } from './campaignForm.js';
import { drawCampaign, drawMailRow } from './campaignRows.js';
import { drawCrm } from './crmRows.js';
import { element } from './element.js';
import {
	drawAlert,
	drawAlertEntry,
	drawAlertMail,
	drawDeadLetter,
	drawFlow,
	drawWaiting,
} from './healthRows.js';
import { mailReader } from './mailReader.js';
import { drawSession, drawTold, drawWebhook } from './messageRows.js';
import { messenger } from './messages.js';
import { metricsView } from './metrics.js';
import { drawCallback, drawEvent, drawLead, drawMail, drawMessage, drawProperty } from './rows.js';
import { offerSamples, pretty } from './sampleForm.js';
import { drawOutOfReach, drawStatus } from './status.js';
import { tracer } from './trace.js';

const REFRESH_MS = 1000;
/** Messages beside a flow's form; the System view has them all. */
const MESSAGES_OF_A_FLOW = 3;

const NOT_PREPARED =
	'The state store is not prepared. Run the workflow “Prepare the state store” in n8n.';

const byId = (id) => document.getElementById(id);

/** Runs an action of the person's, says how it went, and shows at once what it changed. */
async function act(place, action) {
	const said = byId(place);
	try {
		said.textContent = await action();
		said.className = 'said good';
	} catch (error) {
		said.textContent = error.message;
		said.className = 'said bad';
	}
	await refresh();
}

const messageRow = (message) => drawMessage(message, redeliver);
const messagesOf =
	(eventType) =>
	({ outbox }) =>
		outbox.filter(({ event_type }) => event_type === eventType).slice(0, MESSAGES_OF_A_FLOW);

/**
 * Every list by its id on the page: its rows in the state, how one is drawn, what stands for none.
 * Rows that are not there at all: the state store is not prepared.
 */
const LISTS = {
	'listing-messages': [messagesOf('property.enrich'), messageRow, 'Nothing yet. Send a listing.'],
	properties: [({ properties }) => properties, drawProperty, 'No listings.'],
	'lead-messages': [messagesOf('lead.created'), messageRow, 'Nothing yet. Send a lead.'],
	leads: [({ leads }) => leads, drawLead, 'No leads.'],
	crms: [({ crms }) => crms, drawCrm, 'No CRM is running.'],
	'campaign-messages': [
		messagesOf('campaign.dispatch'),
		messageRow,
		'Nothing yet. Launch a campaign.',
	],
	campaigns: [({ campaigns }) => campaigns, drawCampaign, 'No campaigns.'],
	mailbox: [
		({ mailbox }) => mailbox,
		(mail) => drawMailRow(mail, reader.read),
		'No mails yet. Launch a campaign.',
	],
	told: [() => chat.told(), drawTold, 'Nothing yet. Write a message.'],
	inbox: [() => chat.sessions(), drawSession, 'The inbox does not know this conversation.'],
	'message-leads': [({ messages }) => messages.leads, drawLead, 'None yet. Leave a phone number.'],
	webhooks: [({ messages }) => messages.deliveries, drawWebhook, 'Meta has delivered nothing yet.'],
	flows: [({ health }) => health?.flows, drawFlow, 'No flow has worked in the last hour.'],
	alerts: [({ health }) => health?.alerts, drawAlert, 'No alerts. Good.'],
	dead: [
		({ health }) => health?.dead,
		(letter) => drawDeadLetter(letter, askOfLetter),
		'No dead letters. Good.',
	],
	waiting: [({ health }) => health?.waiting, drawWaiting, 'Nothing waits for another try.'],
	'alert-mails': [
		({ alertMails }) => alertMails,
		drawAlertMail,
		'No alert mails. n8n mails each alert once, and once its end.',
	],
	outbox: [({ outbox }) => outbox, messageRow, 'Nothing yet. Send a listing or a lead.'],
	events: [({ events }) => events, drawEvent, 'No webhook went in or out yet.'],
	mails: [({ mails }) => mails, drawMail, 'No alert mails. Good.'],
	'alert-entries': [
		({ alertEntries }) => alertEntries,
		drawAlertEntry,
		'n8n has reported no alert.',
	],
	callbacks: [({ callbacks }) => callbacks, drawCallback, 'No callbacks yet.'],
	vendors: [({ vendors }) => vendors, drawVendor, ''],
};

/** A vendor's controls. They are drawn once, so that what a person typed stays. */
function drawVendor(vendor) {
	const status = element('input', { type: 'number', min: 400, max: 599, value: 503 });
	const times = element('input', { type: 'number', min: 1, max: 100, value: 1 });
	const apply = (breakage) =>
		act('break-said', async () => {
			const options = { status: Number(status.value), times: Number(times.value) };
			await call(`vendors/${vendor.key}/${breakage.key}`, options);
			return `${vendor.name}: ${breakage.label.toLowerCase()}.`;
		});
	return element(
		'details.fault',
		{},
		element(
			'summary',
			{},
			element('h3', {}, `${vendor.name} `, element('small', { 'data-seen': vendor.key })),
		),
		element(
			'div.row',
			{},
			element('label', {}, 'Status ', status),
			element('label', {}, 'Next requests ', times),
		),
		element(
			'div.row',
			{},
			...vendor.breakages.map((breakage) =>
				element('button', { type: 'button', click: () => apply(breakage) }, breakage.label),
			),
		),
	);
}

/** Draws a list anew only when it changed, so that a selection and the scroll position survive. */
const drawn = new Map();
function drawList(name) {
	const [rowsOf, draw, nothing] = LISTS[name];
	const rows = rowsOf(state) ?? null;
	const version = JSON.stringify(name === 'vendors' ? rows.map(({ key }) => key) : rows);
	if (drawn.get(name) === version) return;
	drawn.set(name, version);
	byId(name).replaceChildren(
		...(rows?.length > 0
			? rows.map(draw)
			: [element('p.empty', {}, rows ? nothing : NOT_PREPARED)]),
	);
}

const reader = mailReader(byId('mail'), (action) => act('mail-said', action));
const chat = messenger(byId, act);
const metrics = metricsView(byId, NOT_PREPARED);
const trace = tracer(byId);

let state;
async function refresh() {
	try {
		state = await call('state');
		await Promise.all([metrics.update(state.metrics), trace.update()]);
	} catch {
		drawOutOfReach(byId);
		return;
	}
	drawStatus(byId, state);
	reader.update(state.mailbox);
	chat.update(state.messages);
	for (const name of Object.keys(LISTS)) drawList(name);
	for (const { key, seen, delayMs } of state.vendors) {
		const requests = seen === 1 ? '1 request' : `${seen} requests`;
		document.querySelector(`[data-seen="${CSS.escape(key)}"]`).textContent =
			`${requests}${delayMs > 0 ? ` · ${delayMs / 1000} s slow` : ''}`;
	}
}

const redeliver = (id) =>
	act('break-said', async () => {
		const answer = await call('redeliver', id === undefined ? {} : { id });
		return `Message #${answer.id} is delivered again.`;
	});

/** Asks n8n to replay or dismiss dead letters. */
const askOfLetters = (request) =>
	act('dead-said', async () => (await call('dead-letters', request)).said);
function askOfLetter(action, { deliveryKey, flow }) {
	const isSure =
		action === 'replay' || confirm(`Dismiss this dead letter of ${flow}? Its content is deleted.`);
	if (isSure) void askOfLetters({ action, which: 'one', deliveryKey });
}

/** Sends what a form says, and says which message it became. */
function sendFrom(form, path) {
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		void act(`${form.id}-said`, async () => {
			const queued = await call(path, JSON.parse(form.querySelector('textarea').value));
			return `Message #${queued.id} is in the outbox.`;
		});
	});
}

const newLead = (lead) => ({ ...lead, lead_id: crypto.randomUUID() });

sendFrom(byId('enrich'), 'enrich');
sendFrom(byId('lead'), 'lead');
byId('new-lead-id').addEventListener('click', () =>
	act('lead-said', async () => {
		const text = byId('lead-text');
		text.value = pretty(newLead(JSON.parse(text.value)));
		return 'This is a new lead now.';
	}),
);
for (const [button, said] of [
	['toggle-down', 'break-said'],
	['toggle-platform', 'messages-said'],
]) {
	byId(button).addEventListener('click', () =>
		act(said, async () => {
			const { isDown } = await call('platform', { down: !state.platform.isDown });
			return isDown ? 'The platform answers 503.' : 'The platform is up.';
		}),
	);
}
byId('toggle-paused').addEventListener('click', () =>
	act('break-said', async () => {
		const { isPaused } = await call('platform', { paused: !state.platform.isPaused });
		return isPaused ? 'The outbox holds its messages.' : 'The outbox delivers.';
	}),
);
byId('replay-all').addEventListener('click', () =>
	askOfLetters({ action: 'replay', which: 'all' }),
);
byId('redeliver').addEventListener('click', () => redeliver());

const samples = await call('samples');
offerSamples(byId('enrich'), samples.listings);
offerSamples(byId('lead'), samples.leads, newLead);
const campaign = campaignForm(byId('campaign'), samples);
byId('campaign').addEventListener('submit', (event) => {
	event.preventDefault();
	void act('campaign-said', async () => {
		const queued = await call('campaign', campaign());
		return `Message #${queued.id} is in the outbox.`;
	});
});
await refresh();
setInterval(refresh, REFRESH_MS);
