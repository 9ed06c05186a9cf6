import { z } from 'zod';

import { count, percentage } from '../shared/contracts/fields';
import type { FollowUp, NoFollowUp } from './followUp/planFollowUp';
import type { LeadScore } from './scoring/scoreLead';

/** What later steps need of a score. */
export type ScoredLead = Pick<
	LeadScore,
	| 'score'
	| 'grade'
	| 'gradeCappedFrom'
	| 'priority'
	| 'coverage'
	| 'isProvisional'
	| 'factors'
	| 'nextBestQuestion'
	| 'contact'
	| 'scoringVersion'
>;

type Read<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

/** A score as Score Lead put it on the item. */
export const scoredLead: Read<ScoredLead> = z
	.object({
		score: percentage.int(),
		grade: z.enum(['A', 'B', 'C', 'D']),
		gradeCappedFrom: z.enum(['A', 'B', 'C', 'D']).optional(),
		priority: z.enum(['high', 'medium', 'low']),
		coverage: percentage,
		isProvisional: z.boolean(),
		factors: z.array(
			z.object({
				key: z.enum(['budget', 'location', 'contact', 'engagement']),
				weight: percentage,
				score: percentage.nullable(),
				points: count,
				status: z.enum(['known', 'inferred', 'missing']),
				reason: z.string(),
				details: z.array(z.string()).optional(),
			}),
		),
		nextBestQuestion: z.string().nullable(),
		contact: z
			.object({
				email: z.string().optional(),
				phone: z.string().optional(),
			})
			.passthrough(),
		scoringVersion: z.string(),
	})
	.passthrough();

export type PlannedFollowUp = FollowUp | NoFollowUp;

/** A follow-up as Schedule Follow-Up put it on the item, or why there is none. */
export const plannedFollowUp: Read<PlannedFollowUp> = z.union([
	z.object({ skipped: z.string() }),
	z.object({
		dueAt: z.string().datetime(),
		dueDate: z.string().date(),
		dueLocal: z.string(),
		kind: z.enum(['call', 'email']),
		priority: z.enum(['high', 'medium', 'low']),
		subject: z.string(),
		reason: z.string(),
	}),
]);
