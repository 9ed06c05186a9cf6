/** The console's page. Whatever it shows goes through text nodes: nothing is parsed as HTML. */

import { element } from './element.js';
import { drawCallback, drawEvent, drawMail, drawMessage, drawProperty } from './rows.js';

const REFRESH_MS = 1000;

const byId = (id) => document.getElementById(id);

async function call(path, body) {
	const response = await fetch(`/console/api/${path}`, {
		...(body && {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		}),
	});
	const answer = await response.json();
	if (response.ok) return answer;
	const problems = answer.problems?.map(({ field, message }) => `${field}: ${message}`);
	throw new Error(problems?.join('\n') ?? answer.error);
}

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

const LISTS = {
	outbox: [(message) => drawMessage(message, redeliver), 'Nothing yet. Send a listing.'],
	properties: [drawProperty, 'No listings.'],
	events: [drawEvent, 'No webhook went in or out yet.'],
	mails: [drawMail, 'No alert mails. Good.'],
	callbacks: [drawCallback, 'No callbacks yet.'],
	vendors: [drawVendor, ''],
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
		'div.fault',
		{},
		element('h3', {}, `${vendor.name} `, element('small', { 'data-seen': vendor.key }, '')),
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
function drawList(name, rows) {
	const [draw, nothing] = LISTS[name];
	const version = JSON.stringify(name === 'vendors' ? rows.map(({ key }) => key) : rows);
	if (drawn.get(name) === version) return;
	drawn.set(name, version);
	byId(name).replaceChildren(
		...(rows.length > 0 ? rows.map(draw) : [element('p.empty', {}, nothing)]),
	);
}

function drawStatus({ platform, counts }) {
	const waiting = counts.filter(({ status }) => status === 'pending' || status === 'retry');
	const dead = counts.find(({ status }) => status === 'failed')?.messages ?? 0;
	const depth = waiting.reduce((sum, { messages }) => sum + messages, 0);
	byId('status').replaceChildren(
		chip(platform.isDown ? 'Platform down' : 'Platform up', platform.isDown ? 'bad' : 'good'),
		chip(
			platform.isPaused ? 'Outbox paused' : 'Outbox delivering',
			platform.isPaused ? 'wait' : 'good',
		),
		chip(`${depth} waiting`, depth > 0 ? 'wait' : 'good'),
		chip(`${dead} dead letters`, dead > 0 ? 'bad' : 'good'),
	);
	byId('toggle-down').textContent = platform.isDown ? 'Bring back up' : 'Take down';
	byId('toggle-paused').textContent = platform.isPaused ? 'Resume the outbox' : 'Pause the outbox';
	byId('outbox-count').textContent = counts
		.map(({ status, messages }) => `${messages} ${status}`)
		.join(' · ');
}

const chip = (text, tone) => element(`li.chip.${tone}`, {}, text);

let state;
async function refresh() {
	try {
		state = await call('state');
	} catch {
		byId('status').replaceChildren(chip('Console out of reach', 'bad'));
		return;
	}
	drawStatus(state);
	for (const name of Object.keys(LISTS)) drawList(name, state[name]);
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

async function offerSamples() {
	const samples = await call('samples');
	const show = () => {
		byId('listing').value = JSON.stringify(samples[byId('sample').value].payload, null, 2);
	};
	byId('sample').append(
		...samples.map(({ label }, index) => element('option', { value: index }, label)),
	);
	byId('sample').addEventListener('change', show);
	show();
}

byId('enrich').addEventListener('submit', (event) => {
	event.preventDefault();
	void act('enrich-said', async () => {
		const queued = await call('enrich', JSON.parse(byId('listing').value));
		return `Message #${queued.id} is in the outbox.`;
	});
});
byId('toggle-down').addEventListener('click', () =>
	act('break-said', async () => {
		const { isDown } = await call('platform', { down: !state.platform.isDown });
		return isDown ? 'The platform answers 503.' : 'The platform is up.';
	}),
);
byId('toggle-paused').addEventListener('click', () =>
	act('break-said', async () => {
		const { isPaused } = await call('platform', { paused: !state.platform.isPaused });
		return isPaused ? 'The outbox holds its messages.' : 'The outbox delivers.';
	}),
);
byId('redeliver').addEventListener('click', () => redeliver());

await offerSamples();
await refresh();
setInterval(refresh, REFRESH_MS);
