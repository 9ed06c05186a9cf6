import type { LeadCreated } from '../shared/contracts/leadCreated';
import { oneLine } from '../shared/text/oneLine';
import type { CrmLead, CrmTask, CrmValue } from '../shared/vendors/crm/port';
import type { KnownLead } from './knownLead';
import { listingOf } from './listing';
import { leadNote, listingLines } from './note';
import { reachOf } from './reach';

const LONGEST_NAME = 120;
const LONGEST_PLACEHOLDER = 40;

/** The lead as it is to stand in a CRM. Without consent there is no task, whatever was planned. */
export function toCrmLead({
	fields,
	...known
}: KnownLead & { fields: Readonly<Record<string, CrmValue>> }): CrmLead {
	const { lead, scoring } = known;
	const reach = reachOf(scoring.contact);
	const firstName = oneLine(lead.first_name ?? '', LONGEST_NAME);
	const lastName = oneLine(lead.last_name ?? '', LONGEST_NAME);
	const task = lead.consent ? taskOf(known) : undefined;
	return {
		leadId: lead.lead_id,
		...reach,
		...(firstName && { firstName }),
		...(lastName && { lastName }),
		placeholderName: placeholderName(lead, reach.email),
		consent: lead.consent === true,
		note: leadNote(known),
		...(task && { task }),
		fields,
	};
}

function taskOf(known: KnownLead): CrmTask | undefined {
	const { scoring, followUp } = known;
	if (!followUp || 'skipped' in followUp) return undefined;
	const { subject, dueAt, dueDate, dueLocal, priority, kind } = followUp;
	const [listing] = listingLines(listingOf(known));
	return {
		subject,
		lines: [
			`Due ${dueLocal}`,
			`Score ${scoring.score}/100, grade ${scoring.grade}`,
			...(listing ? [`Asked about: ${listing}`] : []),
			...(scoring.nextBestQuestion ? [`Ask: ${scoring.nextBestQuestion}`] : []),
		],
		dueAt: new Date(dueAt),
		dueDate,
		priority,
		kind,
	};
}

/** `John Doe` out of `john.doe+homes@example.com`; where there are no letters, the lead's id. */
function placeholderName({ lead_id }: LeadCreated, email = ''): string {
	const [mailbox = ''] = email.split(/[+@]/);
	const words = mailbox.match(/\p{L}+/gu) ?? [];
	const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
	return oneLine(name, LONGEST_PLACEHOLDER) || `New lead ${lead_id.slice(0, 8)}`;
}
