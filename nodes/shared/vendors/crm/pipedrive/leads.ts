import type { HttpRequest } from '../../../http/send';
import { cut } from '../../../text/cut';
import type { CrmLead, CrmSession, CrmSettings } from '../port';
import { listedLead } from './answers';
import { createRecord, findListed, owner, TIMEOUT_MS } from './wire';

const PATH = '/api/v1/leads';
const TITLE_MAX = 255;

/** A lead in Pipedrive's inbox. Nothing can be attached to one that was archived. */
export interface InboxLead {
	id: string;
	isOpen: boolean;
}

/** Makes sure that the lead is there once; it is looked for first where it may be. Throws a VendorError. */
export async function pushLead(
	personId: number,
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
	mayBeThere: boolean,
): Promise<InboxLead & { isNew: boolean }> {
	const known = mayBeThere ? await findLead(personId, lead.leadId, session) : undefined;
	if (known !== undefined) return { ...known, isNew: false };
	const find = async () => (await findLead(personId, lead.leadId, session))?.id;
	const request = createLead(personId, lead, settings);
	const { id } = await createRecord(session, 'create-lead', request, find);
	return { id, isOpen: true, isNew: true };
}

/** The person's lead that came from this lead of the platform's, archived ones included. */
export async function findLead(
	personId: number,
	leadId: string,
	session: CrmSession,
): Promise<InboxLead | undefined> {
	for (const path of [PATH, `${PATH}/archived`]) {
		const request: HttpRequest = {
			method: 'GET',
			path,
			query: { person_id: personId },
			timeoutMs: TIMEOUT_MS,
		};
		const found = await findListed(
			session,
			'find-lead',
			request,
			listedLead,
			({ origin_id: origin }) => origin === leadId,
		);
		if (found !== undefined) return { id: found.id, isOpen: path === PATH };
	}
	return undefined;
}

/** @see https://developers.pipedrive.com/docs/api/v1/Leads#addLead */
function createLead(personId: number, lead: CrmLead, settings: CrmSettings): HttpRequest {
	return {
		method: 'POST',
		path: PATH,
		body: {
			title: cut(lead.note.title, TITLE_MAX),
			person_id: personId,
			origin_id: lead.leadId,
			...(settings.value && { value: settings.value }),
			...owner(settings),
		},
		timeoutMs: TIMEOUT_MS,
	};
}
