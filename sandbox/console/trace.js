/** The Trace view: everything that carries one correlation id, in order of time. */
import { call } from './call.js';
import { element, tonedChip } from './element.js';
import { duration } from './healthRows.js';

const HERE = '#trace/';
const PLACES = {
	outbox: 'Outbox',
	platform: 'Platform',
	n8n: 'n8n',
	deliveries: 'Deliveries',
	callbacks: 'Callbacks',
};
const GOOD = ['ok', 'sent', 'answered', 'received', 'delivered', 'claimed', 'recorded', 'accepted'];
const BAD = ['failed', 'dead', 'unauthorized', 'contract', 'unreachable'];

/** Traces the id that the address names, and goes on while the view is open. */
export function tracer(byId) {
	const form = byId('trace-form');
	const id = () =>
		location.hash.startsWith(HERE) ? decoded(location.hash.slice(HERE.length)) : '';
	let drawn;

	async function update() {
		const wanted = id();
		if (wanted === '') return;
		const found = await read(wanted);
		const version = JSON.stringify([wanted, found]);
		if (drawn === version || wanted !== id()) return;
		drawn = version;
		const { steps, problem } = found;
		byId('trace-count').textContent = summaryOf(steps);
		byId('trace').replaceChildren(
			...(steps.length > 0
				? steps.map((step) => drawStep(step, Date.parse(steps[0].at)))
				: [element('p.empty', {}, problem ?? 'Nothing carries this correlation id.')]),
		);
	}
	function follow() {
		if (id() !== '') form.elements.correlation.value = id();
	}

	form.addEventListener('submit', (event) => {
		event.preventDefault();
		location.hash = HERE + encodeURIComponent(form.elements.correlation.value.trim());
	});
	addEventListener('hashchange', () => {
		follow();
		void update();
	});
	follow();
	return { update };
}

/** What carries the id, or why that cannot be said. */
async function read(id) {
	try {
		return { steps: await call(`trace?correlation=${encodeURIComponent(id)}`) };
	} catch (error) {
		return { steps: [], problem: error.message };
	}
}

/** An address may be typed by hand, and be none. */
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function summaryOf(steps) {
	if (steps.length === 0) return '';
	const took = Date.parse(steps.at(-1).at) - Date.parse(steps[0].at);
	const places = new Set(steps.map(({ place }) => PLACES[place]));
	return `${steps.length} entries in ${duration(took)} · ${[...places].join(', ')}`;
}

function toneOf({ outcome, status }) {
	if (status !== null) return status >= 200 && status < 300 ? 'good' : 'bad';
	if (GOOD.includes(outcome)) return 'good';
	return BAD.includes(outcome) ? 'bad' : 'plain';
}

function drawStep(step, startedAt) {
	const passed = Date.parse(step.at) - startedAt;
	const notes = [
		step.attempt !== null && `attempt ${step.attempt}`,
		step.durationMs !== null && duration(step.durationMs),
		step.detail,
	];
	const outcome = step.outcome.replaceAll('_', ' ');
	const answered = step.status === 0 ? 'no answer' : step.status;
	return element(
		'div.entry',
		{},
		element(
			'span.time',
			{ title: new Date(step.at).toLocaleString() },
			passed === 0 ? new Date(step.at).toLocaleTimeString() : `+ ${duration(passed)}`,
		),
		element('span', {}, element('span.quiet', {}, `${PLACES[step.place]} `), step.what),
		tonedChip(toneOf(step), [outcome, answered].filter((part) => part !== null).join(' · ')),
		element('div.more', {}, notes.filter(Boolean).join(' · ')),
	);
}
