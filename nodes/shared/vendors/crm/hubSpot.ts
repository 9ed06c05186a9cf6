/**
 * HubSpot: a lead becomes a contact with a note and a follow-up task. A new one costs three calls.
 * A missing consent has no property there that may be written, so that the note says it, and the
 * property that a person maps.
 * @see https://developers.hubspot.com/docs/api-reference/latest/overview
 */
import type { HttpRequest } from '../../http/send';
import { createOnce } from './createOnce';
import { findActivities } from './hubSpot/activities';
import { createNote, createTask } from './hubSpot/activityRequests';
import { read, record } from './hubSpot/answers';
import { pushContact } from './hubSpot/contact';
import { hubSpotRetries } from './hubSpot/retries';
import type { ActivityKind } from './hubSpot/wire';
import { leadMarker } from './marker';
import type { CrmAdapter, CrmLead, CrmPush, CrmSession, CrmSettings } from './port';

export const hubSpot: CrmAdapter = {
	key: 'hubspot',
	name: 'HubSpot',
	credential: 'hubSpotCrmApi',
	// A hundred in ten seconds are allowed, and others use the account too.
	perSecond: 9,
	retries: hubSpotRetries,
	push,
};

async function push(lead: CrmLead, settings: CrmSettings, session: CrmSession): Promise<CrmPush> {
	const { task } = lead;
	const marker = leadMarker(lead.leadId);
	const contact = await pushContact(lead, settings, session);
	const find = async (kinds: readonly ActivityKind[]) =>
		await findActivities(contact.id, marker, kinds, settings, session);
	const mayHaveSome = session.isRepeat && contact.outcome === 'updated';
	const earlier = mayHaveSome ? await find(task ? ['notes', 'tasks'] : ['notes']) : {};

	const once = async (kind: ActivityKind, step: string, request: HttpRequest) => {
		const known = earlier[kind];
		if (known !== undefined) return { id: known, outcome: 'found' as const };
		const { value: id, outcome } = await createOnce({
			find: async () => (await find([kind]))[kind],
			create: async () => await session.send(step)(request),
			read: (response) => read(record, response, session.clock.now()).id,
			clock: session.clock,
			isRepeat: false,
		});
		return { id, outcome };
	};

	const now = session.clock.now();
	return {
		externalId: `hubspot_contact_${contact.id}`,
		contact,
		note: await once(
			'notes',
			'create-note',
			createNote(contact.id, lead.note, marker, now, settings),
		),
		...(task && {
			task: await once('tasks', 'create-task', createTask(contact.id, task, marker, settings)),
		}),
	};
}
