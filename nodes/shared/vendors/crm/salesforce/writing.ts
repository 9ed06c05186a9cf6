/** What is written for a lead in one call, and what the answer to it means. */
import type { HttpResponse } from '../../../http/send';
import type { VendorError } from '../../../http/vendorError';
import { leadMarker } from '../marker';
import type { CrmLead, CrmSettings } from '../port';
import { readComposite, type SubAnswer, subError, type SubRequest, valueOf } from './composite';
import { salesforceError } from './errors';
import { failureOf, type Match } from './failure';
import type { Known } from './lookUp';
import { changedLead, classicNote, contentNote, newLead, taskOf } from './records';
import { onlyLeadQuery, personCondition, queryRequest } from './soql';

/** Notes of Lightning, or those of orgs that have not got them. */
export type NoteType = 'ContentNote' | 'Note';

/** The ids of what was made, by its step: `lead`, `note`, `task`. */
export type MadeIds = Readonly<Record<string, string>>;

/** Why nothing was written, where the next attempt can do better. */
export interface Setback {
	cause: 'stands-already' | 'locked' | 'no-content-notes';
	match?: Match;
	/** What it is when nothing helps. */
	error: VendorError;
}

/** Nobody's owner changes because their lead asks again. */
const KEEP_OWNER = { 'Sforce-Auto-Assign': 'FALSE' };

/** What Salesforce calls everything that it undid, or did not do, because of something else. */
const UNDONE = 'PROCESSING_HALTED';

/** Records that are no longer what they were when we looked. */
const CHANGED_MEANWHILE = ['CANNOT_UPDATE_CONVERTED_LEAD', 'ENTITY_IS_DELETED'];

/**
 * A new lead with note and task. `isOnly`: they hang on the only lead of this person, so that
 * everything is undone where there was one before.
 */
export function newcomer(
	lead: CrmLead,
	settings: CrmSettings,
	noteType: NoteType,
	isOnly: boolean,
): SubRequest[] {
	const person = isOnly ? personCondition(lead) : undefined;
	const whoId = valueOf(person ? 'only.records[0].expr0' : 'lead.id');
	return [
		{
			referenceId: 'lead',
			method: 'POST',
			path: '/sobjects/Lead',
			...(settings.ownerId && { httpHeaders: KEEP_OWNER }),
			body: newLead(lead, settings),
		},
		...(person ? [queryRequest('only', onlyLeadQuery(person))] : []),
		...noteSteps(lead, noteType, whoId),
		...taskSteps(lead, settings, whoId),
	];
}

/** What a lead that stands already is lacking; nothing where nothing is. */
export function additions(
	lead: CrmLead,
	settings: CrmSettings,
	noteType: NoteType,
	known: Known,
): SubRequest[] {
	const changes = known.isOpenLead ? changedLead(lead, settings, known.hasLeadId) : {};
	const change: SubRequest = {
		referenceId: 'lead',
		method: 'PATCH',
		path: `/sobjects/Lead/${known.recordId}`,
		httpHeaders: KEEP_OWNER,
		body: changes,
	};
	return [
		...(Object.keys(changes).length > 0 ? [change] : []),
		...(known.noteId === undefined ? noteSteps(lead, noteType, known.whoId) : []),
		...(known.taskId === undefined ? taskSteps(lead, settings, known.whoId) : []),
	];
}

/** What was made, or why nothing was. Throws a VendorError for what no other attempt can change. */
export function readWriting(
	response: HttpResponse,
	steps: readonly SubRequest[],
	settings: CrmSettings,
	nowMs: number,
): MadeIds | Setback {
	const answers = readComposite(response, settings, nowMs);
	const failed = answers.filter(({ httpStatusCode }) => httpStatusCode >= 300);
	if (failed.length === 0) {
		const ids = madeIds(answers);
		const isWhole = steps.every(({ method, referenceId }) => method !== 'POST' || ids[referenceId]);
		if (isWhole) return ids;
		throw salesforceError(response, settings, nowMs);
	}
	const cause = failed.find(({ body }) => failureOf(body)?.code !== UNDONE);
	const error = subError(cause ?? failed[0]!, settings, nowMs);
	// Nobody failed, but a reference to the only lead of the person led nowhere: there are others.
	if (cause === undefined || cause.referenceId === 'only')
		return { cause: 'stands-already', error };
	const { code = '', fields = [], match } = failureOf(cause.body) ?? {};
	const isTaken =
		(code === 'DUPLICATES_DETECTED' && match !== undefined) ||
		(code === 'DUPLICATE_VALUE' && isLeadIdField(fields[0], settings)) ||
		CHANGED_MEANWHILE.includes(code);
	if (isTaken) return { cause: 'stands-already', error, ...(match && { match }) };
	if (code === 'UNABLE_TO_LOCK_ROW') return { cause: 'locked', error };
	const isNote = cause.referenceId === 'note';
	if (isNote && (code === 'NOT_FOUND' || code === 'INVALID_TYPE')) {
		return { cause: 'no-content-notes', error };
	}
	throw error;
}

function isLeadIdField(field: string | undefined, { leadIdField }: CrmSettings): boolean {
	return field !== undefined && field.toLowerCase() === leadIdField?.toLowerCase();
}

/** Note and link in one transaction: a note that hangs on nothing cannot remain. */
function noteSteps({ leadId, note }: CrmLead, noteType: NoteType, whoId: string): SubRequest[] {
	const marker = leadMarker(leadId);
	const step = { referenceId: 'note', method: 'POST', path: `/sobjects/${noteType}` } as const;
	if (noteType === 'Note') return [{ ...step, body: classicNote(note, marker, whoId) }];
	const link = {
		ContentDocumentId: valueOf('note.id'),
		LinkedEntityId: whoId,
		ShareType: 'V',
	};
	return [
		{ ...step, body: contentNote(note, marker) },
		{ referenceId: 'link', method: 'POST', path: '/sobjects/ContentDocumentLink', body: link },
	];
}

function taskSteps({ leadId, task }: CrmLead, settings: CrmSettings, whoId: string): SubRequest[] {
	if (task === undefined) return [];
	const body = taskOf(task, settings, leadMarker(leadId), whoId);
	return [{ referenceId: 'task', method: 'POST', path: '/sobjects/Task', body }];
}

function madeIds(answers: readonly SubAnswer[]): MadeIds {
	return Object.fromEntries(
		answers.flatMap(({ referenceId, body }) => {
			const { id } = (body ?? {}) as { id?: unknown };
			return typeof id === 'string' ? [[referenceId, id]] : [];
		}),
	);
}
