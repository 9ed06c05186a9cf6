/** What the console and the tests look at in a CRM, the same for all three. */
import type { StandIn } from './standIn.cts';

export interface CrmRecord {
	id: string;
	/** What kind of record the vendor calls it, such as `contact`, `lead` or `person`. */
	kind: string;
	name: string;
	email: string | null;
	phone: string | null;
	/** Everything else that was written to it, by the vendor's own names. */
	fields: Record<string, unknown>;
	notes: Array<{ id: string; title: string; text: string }>;
	tasks: Array<{ id: string; subject: string; text: string; dueAt: string; priority: string }>;
}

export interface CrmStandIn extends StandIn {
	/** Everybody the CRM holds, oldest first, with their notes and tasks. */
	holds(): CrmRecord[];
}
