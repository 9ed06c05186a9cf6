import type { CrmStandIn } from '../vendors/crmView.cts';
import { plainText } from './plainText.cts';

/** The running CRMs, by a key that the console's addresses use. */
export type Crms = Readonly<Record<string, CrmStandIn>>;

const LATEST_RECORDS = 12;

/** What each CRM holds, the newest records first, their notes and tasks as text. */
export function crmState(crms: Crms) {
	return Object.entries(crms).map(([key, crm]) => {
		const records = crm.holds();
		return {
			key,
			name: crm.name,
			total: records.length,
			records: records
				.slice(-LATEST_RECORDS)
				.reverse()
				.map((record) => ({
					...record,
					notes: record.notes.map((note) => ({ ...note, text: plainText(note.text) })),
					tasks: record.tasks.map((task) => ({ ...task, text: plainText(task.text) })),
				})),
		};
	});
}
