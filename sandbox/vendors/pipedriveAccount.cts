/** What a Pipedrive account holds, and the rules by which its records hang together. */
import type { CrmRecord } from './crmView.cts';
import { forbidden, invalid, notFound, Refused } from './pipedriveAnswers.cts';
import {
	type Activity,
	activityOf,
	type Lead,
	LEAD_LABELS,
	leadOf,
	nameOf,
	type Note,
	noteOf,
	type Person,
	personOf,
	USERS,
	withPrimary,
} from './pipedriveRecords.cts';
import {
	changedLead,
	checked,
	newActivity,
	newLead,
	newNote,
	newPerson,
	personChanges,
} from './pipedriveSchemas.cts';

export interface PipedriveAccount {
	persons: Map<number, Person>;
	leads: Map<string, Lead>;
	notes: Map<number, Note>;
	activities: Map<number, Activity>;
	/** When the search knows a person, in milliseconds since 1970. */
	searchableFrom: Map<number, number>;
	addPerson(body: unknown): Person;
	changePerson(id: number, body: unknown): Person;
	addLead(body: unknown): Lead;
	changeLead(id: string, body: unknown): Lead;
	/** Deletes the lead and hands what hangs on it to a deal; answers the deal's id. */
	convertLead(id: string): number;
	addNote(body: unknown): Note;
	addActivity(body: unknown): Activity;
	holds(): CrmRecord[];
	clear(): void;
}

export interface AccountOptions {
	hasCampaigns: boolean;
	searchLagMs: number;
	now(): number;
}

export function createAccount({
	hasCampaigns,
	searchLagMs,
	now,
}: AccountOptions): PipedriveAccount {
	const persons = new Map<number, Person>();
	const leads = new Map<string, Lead>();
	const notes = new Map<number, Note>();
	const activities = new Map<number, Activity>();
	const searchableFrom = new Map<number, number>();
	let lastId = 0;
	const at = () => new Date(now()).toISOString();

	function demandUser(owner: number | undefined, field = 'owner_id'): void {
		if (owner !== undefined && !USERS.some(({ id }) => id === owner)) {
			throw new Refused(invalid(`${field}: no user ${owner}`));
		}
	}

	function demandPerson(id: number | undefined, field = 'person_id'): void {
		if (id !== undefined && !persons.has(id))
			throw new Refused(invalid(`${field}: no person ${id}`));
	}

	/** Archived leads can be read and no more. */
	function openLead(id: string): Lead {
		const lead = leads.get(id);
		if (!lead) throw new Refused(notFound('Lead'));
		if (lead.is_archived) throw new Refused(forbidden('Archived leads cannot be edited'));
		return lead;
	}

	function demandCampaigns(status: string | undefined): void {
		if (status !== undefined && !hasCampaigns) {
			throw new Refused(forbidden('marketing_status is available with Campaigns only'));
		}
	}

	const account: PipedriveAccount = {
		persons,
		leads,
		notes,
		activities,
		searchableFrom,
		addPerson(body) {
			const asked = checked(newPerson, body);
			demandUser(asked.owner_id);
			demandCampaigns(asked.marketing_status);
			const person: Person = personOf(++lastId, asked, at());
			if (hasCampaigns) person.marketing_status = asked.marketing_status ?? 'no_consent';
			persons.set(person.id, person);
			searchableFrom.set(person.id, now() + searchLagMs);
			return person;
		},
		changePerson(id, body) {
			const person = persons.get(id);
			if (!person) throw new Refused(notFound('Person'));
			const { custom_fields: own, name, emails, phones, ...asked } = checked(personChanges, body);
			demandUser(asked.owner_id);
			demandCampaigns(asked.marketing_status);
			return Object.assign(person, asked, name !== undefined && nameOf(name), {
				...(emails && { emails: withPrimary(emails) }),
				...(phones && { phones: withPrimary(phones) }),
				custom_fields: { ...person.custom_fields, ...own },
				update_time: at(),
			});
		},
		addLead(body) {
			const asked = checked(newLead, body);
			if (asked.person_id === undefined && asked.organization_id === undefined) {
				throw new Refused(invalid('person_id: a person or an organization is required'));
			}
			demandPerson(asked.person_id);
			demandUser(asked.owner_id);
			for (const label of asked.label_ids ?? []) {
				if (LEAD_LABELS.every(({ id }) => id !== label)) {
					throw new Refused(invalid(`label_ids: no label ${label}`));
				}
			}
			const lead = leadOf(asked, at());
			leads.set(lead.id, lead);
			return lead;
		},
		changeLead(id, body) {
			const asked = checked(changedLead, body);
			demandPerson(asked.person_id);
			demandUser(asked.owner_id);
			return Object.assign(openLead(id), asked, { update_time: at() });
		},
		convertLead(id) {
			openLead(id);
			leads.delete(id);
			const deal = ++lastId;
			for (const attached of [...notes.values(), ...activities.values()]) {
				if (attached.lead_id === id) Object.assign(attached, { lead_id: null, deal_id: deal });
			}
			return deal;
		},
		addNote(body) {
			const asked = checked(newNote, body);
			if (![asked.lead_id, asked.person_id, asked.deal_id, asked.org_id].some(Boolean)) {
				throw new Refused(invalid('deal_id: one of deal, lead, person, organization is required'));
			}
			if (asked.lead_id !== undefined) openLead(asked.lead_id);
			demandPerson(asked.person_id);
			demandUser(asked.user_id, 'user_id');
			const note = noteOf(++lastId, asked, at());
			notes.set(note.id, note);
			return note;
		},
		addActivity(body) {
			const asked = checked(newActivity, body);
			if (asked.lead_id !== undefined) openLead(asked.lead_id);
			for (const { person_id: id } of asked.participants ?? []) demandPerson(id, 'participants');
			demandUser(asked.owner_id);
			const activity = activityOf(++lastId, asked, at());
			activities.set(activity.id, activity);
			return activity;
		},
		holds: () => [...persons.values()].map((person) => shown(person, account)),
		clear() {
			for (const held of [persons, leads, notes, activities, searchableFrom]) held.clear();
			lastId = 0;
		},
	};
	return account;
}

function shown(person: Person, { leads, notes, activities }: PipedriveAccount): CrmRecord {
	const own = Object.entries(person.custom_fields).filter(([, value]) => value !== null);
	const held = [...leads.values()].filter(({ person_id: id }) => id === person.id);
	const isTheirs = (attached: { person_id: number | null; lead_id: string | null }) =>
		attached.person_id === person.id || held.some(({ id }) => id === attached.lead_id);
	return {
		id: String(person.id),
		kind: 'person',
		name: person.name,
		email: person.emails.find(({ primary }) => primary)?.value ?? null,
		phone: person.phones.find(({ primary }) => primary)?.value ?? null,
		fields: {
			...Object.fromEntries(own),
			owner_id: person.owner_id,
			...(person.marketing_status && { marketing_status: person.marketing_status }),
			leads: held.map(({ id, title, origin_id, value, is_archived }) => ({
				id,
				title,
				origin_id,
				value,
				is_archived,
			})),
		},
		notes: [...notes.values()].filter(isTheirs).map(({ id, content, lead_id: lead }) => ({
			id: String(id),
			title: leads.get(lead ?? '')?.title ?? '',
			text: content,
		})),
		tasks: [...activities.values()].filter(isTheirs).map((activity) => ({
			id: String(activity.id),
			subject: activity.subject,
			text: activity.note ?? '',
			dueAt: `${activity.due_date}T${activity.due_time ?? '00:00:00'}Z`,
			priority: '',
		})),
	};
}
