/**
 * A lead, its note and its task as Salesforce's records.
 * @see https://developer.salesforce.com/docs/platform/object-reference/guide/sforce-api-objects-lead.html
 */
import { cut } from '../../../text/cut';
import { noteHtml, noteText } from '../noteText';
import type { CrmLead, CrmNote, CrmSettings, CrmTask, CrmValue } from '../port';
import { literal } from './composite';

const FIRST_NAME_MAX = 40;
const LAST_NAME_MAX = 80;
const LINE_MAX = 255;
const CLASSIC_TITLE_MAX = 80;
const TEXT_MAX = 32_000;

const PRIORITIES = { high: 'High', medium: 'Normal', low: 'Low' } as const;

type Fields = Record<string, CrmValue>;

/** A lead that is made, with what Salesforce insists on. */
export function newLead(lead: CrmLead, settings: CrmSettings): Fields {
	return clean({
		Email: lead.email ?? '',
		Phone: lead.phone ?? '',
		FirstName: cut(lead.firstName ?? '', FIRST_NAME_MAX),
		LastName: cut(lead.lastName || lead.placeholderName, LAST_NAME_MAX),
		Company: cut(settings.companyPlaceholder || 'Individual', LINE_MAX),
		OwnerId: settings.ownerId ?? '',
		...ownFields(lead),
		...leadId(lead, settings),
	});
}

/** What changes in a lead that stands already. Its id is not taken from another lead of the platform. */
export function changedLead(lead: CrmLead, settings: CrmSettings, hasLeadId: boolean): Fields {
	return clean({
		Phone: lead.phone ?? '',
		FirstName: cut(lead.firstName ?? '', FIRST_NAME_MAX),
		LastName: cut(lead.lastName ?? '', LAST_NAME_MAX),
		...ownFields(lead),
		...(!hasLeadId && leadId(lead, settings)),
	});
}

/** A follow-up task; `whoId` is the lead, or the contact that became of it. */
export function taskOf(
	task: CrmTask,
	settings: CrmSettings,
	marker: string,
	whoId: string,
): Fields {
	return {
		...clean({
			Subject: cut(task.subject, LINE_MAX),
			Description: ending(task.lines.join('\n'), `\n\n${marker}`, TEXT_MAX),
			OwnerId: settings.ownerId ?? '',
		}),
		WhoId: whoId,
		Status: 'Not Started',
		Priority: PRIORITIES[task.priority],
		ActivityDate: task.dueDate,
		IsReminderSet: true,
		ReminderDateTime: task.dueAt.toISOString(),
	};
}

/**
 * A note as Lightning shows it. It takes no line breaks and no control characters.
 * @see https://developer.salesforce.com/docs/platform/object-reference/guide/sforce-api-objects-contentnote.html
 */
export function contentNote(note: CrmNote, marker: string): Fields {
	const html = noteHtml(note, marker)
		.replace(/\r\n?|\n/g, '<br>')
		.replace(/\p{Cc}/gu, ' ');
	return {
		Title: literal(ending(note.title, ` · ${marker}`, LINE_MAX)),
		Content: Buffer.from(html, 'utf8').toString('base64'),
	};
}

/** A note for orgs without the other kind. */
export function classicNote(note: CrmNote, marker: string, parentId: string): Fields {
	return {
		ParentId: parentId,
		Title: literal(ending(note.title, ` · ${marker}`, CLASSIC_TITLE_MAX)),
		Body: literal(ending(noteText(note, marker), `\n\n${marker}`, TEXT_MAX)),
	};
}

/** What the user mapped, and what Salesforce has for people who must not be contacted. */
function ownFields({ fields, consent }: CrmLead): Fields {
	return { ...fields, ...(!consent && { HasOptedOutOfEmail: true, DoNotCall: true }) };
}

function leadId(lead: CrmLead, { leadIdField }: CrmSettings): Fields {
	return leadIdField === undefined ? {} : { [leadIdField]: lead.leadId };
}

/** Without empty values, which would empty a field. */
function clean(fields: Fields): Fields {
	return Object.fromEntries(
		Object.entries(fields)
			.filter(([, value]) => value !== '')
			.map(([name, value]) => [name, typeof value === 'string' ? literal(value) : value]),
	);
}

/** `text` with `end`, and only `text` cut where both are too long. */
function ending(text: string, end: string, max: number): string {
	return text.endsWith(end) && text.length <= max ? text : cut(text, max - end.length) + end;
}
