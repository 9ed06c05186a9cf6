/** Where a lead stands in Salesforce already, found in one call. */
import { z } from 'zod';

import { VendorError } from '../../../http/vendorError';
import { leadMarker } from '../marker';
import type { CrmLead, CrmSession, CrmSettings } from '../port';
import { compositeRequest, readComposite, type SubAnswer, subError } from './composite';
import type { Match } from './failure';
import {
	contactsQuery,
	leadsOfPersonQuery,
	matchQuery,
	ownCondition,
	ownLeadQuery,
	personCondition,
	queryRequest,
	quoted,
} from './soql';

/** Who a lead is already, and what of it stands there. */
export interface Known {
	/** The record that note and task hang on. */
	whoId: string;
	/** How the platform knows it: the lead, even where a contact became of it. */
	recordId: string;
	recordType: Match['type'];
	/** Whether it may be written to: a converted lead and a contact are left as they are. */
	isOpenLead: boolean;
	/** Whether it carries the id of a lead of the platform's, this one's or another's. */
	hasLeadId: boolean;
	noteId?: string;
	taskId?: string;
}

const children = <Row extends z.ZodTypeAny>(row: Row) =>
	z.object({ records: z.array(row) }).nullish();

const person = z
	.object({
		Id: z.string(),
		Tasks: children(z.object({ Id: z.string(), Description: z.string().nullish() })),
		ContentDocumentLinks: children(
			z.object({
				ContentDocumentId: z.string(),
				ContentDocument: z.object({ Title: z.string().nullish() }).nullish(),
			}),
		),
		Notes: children(z.object({ Id: z.string(), Title: z.string().nullish() })),
		IsConverted: z.boolean().optional(),
		ConvertedContactId: z.string().nullish(),
	})
	.passthrough();

type Person = z.infer<typeof person>;

const found = z.object({ records: z.array(person) });

/**
 * The record of a lead, if there is one: the lead with our id, or else one of the same person that
 * has this lead's note or task, or else the newest that is still a lead, or else what a duplicate
 * rule `matched`. Throws a VendorError.
 */
export async function lookUp(
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
	matched?: Match,
): Promise<Known | undefined> {
	const [own, person] = [ownCondition(lead, settings), personCondition(lead)];
	const isMatchedLead = matched?.type === 'Lead';
	const leads = [own, person, isMatchedLead ? `Id = ${quoted(matched.id)}` : undefined].filter(
		(condition) => condition !== undefined,
	);
	if (leads.length === 0) throw nothingToFindItBy();
	const request = compositeRequest(
		[
			...(own ? [queryRequest('own', ownLeadQuery(own, settings))] : []),
			...(person ? [queryRequest('person', leadsOfPersonQuery(person, settings))] : []),
			...(matched ? [queryRequest('matched', matchQuery(matched, settings))] : []),
			queryRequest('contacts', contactsQuery(leads)),
		],
		settings,
		{ allOrNone: false, isRepeatable: true },
	);
	const response = await session.send('look-up-lead')(request);
	const nowMs = session.clock.now();
	const answers = readComposite(response, settings, nowMs);
	const rows = (id: string) =>
		rowsOf(
			answers.find(({ referenceId }) => referenceId === id),
			settings,
			nowMs,
		);

	const marker = leadMarker(lead.leadId);
	const contacts = rows('contacts');
	const stand = (row: Person) => knownFrom(row, contacts, marker, settings);
	const owned = rows('own').map(stand);
	if (owned.length > 1) throw notUnique(settings);
	const same = rows('person').map(stand);
	const match = rows('matched').map(stand);
	const isMarked = ({ noteId, taskId }: Known) => (noteId ?? taskId) !== undefined;
	return owned[0] ?? same.find(isMarked) ?? same.find(({ isOpenLead }) => isOpenLead) ?? match[0];
}

function rowsOf(answer: SubAnswer | undefined, settings: CrmSettings, nowMs: number): Person[] {
	if (answer === undefined) return [];
	const parsed = found.safeParse(answer.body);
	const isRead = answer.httpStatusCode === 200 && parsed.success;
	if (!isRead) throw subError(answer, settings, nowMs);
	return parsed.data.records;
}

function knownFrom(
	row: Person,
	contacts: readonly Person[],
	marker: string,
	{ leadIdField }: CrmSettings,
): Known {
	const isLead = row.IsConverted !== undefined;
	const contact = contacts.find(({ Id }) => Id === row.ConvertedContactId);
	const who = row.IsConverted ? (contact ?? { Id: row.ConvertedContactId ?? row.Id }) : row;
	const { Tasks, ContentDocumentLinks, Notes }: Partial<Person> = who;
	const has = (text: string | null | undefined) => text?.includes(marker) ?? false;
	const noteId =
		ContentDocumentLinks?.records.find(({ ContentDocument: note }) => has(note?.Title))
			?.ContentDocumentId ?? Notes?.records.find(({ Title }) => has(Title))?.Id;
	const taskId = Tasks?.records.find(({ Description }) => has(Description))?.Id;
	return {
		whoId: who.Id,
		recordId: row.Id,
		recordType: isLead ? 'Lead' : 'Contact',
		isOpenLead: row.IsConverted === false,
		hasLeadId: hasValue(row, leadIdField),
		...(noteId !== undefined && { noteId }),
		...(taskId !== undefined && { taskId }),
	};
}

/** Salesforce answers with its own spelling of a name, whatever the one it was asked by. */
function hasValue(row: Person, field: string | undefined): boolean {
	const wanted = field?.toLowerCase();
	return Object.entries(row).some(([name, value]) => name.toLowerCase() === wanted && value);
}

function notUnique({ leadIdField }: CrmSettings): VendorError {
	return new VendorError({
		vendor: 'Salesforce',
		kind: 'rejected',
		status: 300,
		code: 'MULTIPLE_CHOICES',
		message: `Several Salesforce leads have the same value in ${leadIdField}`,
		advice:
			'Merge them, and set the field to Unique in Object Manager, Lead, Fields & Relationships.',
	});
}

function nothingToFindItBy(): VendorError {
	return new VendorError({
		vendor: 'Salesforce',
		kind: 'rejected',
		status: 0,
		message: 'A lead with neither e-mail nor phone cannot be looked for in Salesforce',
		advice:
			'Make a field of Lead that is External ID and Unique, and give its API name in the node: then every lead is found again.',
	});
}
