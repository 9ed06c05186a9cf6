/**
 * Pipedrive: a lead becomes a person, a lead in the inbox with our id as its origin, a note and an
 * activity. A new one costs five calls, and none can be saved: nothing there is unique, so the person
 * has to be looked for, each of the four records has an endpoint of its own, and there is no batch.
 * @see https://developers.pipedrive.com/docs/api/v1
 */
import { leadMarker } from './marker';
import {
	createActivity,
	createNote,
	findActivity,
	findNote,
	type Place,
} from './pipedrive/attachments';
import { findLead, pushLead } from './pipedrive/leads';
import { pushPerson } from './pipedrive/person';
import { pipedriveRetries } from './pipedrive/retries';
import { createRecord } from './pipedrive/wire';
import type { CrmAdapter, CrmLead, CrmPush, CrmSession, CrmSettings } from './port';

export const pipedrive: CrmAdapter = {
	key: 'pipedrive',
	name: 'Pipedrive',
	credential: 'pipedriveCrmApi',
	// The smallest plan allows twenty in two seconds, ten of them searches; one call in five is one.
	perSecond: 8,
	retries: pipedriveRetries,
	push,
};

async function push(lead: CrmLead, settings: CrmSettings, session: CrmSession): Promise<CrmPush> {
	const { leadId, task } = lead;
	const marker = leadMarker(leadId);
	const person = await pushPerson(lead, settings, session);
	const mayHaveMore = session.isRepeat && person.outcome === 'updated';

	// The note is written after the lead: where it stands, the lead stood, even if it has since been
	// converted to a deal, which deletes it.
	const noted = mayHaveMore ? await findNote(person.id, marker, session) : undefined;
	const inboxLead =
		noted === undefined
			? await pushLead(person.id, lead, settings, session, mayHaveMore)
			: undefined;

	const placeOf = (at: { id: string; isOpen: boolean } | undefined): Place => ({
		personId: person.id,
		...(at?.isOpen && { leadId: at.id }),
	});
	const pushNote = async () =>
		await createRecord(
			session,
			'create-note',
			createNote(placeOf(inboxLead), lead.note, marker),
			async () => await findNote(person.id, marker, session),
		);
	const pushTask = async (due: NonNullable<typeof task>) => {
		const find = async () => await findActivity(person.id, marker, session);
		const known = inboxLead?.isNew ? undefined : await find();
		if (known !== undefined) return { id: known, outcome: 'found' as const };
		const place = placeOf(inboxLead ?? (await findLead(person.id, leadId, session)));
		const request = createActivity(place, due, settings, marker);
		return await createRecord(session, 'create-task', request, find);
	};

	return {
		externalId: `pipedrive_person_${person.id}`,
		contact: { id: String(person.id), outcome: person.outcome },
		note: noted === undefined ? await pushNote() : { id: noted, outcome: 'found' },
		...(task && { task: await pushTask(task) }),
	};
}
