import { createOnce } from '../createOnce';
import type { CrmLead, CrmSession, CrmSettings } from '../port';
import { createdPerson, foundPersons, type KnownPerson, listedPersons, onePerson } from './answers';
import { identitiesOf, newestPersons, searchPersons } from './identity';
import { createPerson, getPerson, lacksPhone, updatePerson } from './personRequests';
import { ask, read } from './wire';

/**
 * Makes sure that the lead's person is there once, and up to date. Throws a VendorError.
 * Pipedrive knows no unique fields, so that somebody always has to be looked for first.
 */
export async function pushPerson(
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<{ id: number; outcome: 'created' | 'updated' }> {
	const request = createPerson(lead, settings);
	let mayBeOurs = session.isRepeat;
	const { value: person, outcome } = await createOnce({
		find: async () => await findPerson(lead, settings, session, mayBeOurs),
		create: async () => {
			mayBeOurs = true;
			return await session.send('create-person')(request);
		},
		read: (response): KnownPerson => {
			const { id } = read(createdPerson, response, request, session.clock.now()).data;
			return { id, name: '', emails: [], phones: [], own: [], notes: [] };
		},
		clock: session.clock,
		isRepeat: true,
		findLags: true,
	});
	if (outcome === 'created') return { id: person.id, outcome };
	await bringUpToDate(person, lead, settings, session);
	return { id: person.id, outcome: 'updated' };
}

async function findPerson(
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
	mayBeOurs: boolean,
): Promise<KnownPerson | undefined> {
	const identities = identitiesOf(lead, settings, mayBeOurs);
	for (const identity of identities) {
		const { data } = await ask(session, 'find-person', searchPersons(identity), foundPersons);
		const person = oldest(data.items.map(({ item }) => item).filter(identity.isOf));
		if (person !== undefined) return person;
	}
	if (!mayBeOurs || identities.length === 0) return undefined;
	// The search lags behind, so that whom we have just created may only be in the listing.
	const { data } = await ask(session, 'find-person', newestPersons(), listedPersons);
	return oldest(data.filter((person) => identities.some(({ isOf }) => isOf(person))));
}

async function bringUpToDate(
	person: KnownPerson,
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<void> {
	// The search leaves the labels of the numbers out, and they must not get lost.
	const phones = lacksPhone(person, lead)
		? (await ask(session, 'find-person', getPerson(person.id), onePerson)).data.phones
		: undefined;
	const request = updatePerson(person, phones, lead, settings);
	if (request !== undefined) await ask(session, 'update-person', request, createdPerson);
}

/** Of several who match always the same one, so that a repeated push goes on where it was. */
function oldest(people: KnownPerson[]): KnownPerson | undefined {
	return people.reduce<KnownPerson | undefined>(
		(first, person) => (first !== undefined && first.id < person.id ? first : person),
		undefined,
	);
}
