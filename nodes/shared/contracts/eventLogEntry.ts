import { z } from 'zod';

import { identifier, text, utcTimestamp } from './fields';

/** Something for the platform's event log: `POST /internal/n8n/event-log`. */
export const eventLogEntry = z
	.object({
		event: z.enum(['alert.raised', 'alert.resolved']),
		/** What the alert is about, such as `dead-letters:lead-score`; open once at a time. */
		key: identifier,
		severity: z.enum(['warning', 'critical']),
		title: text(200),
		detail: text(2_000),
		at: utcTimestamp,
	})
	.passthrough();

export type EventLogEntry = z.infer<typeof eventLogEntry>;
