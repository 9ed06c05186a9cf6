/**
 * What Pipedrive takes. v2 is strict about types, and unknown fields are refused.
 * @see https://developers.pipedrive.com/docs/api/v1
 */
import { z } from 'zod';

import { forbidden, invalid, Refused } from './pipedriveAnswers.cts';

/** The account's own fields of a person, as a sandbox account might have them. */
export const PIPEDRIVE_PERSON_FIELDS = {
	leadId: '3c1f0b6a9d4e27585f60c1b2a3948d7e6f5a0b1c',
	leadScore: '8e2d7c5b4a39180f6e7d8c9b0a1f2e3d4c5b6a79',
	leadGrade: 'a4b8c2d6e0f1938475a6b7c8d9e0f1a2b3c4d5e6',
	consent: 'f0e1d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d',
} as const;

const { leadId, leadScore, leadGrade, consent } = PIPEDRIVE_PERSON_FIELDS;

export const FIELD_TYPES: Readonly<Record<string, { name: string; type: 'varchar' | 'double' }>> = {
	[leadId]: { name: 'Lead ID', type: 'varchar' },
	[leadScore]: { name: 'Lead score', type: 'double' },
	[leadGrade]: { name: 'Lead grade', type: 'varchar' },
	[consent]: { name: 'Consent', type: 'varchar' },
};

export const ACTIVITY_TYPES = ['call', 'meeting', 'task', 'deadline', 'email', 'lunch'];

/** Fields that only accounts with Contact Sync may write. */
const CONTACT_SYNC = ['notes', 'im', 'birthday', 'job_title', 'postal_address'];

const id = z.number().int().positive();
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/);
const flag = z.union([z.literal(0), z.literal(1)]);

const channels = z.array(
	z
		.object({
			value: z.string().min(1),
			primary: z.boolean().default(false),
			label: z.string().default('work'),
		})
		.strict(),
);

const ownFields = z
	.object(
		Object.fromEntries(
			Object.entries(FIELD_TYPES).map(([key, { type }]) => [
				key,
				(type === 'double' ? z.number() : z.string().max(255)).nullable().optional(),
			]),
		),
	)
	.strict();

export const personChanges = z
	.object({
		name: z.string().trim().min(1).optional(),
		owner_id: id.optional(),
		org_id: id.optional(),
		add_time: z.string().datetime().optional(),
		emails: channels.optional(),
		phones: channels.optional(),
		visible_to: z.union([z.literal(1), z.literal(3), z.literal(5), z.literal(7)]).optional(),
		label_ids: z.array(id).optional(),
		marketing_status: z.enum(['no_consent', 'unsubscribed', 'subscribed', 'archived']).optional(),
		custom_fields: ownFields.optional(),
	})
	.strict();

export const newPerson = personChanges.extend({ name: z.string().trim().min(1) }).strict();

const leadChanges = z
	.object({
		title: z.string().trim().min(1).max(255).optional(),
		owner_id: id.optional(),
		label_ids: z.array(z.string().uuid()).optional(),
		person_id: id.optional(),
		organization_id: id.optional(),
		value: z
			.object({ amount: z.number(), currency: z.string().regex(/^[A-Z]{3}$/) })
			.strict()
			.nullable()
			.optional(),
		expected_close_date: day.nullable().optional(),
		visible_to: z.enum(['1', '3', '5', '7']).optional(),
		was_seen: z.boolean().optional(),
		channel: id.nullable().optional(),
		channel_id: z.string().nullable().optional(),
	})
	.strict();

export const changedLead = leadChanges.extend({ is_archived: z.boolean().optional() }).strict();
export const newLead = leadChanges
	.extend({
		title: z.string().trim().min(1).max(255),
		origin_id: z.string().nullable().optional(),
	})
	.strict();

export const newNote = z
	.object({
		content: z.string().min(1),
		lead_id: z.string().uuid().optional(),
		deal_id: id.optional(),
		person_id: id.optional(),
		org_id: id.optional(),
		user_id: id.optional(),
		add_time: z.string().optional(),
		pinned_to_lead_flag: flag.optional(),
		pinned_to_deal_flag: flag.optional(),
		pinned_to_person_flag: flag.optional(),
		pinned_to_organization_flag: flag.optional(),
	})
	.strict();

export const newActivity = z
	.object({
		subject: z.string().min(1).optional(),
		type: z
			.string()
			.refine((type) => ACTIVITY_TYPES.includes(type))
			.optional(),
		owner_id: id.optional(),
		deal_id: id.optional(),
		lead_id: z.string().uuid().optional(),
		org_id: id.optional(),
		due_date: day.optional(),
		due_time: time.optional(),
		duration: time.optional(),
		busy: z.boolean().optional(),
		done: z.boolean().optional(),
		participants: z.array(z.object({ person_id: id, primary: z.boolean() }).strict()).optional(),
		public_description: z.string().optional(),
		priority: id.optional(),
		note: z.string().optional(),
	})
	.strict();

/** Reads a body, or refuses it by the first field at fault; like Pipedrive it quotes the value. */
export function checked<S extends z.ZodTypeAny>(shape: S, body: unknown): z.infer<S> {
	const parsed = shape.safeParse(body);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	if (issue?.code === 'unrecognized_keys') {
		const synced = issue.path.length === 0 && issue.keys.find((key) => CONTACT_SYNC.includes(key));
		if (synced) throw new Refused(forbidden(`Contact Sync is needed to write ${synced}`));
		const path = [...issue.path, issue.keys[0]].join('.');
		throw new Refused(invalid(`${path}: unknown field`));
	}
	const value = issue?.path.reduce<unknown>(
		(inside, key) => (inside as Record<string, unknown> | undefined)?.[key],
		body,
	);
	throw new Refused(invalid(`${issue?.path.join('.')}: ${issue?.message} (${String(value)})`));
}
