/** What stands at the top of the page, and what follows from it on the views. */
import { element } from './element.js';
import { stateChip } from './healthRows.js';

export function drawStatus(byId, { platform, counts, health }) {
	const outboxOf = (...wanted) =>
		counts
			.filter(({ status }) => wanted.includes(status))
			.reduce((sum, { messages }) => sum + messages, 0);
	const waiting = outboxOf('pending', 'retry') + (health?.counts.waiting ?? 0);
	const dead = outboxOf('failed') + (health?.counts.dead ?? 0);
	const { critical = 0, warnings = 0 } = health?.counts ?? {};
	const alerts = critical + warnings;
	byId('status').replaceChildren(
		chip(platform.isDown ? 'Platform down' : 'Platform up', platform.isDown ? 'bad' : 'good'),
		chip(
			platform.isPaused ? 'Outbox paused' : 'Outbox delivering',
			platform.isPaused ? 'wait' : 'good',
		),
		chip(`${waiting} waiting`, waiting > 0 ? 'wait' : 'good'),
		chip(dead === 1 ? '1 dead letter' : `${dead} dead letters`, dead > 0 ? 'bad' : 'good'),
		...(alerts > 0
			? [chip(alerts === 1 ? '1 alert' : `${alerts} alerts`, critical > 0 ? 'bad' : 'wait')]
			: []),
	);
	byId('health-state').replaceChildren(...(health ? [stateChip(health.counts)] : []));
	byId('dead-count').textContent = countOf(health?.counts.dead, health?.dead);
	byId('waiting-count').textContent = countOf(health?.counts.waiting, health?.waiting);
	byId('replay-all').disabled = !(health?.counts.dead > 0);
	byId('toggle-down').textContent = platform.isDown ? 'Bring back up' : 'Take down';
	byId('toggle-platform').textContent = platform.isDown
		? 'Bring the platform back up'
		: 'Take the platform down';
	byId('toggle-paused').textContent = platform.isPaused ? 'Resume the outbox' : 'Pause the outbox';
	byId('outbox-count').textContent = counts
		.map(({ status, messages }) => `${messages} ${status}`)
		.join(' · ');
}

/** How many there are, where a list does not show them all. */
const countOf = (total, shown) =>
	total > shown?.length ? `${total}, ${shown.length} of them shown` : '';

const chip = (text, tone) => element(`li.chip.${tone}`, {}, text);

export const drawOutOfReach = (byId) =>
	byId('status').replaceChildren(chip('Console out of reach', 'bad'));
