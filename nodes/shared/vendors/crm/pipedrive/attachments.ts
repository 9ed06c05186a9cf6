/** Notes and activities. Both stand at the person too, where they stay when the lead becomes a deal. */
import type { HttpRequest } from '../../../http/send';
import { noteHtml } from '../noteText';
import type { CrmNote, CrmSession, CrmSettings, CrmTask } from '../port';
import { listedActivity, listedNote } from './answers';
import { findListed, owner, TIMEOUT_MS } from './wire';

const NOTES = '/api/v1/notes';
const ACTIVITIES = '/api/v2/activities';

/** Whom something is attached to. */
export interface Place {
	personId: number;
	/** Absent where the lead is no longer open. */
	leadId?: string;
}

/** @see https://developers.pipedrive.com/docs/api/v1/Notes#addNote */
export function createNote(
	{ personId, leadId }: Place,
	note: CrmNote,
	marker: string,
): HttpRequest {
	return {
		method: 'POST',
		path: NOTES,
		body: {
			content: noteHtml(note, marker),
			person_id: personId,
			...(leadId && { lead_id: leadId, pinned_to_lead_flag: 0 }),
		},
		timeoutMs: TIMEOUT_MS,
	};
}

/**
 * A due time is in UTC. The priority is a word in the text, because Pipedrive numbers priorities
 * differently in every account; the person is a participant, because `person_id` is read-only.
 * @see https://developers.pipedrive.com/docs/api/v1/Activities#addActivity
 */
export function createActivity(
	{ personId, leadId }: Place,
	task: CrmTask,
	settings: CrmSettings,
	marker: string,
): HttpRequest {
	const due = task.dueAt.toISOString();
	const sections = [{ heading: `Priority: ${task.priority}`, lines: task.lines }];
	return {
		method: 'POST',
		path: ACTIVITIES,
		body: {
			subject: task.subject,
			type: task.kind,
			due_date: due.slice(0, 10),
			due_time: due.slice(11, 16),
			note: noteHtml({ title: task.subject, sections }, marker),
			participants: [{ person_id: personId, primary: true }],
			...(leadId && { lead_id: leadId }),
			...owner(settings),
		},
		timeoutMs: TIMEOUT_MS,
	};
}

/** The person's note that carries the marker. */
export async function findNote(
	personId: number,
	marker: string,
	session: CrmSession,
): Promise<string | undefined> {
	const request = ofPerson(NOTES, personId);
	const note = await findListed(session, 'find-note', request, listedNote, ({ content }) =>
		carries(content, marker),
	);
	return note?.id;
}

/** The person's activity, done or not, that carries the marker. */
export async function findActivity(
	personId: number,
	marker: string,
	session: CrmSession,
): Promise<string | undefined> {
	const request = ofPerson(ACTIVITIES, personId);
	const activity = await findListed(session, 'find-task', request, listedActivity, ({ note }) =>
		carries(note, marker),
	);
	return activity?.id;
}

function ofPerson(path: string, personId: number): HttpRequest {
	return { method: 'GET', path, query: { person_id: personId }, timeoutMs: TIMEOUT_MS };
}

function carries(text: string | null | undefined, marker: string): boolean {
	return text?.includes(marker) ?? false;
}
