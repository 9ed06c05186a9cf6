import type { CrmSession, CrmSettings } from '../port';
import { associationPage, contactActivities, read, records } from './answers';
import {
	activityTexts,
	contactWithActivities,
	moreActivities,
	TEXT_PROPERTY,
} from './activityRequests';
import type { ActivityKind } from './wire';

const BATCH_MAX = 100;

export type MarkedActivities = Partial<Record<ActivityKind, string>>;

/** The ids of the contact's notes and tasks that carry the marker, as far as there are any. */
export async function findActivities(
	contactId: string,
	marker: string,
	kinds: readonly ActivityKind[],
	settings: CrmSettings,
	session: CrmSession,
): Promise<MarkedActivities> {
	const send = session.send('find-activities');
	const found: MarkedActivities = {};
	const contact = await send(contactWithActivities(contactId, kinds, settings));
	const { associations } = read(contactActivities, contact, session.clock.now());
	for (const kind of kinds) {
		const ids = [...(associations[kind]?.results ?? [])];
		for (let after = associations[kind]?.paging; after !== undefined;) {
			const response = await send(moreActivities(contactId, kind, after, settings));
			const page = read(associationPage, response, session.clock.now());
			ids.push(...page.results);
			after = page.paging;
		}
		const id = await findMarked(kind, ids, marker, settings, session);
		if (id !== undefined) found[kind] = id;
	}
	return found;
}

/** Looks through the newest first: what an earlier push made is seldom far back. */
async function findMarked(
	kind: ActivityKind,
	ids: readonly string[],
	marker: string,
	settings: CrmSettings,
	session: CrmSession,
): Promise<string | undefined> {
	const newestFirst = [...new Set(ids)].reverse();
	for (let start = 0; start < newestFirst.length; start += BATCH_MAX) {
		const batch = newestFirst.slice(start, start + BATCH_MAX);
		const response = await session.send('find-activities')(activityTexts(kind, batch, settings));
		const { results } = read(records, response, session.clock.now());
		const marked = results.find(({ properties }) =>
			properties[TEXT_PROPERTY[kind]]?.includes(marker),
		);
		if (marked) return marked.id;
	}
	return undefined;
}
