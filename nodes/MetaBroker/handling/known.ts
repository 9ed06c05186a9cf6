import type { LeadCreated } from '../../shared/contracts/leadCreated';
import type { Learned } from '../inbox/session';
import type { Contact, Slots } from '../understanding/understanding';

/** What a person has said so far about themselves and about the home they look for. */
export interface Known {
	slots: Slots;
	contact: Contact;
}

/** Puts together what messages said; what was said later counts. */
export function knownFrom(learned: ReadonlyArray<Pick<Learned, 'slots' | 'contact'>>): Known {
	return {
		slots: Object.assign({}, ...learned.map(({ slots }) => slots)) as Slots,
		contact: Object.assign({}, ...learned.map(({ contact }) => contact)) as Contact,
	};
}

/** What one message adds; undefined where it says nothing to remember. */
export function learnedFrom(
	mid: string | undefined,
	{ slots, contact }: Known,
): Learned | undefined {
	if (!mid || Object.keys(slots).length + Object.keys(contact).length === 0) return undefined;
	return { mid, slots, contact };
}

/** What a lead form says of the person. */
export function knownFromLead({ email, phone }: Pick<LeadCreated, 'email' | 'phone'>): Known {
	return { slots: {}, contact: { ...(email && { email }), ...(phone && { phone }) } };
}
