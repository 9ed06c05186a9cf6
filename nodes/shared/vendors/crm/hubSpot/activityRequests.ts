import type { HttpRequest } from '../../../http/send';
import { cut } from '../../../text/cut';
import { escapeHtml, noteHtml } from '../noteText';
import type { CrmNote, CrmSettings, CrmTask } from '../port';
import { type ActivityKind, objectsPath, question, texts, TIMEOUT_MS } from './wire';

const BODY_MAX = 65_536;
const LONGEST_LINE = 8_192;

/** Types of association that HubSpot defines, the same in every account. */
const TO_CONTACT = { notes: 202, tasks: 204 } as const;

/** The property of an activity that holds its text, and so the marker. */
export const TEXT_PROPERTY = { notes: 'hs_note_body', tasks: 'hs_task_body' } as const;

/** Asks which notes and tasks stand at a contact. */
export function contactWithActivities(
	id: string,
	kinds: readonly ActivityKind[],
	settings: CrmSettings,
): HttpRequest {
	return {
		method: 'GET',
		path: `${objectsPath('contacts', settings)}/${id}`,
		query: { associations: kinds.join(',') },
		timeoutMs: TIMEOUT_MS,
	};
}

/** The next page of them, one kind at a time. */
export function moreActivities(
	id: string,
	kind: ActivityKind,
	after: string,
	settings: CrmSettings,
): HttpRequest {
	return {
		method: 'GET',
		path: `${objectsPath('contacts', settings)}/${id}/associations/${kind}`,
		query: { after, limit: 500 },
		timeoutMs: TIMEOUT_MS,
	};
}

/** Asks for the texts of at most a hundred notes or tasks. */
export function activityTexts(
	kind: ActivityKind,
	ids: readonly string[],
	settings: CrmSettings,
): HttpRequest {
	return question(`${objectsPath(kind, settings)}/batch/read`, {
		inputs: ids.map((id) => ({ id })),
		properties: [TEXT_PROPERTY[kind]],
	});
}

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/activities/notes/guide */
export function createNote(
	contactId: string,
	note: CrmNote,
	marker: string,
	nowMs: number,
	settings: CrmSettings,
): HttpRequest {
	return createActivity('notes', contactId, settings, {
		hs_timestamp: new Date(nowMs).toISOString(),
		hs_note_body: noteBody(note, marker),
	});
}

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/activities/tasks/guide */
export function createTask(
	contactId: string,
	task: CrmTask,
	marker: string,
	settings: CrmSettings,
): HttpRequest {
	return createActivity('tasks', contactId, settings, {
		hs_timestamp: task.dueAt.toISOString(),
		hs_task_subject: task.subject,
		hs_task_body: [...task.lines, marker].map((line) => `<p>${escapeHtml(line)}</p>`).join(''),
		hs_task_type: task.kind.toUpperCase(),
		hs_task_priority: task.priority.toUpperCase(),
		hs_task_status: 'NOT_STARTED',
		hs_task_reminders: task.dueAt.getTime(),
		hubspot_owner_id: settings.ownerId,
	});
}

function createActivity(
	kind: ActivityKind,
	contactId: string,
	settings: CrmSettings,
	properties: Record<string, unknown>,
): HttpRequest {
	const type = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: TO_CONTACT[kind] };
	return {
		method: 'POST',
		path: objectsPath(kind, settings),
		body: {
			properties: texts(properties),
			associations: [{ to: { id: contactId }, types: [type] }],
		},
		timeoutMs: TIMEOUT_MS,
	};
}

/** The note, its longest lines shortened until it fits. The marker is never cut. */
function noteBody(note: CrmNote, marker: string): string {
	const body = (longest: number) => {
		const sections = note.sections.map(({ heading, lines }) => ({
			heading,
			lines: lines.map((line) => cut(line, longest)),
		}));
		const title = `<p><strong>${escapeHtml(note.title)}</strong></p>`;
		return title + noteHtml({ ...note, sections }, marker);
	};
	let html = body(Infinity);
	for (let longest = LONGEST_LINE; html.length > BODY_MAX && longest >= 1; longest /= 2) {
		html = body(longest);
	}
	return html;
}
