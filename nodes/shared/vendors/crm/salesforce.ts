/**
 * Salesforce: a lead with a note and a follow-up task, in one call.
 *
 * A composite with `allOrNone` makes the three together or not at all. So that it may be sent
 * without looking first, it also asks for the lead of this e-mail (or phone) if there is only one,
 * and hangs note and task on what comes back: where the person was a lead before, nothing comes
 * back, and Salesforce undoes everything, the new lead included. That is exact, needs no custom
 * field, and costs a new lead one call. An upsert by external id could not do it: it writes the same
 * body on creation and on update, placeholders included, and knows nothing of e-mails. Should nothing
 * come back for any other reason, the look-up that follows finds nobody, and the lead is made then.
 *
 * A person who stands already costs two calls more: one look-up, by our id and by the person, with
 * the notes and tasks there; then one composite of what is missing. A repeated push starts with the
 * look-up: two calls. Two leads of the platform with one e-mail share the Salesforce lead, whose
 * external id stays the first one's; each has a note and a task of its own.
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-composite-post.html
 */
import type { HttpResponse } from '../../http/send';
import { VendorError } from '../../http/vendorError';
import { createOnce } from './createOnce';
import type { CrmAdapter, CrmLead, CrmPush, CrmSession, CrmSettings } from './port';
import { compositeRequest, type SubRequest } from './salesforce/composite';
import { salesforceRetries } from './salesforce/errors';
import { type Known, lookUp } from './salesforce/lookUp';
import {
	additions,
	type MadeIds,
	newcomer,
	type NoteType,
	readWriting,
	type Setback,
} from './salesforce/writing';

const ATTEMPTS = 4;
const FIRST_LOCK_WAIT_MS = 500;

export const salesforce: CrmAdapter = {
	key: 'salesforce',
	name: 'Salesforce',
	credential: 'salesforceCrmOAuth2Api',
	// No limit by the second, but one of 25 long calls at once; five in a developer's org.
	perSecond: 20,
	retries: salesforceRetries,
	push,
};

async function push(lead: CrmLead, settings: CrmSettings, session: CrmSession): Promise<CrmPush> {
	checkFieldName(settings);
	const { clock, isRepeat } = session;
	let hasLooked = isRepeat;
	let known = isRepeat ? await lookUp(lead, settings, session) : undefined;
	let noteType: NoteType = 'ContentNote';
	for (let attempt = 1; ; attempt++) {
		const steps = known
			? additions(lead, settings, noteType, known)
			: newcomer(lead, settings, noteType, !hasLooked);
		const outcome = await write(steps, known, lead, settings, session);
		if ('contact' in outcome) return outcome;
		if (attempt === ATTEMPTS) throw outcome.error;
		if (outcome.cause === 'no-content-notes') {
			noteType = 'Note';
			continue;
		}
		if (outcome.cause === 'locked') await clock.wait(FIRST_LOCK_WAIT_MS * 2 ** (attempt - 1));
		known = await lookUp(lead, settings, session, outcome.match);
		hasLooked = true;
	}
}

/** Sends the steps as one. Where it stays open whether they were done, they are looked for. */
async function write(
	steps: readonly SubRequest[],
	known: Known | undefined,
	lead: CrmLead,
	settings: CrmSettings,
	session: CrmSession,
): Promise<CrmPush | Setback> {
	if (steps.length === 0 && known !== undefined) return pushed(known, {});
	const isRepeatable = steps.every(({ method }) => method !== 'POST');
	const request = compositeRequest(steps, settings, { allOrNone: true, isRepeatable });
	const send = async () => await session.send('write-lead')(request);
	const read = (response: HttpResponse) => {
		const outcome = readWriting(response, steps, settings, session.clock.now());
		return isSetback(outcome) ? outcome : pushed(known, outcome);
	};
	if (isRepeatable) return read(await send());
	const { value } = await createOnce<CrmPush | Setback>({
		async find() {
			const now = await lookUp(lead, settings, session);
			return now && isComplete(now, lead) ? pushed(now, {}) : undefined;
		},
		create: send,
		read,
		clock: session.clock,
		isRepeat: false,
	});
	return value;
}

function pushed(known: Known | undefined, made: MadeIds): CrmPush {
	const { recordId = made.lead!, recordType = 'Lead' } = known ?? {};
	const noteId = made.note ?? known?.noteId ?? '';
	const taskId = made.task ?? known?.taskId;
	const foundUnless = (isMade: unknown) => (isMade ? 'created' : 'found');
	return {
		externalId: `salesforce_${recordType.toLowerCase()}_${recordId}`,
		contact: { id: recordId, outcome: known ? 'updated' : 'created' },
		note: { id: noteId, outcome: foundUnless(made.note) },
		...(taskId !== undefined && { task: { id: taskId, outcome: foundUnless(made.task) } }),
	};
}

function isComplete({ noteId, taskId }: Known, { task }: CrmLead): boolean {
	return noteId !== undefined && (task === undefined || taskId !== undefined);
}

function isSetback(outcome: MadeIds | Setback): outcome is Setback {
	return 'error' in outcome;
}

/** The name becomes part of queries. */
function checkFieldName({ leadIdField }: CrmSettings): void {
	if (leadIdField === undefined || /^[A-Za-z]\w*$/.test(leadIdField)) return;
	throw new VendorError({
		vendor: 'Salesforce',
		kind: 'rejected',
		status: 0,
		message: 'The lead id field is not the API name of a Salesforce field',
		advice: 'Give the API name, such as PropertyIQ_Lead_Id__c.',
	});
}
