/** The three CRMs of the sandbox: what stands in them, and how they fail. */
import type { CrmKey } from '../../nodes/shared/vendors/crm/port';
import { DEMO_COMPANIES } from '../../sandbox/platform/demoCompanies.cts';
import type { CrmRecord } from '../../sandbox/vendors/crmView.cts';
import type { Failure } from '../../sandbox/vendors/standIn.cts';
import { world } from './world.cts';

export const CRM_KEYS: readonly CrmKey[] = DEMO_COMPANIES.map(({ crm }) => crm);

export type PerCrm<T> = Record<CrmKey, T>;

/** Does something for each CRM, all of them at the same time. */
export async function inEachCrm<T>(work: (crm: CrmKey) => Promise<T>): Promise<PerCrm<T>> {
	const done = CRM_KEYS.map(async (crm) => [crm, await work(crm)] as const);
	return Object.fromEntries(await Promise.all(done)) as PerCrm<T>;
}

export function sameInEachCrm<T>(value: T): PerCrm<T> {
	return { hubspot: value, salesforce: value, pipedrive: value };
}

/** Everybody who stands in a CRM; between two tests everybody is removed. */
export function peopleIn(crm: CrmKey): CrmRecord[] {
	return world().crms[crm].holds();
}

/** How much stands in a CRM. */
export function countsIn(crm: CrmKey) {
	const people = peopleIn(crm);
	return {
		contacts: people.length,
		notes: people.flatMap(({ notes }) => notes).length,
		tasks: people.flatMap(({ tasks }) => tasks).length,
	};
}

/** The id of the only person in a CRM, as the platform is told it. */
export function externalIdIn(crm: CrmKey): string {
	const [{ kind, id } = { kind: 'nobody', id: '' }] = peopleIn(crm);
	return `${crm}_${kind}_${id}`;
}

/** What a push makes. */
export type Made = 'contact' | 'note' | 'task';

/** How the requests end that make it. Salesforce makes all three with one. */
const REQUESTS: PerCrm<Record<Made, string>> = {
	hubspot: { contact: '/contacts', note: '/notes', task: '/tasks' },
	salesforce: { contact: '/composite', note: '/composite', task: '/composite' },
	pipedrive: { contact: '/persons', note: '/notes', task: '/activities' },
};

/**
 * Has the requests that make these things fail, each once. `accepted`: only the answer is lost. The
 * answer says whether all of them have failed by now.
 */
export function failMaking(
	crm: CrmKey,
	made: readonly Made[],
	failure: Failure,
	accepted = false,
): () => boolean {
	const endings = new Set(made.map((each) => REQUESTS[crm][each]));
	let failed = 0;
	for (const ending of endings) {
		world().crms[crm].failNext(failure, 1, {
			accepted,
			matching({ method, path }) {
				const isIt = method === 'POST' && path.endsWith(ending);
				if (isIt) failed++;
				return isIt;
			},
		});
	}
	return () => failed === endings.size;
}
