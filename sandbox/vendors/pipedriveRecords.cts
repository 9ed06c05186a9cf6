/** Pipedrive's records as it makes them, with everything it fills in by itself. */
import { randomUUID } from 'node:crypto';

import type { z } from 'zod';

import {
	FIELD_TYPES,
	type newActivity,
	type newLead,
	type newNote,
	type newPerson,
} from './pipedriveSchemas.cts';

export const USERS = [
	{ id: 1, name: 'Sandbox Agent', email: 'agent@agency.example' },
	{ id: 2, name: 'Second Agent', email: 'second@agency.example' },
];
export const LEAD_LABELS = ['Hot', 'Warm', 'Cold'].map((name, position) => ({
	id: `f08b42a${position}-4e75-4ea9-9643-03698ef1cfd6`,
	name,
	color: ['red', 'yellow', 'blue'][position]!,
	add_time: '2026-01-05T08:00:00.000Z',
	update_time: '2026-01-05T08:00:00.000Z',
}));

export type Person = ReturnType<typeof personOf> & { marketing_status?: string };
export type Lead = ReturnType<typeof leadOf>;
export type Note = ReturnType<typeof noteOf>;
export type Activity = ReturnType<typeof activityOf>;

type Channel = { value: string; primary: boolean; label: string };

/** Where none is marked as the first, the first one is. */
export function withPrimary(channels: Channel[]): Channel[] {
	if (channels.some(({ primary }) => primary)) return channels;
	return channels.map((channel, position) => ({ ...channel, primary: position === 0 }));
}

export function nameOf(name: string) {
	const [first_name = '', ...rest] = name.split(' ');
	return { name, first_name, last_name: rest.join(' ') || null };
}

export function personOf(id: number, asked: z.infer<typeof newPerson>, at: string) {
	return {
		id,
		...nameOf(asked.name),
		owner_id: asked.owner_id ?? USERS[0]!.id,
		org_id: asked.org_id ?? null,
		add_time: asked.add_time ?? at,
		update_time: at,
		emails: withPrimary(asked.emails ?? []),
		phones: withPrimary(asked.phones ?? []),
		is_deleted: false,
		visible_to: asked.visible_to ?? 3,
		label_ids: asked.label_ids ?? [],
		picture_id: null,
		custom_fields: {
			...Object.fromEntries(Object.keys(FIELD_TYPES).map((key) => [key, null])),
			...asked.custom_fields,
		} as Record<string, string | number | null>,
	};
}

export function leadOf(asked: z.infer<typeof newLead>, at: string) {
	const id: string = randomUUID();
	return {
		id,
		title: asked.title,
		owner_id: asked.owner_id ?? USERS[0]!.id,
		creator_id: USERS[0]!.id,
		label_ids: asked.label_ids ?? [],
		person_id: asked.person_id ?? null,
		organization_id: asked.organization_id ?? null,
		source_name: 'API',
		origin: 'API',
		origin_id: asked.origin_id ?? null,
		channel: asked.channel ?? null,
		channel_id: asked.channel_id ?? null,
		source_deal_id: null,
		is_archived: false,
		was_seen: asked.was_seen ?? false,
		value: asked.value ?? null,
		expected_close_date: asked.expected_close_date ?? null,
		next_activity_id: null,
		add_time: at,
		update_time: at,
		visible_to: asked.visible_to ?? '3',
		cc_email: `sandbox+1+lead${id.slice(0, 8)}@pipedrivemail.example`,
	};
}

export function noteOf(id: number, asked: z.infer<typeof newNote>, at: string) {
	const time = at.slice(0, 19).replace('T', ' ');
	return {
		id,
		active_flag: true,
		content: asked.content.replace(/<script[\s\S]*?<\/script>/gi, ''),
		lead_id: asked.lead_id ?? null,
		deal_id: asked.deal_id ?? null,
		person_id: asked.person_id ?? null,
		org_id: asked.org_id ?? null,
		user_id: asked.user_id ?? USERS[0]!.id,
		last_update_user_id: null,
		pinned_to_lead_flag: asked.pinned_to_lead_flag === 1,
		pinned_to_deal_flag: asked.pinned_to_deal_flag === 1,
		pinned_to_person_flag: asked.pinned_to_person_flag === 1,
		pinned_to_organization_flag: asked.pinned_to_organization_flag === 1,
		add_time: asked.add_time ?? time,
		update_time: time,
	};
}

export function activityOf(id: number, asked: z.infer<typeof newActivity>, at: string) {
	const participants = asked.participants ?? [];
	return {
		id,
		subject: asked.subject ?? 'Call',
		type: asked.type ?? 'call',
		owner_id: asked.owner_id ?? USERS[0]!.id,
		creator_user_id: USERS[0]!.id,
		is_deleted: false,
		add_time: at,
		update_time: at,
		deal_id: asked.deal_id ?? null,
		lead_id: asked.lead_id ?? null,
		person_id: (participants.find(({ primary }) => primary) ?? participants[0])?.person_id ?? null,
		org_id: asked.org_id ?? null,
		project_id: null,
		due_date: asked.due_date ?? at.slice(0, 10),
		due_time: asked.due_time === undefined ? null : `${asked.due_time}:00`.slice(0, 8),
		duration: asked.duration ?? null,
		busy: asked.busy ?? false,
		done: asked.done ?? false,
		marked_as_done_time: null,
		participants,
		attendees: null,
		location: null,
		public_description: asked.public_description ?? null,
		priority: asked.priority ?? null,
		note: asked.note ?? null,
	};
}
