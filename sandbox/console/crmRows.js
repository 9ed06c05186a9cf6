/** What a CRM holds, looking the same for all of them. */
import { element, folded, tonedChip } from './element.js';

/** Fields worth a line of their own; all others are folded. */
const TELLING = /score|grade|rating|priority/i;

export const drawCrm = (crm) =>
	element(
		'div.crm',
		{},
		element('h3', {}, `${crm.name} `, element('small', {}, countOf(crm))),
		...(crm.total > 0
			? crm.records.map((record) => drawRecord(crm.key, record))
			: [element('p.empty', {}, 'Nobody yet. Create a lead.')]),
	);

function countOf({ total, records }) {
	const count = total === 1 ? '1 record' : `${total} records`;
	return total > records.length ? `${count}, the newest ${records.length} shown` : count;
}

function drawRecord(crm, record) {
	const key = `${crm}-${record.id}`;
	const told = Object.entries(record.fields).filter(
		([name, value]) => TELLING.test(name) && typeof value !== 'object',
	);
	return element(
		'article.card',
		{},
		element('strong', {}, record.name || record.email || 'No name'),
		element('span.quiet', {}, `${record.kind} ${record.id}`),
		element(
			'dl',
			{},
			...[['E-mail', record.email ?? '–'], ['Phone', record.phone ?? '–'], ...told].flatMap(
				([name, value]) => [element('dt', {}, name), element('dd', {}, String(value))],
			),
		),
		...record.notes.map((note) =>
			folded(`${key}-note-${note.id}`, note.title || 'Note', note.text),
		),
		...record.tasks.map((task) => drawTask(`${key}-task-${task.id}`, task)),
		folded(`${key}-fields`, 'All fields', record.fields),
	);
}

const drawTask = (key, task) =>
	element(
		'div.task',
		{},
		element('span', {}, task.subject),
		element(
			'span.ends',
			{},
			element('span.time', {}, `due ${dueText(task.dueAt)}`),
			task.priority && tonedChip('plain', task.priority.toLowerCase()),
		),
		task.text && folded(key, 'Details', task.text),
	);

/** A day without an hour stays that day, wherever the person is. */
function dueText(dueAt) {
	const hasTime = dueAt.includes('T') || dueAt.includes(':');
	const moment = new Date(dueAt);
	if (!hasTime || Number.isNaN(moment.getTime())) return dueAt;
	return moment.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}
