import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { readContract } from '../../shared/n8n/readContract';

/** A row that the statement of Take answers. */
const takenAlert = z
	.object({
		alertId: z.union([z.string(), z.number()]).transform(String),
		about: z.enum(['raised', 'resolved']),
		alertKey: z.string(),
		severity: z.enum(['warning', 'critical']),
		title: z.string(),
		detail: z.string(),
		times: z.number().int().default(1),
		raisedAt: z.string(),
		resolvedAt: z.string().nullable(),
		needsMail: z.boolean(),
		needsReport: z.boolean(),
		leaseToken: z.string(),
	})
	.passthrough();

export type TakenAlertItem = z.infer<typeof takenAlert>;

/** The alert of an item, as a Postgres node returns it. */
export function readTakenAlert(context: IExecuteFunctions, itemIndex: number): TakenAlertItem {
	const { json } = context.getInputData()[itemIndex]!;
	return readContract(context, itemIndex, takenAlert, json, 'alert');
}
