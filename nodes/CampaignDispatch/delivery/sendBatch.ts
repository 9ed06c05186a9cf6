import { isSuccess } from '../../shared/http/answer';
import type { Clock, HttpResponse, Send } from '../../shared/http/send';
import { VendorError } from '../../shared/http/vendorError';
import {
	type BatchValidation,
	readBatch,
	RESEND,
	resendError,
	type ResendMail,
	sendBatchRequest,
	type SentBatch,
} from '../../shared/vendors/resend';
import { OTHER_PAYLOAD, readFailure } from '../../shared/vendors/resend/errors';
import type { Batch, MailResult } from './batch';
import { findSent, type FoundMails } from './reconcile';

const DAY_MS = 86_400_000;
/** As Resend says it: "The company.com domain is not verified." */
const UNVERIFIED_DOMAIN = /\bdomain\b.*\bnot verified\b/i;
/** Of a batch that Resend refused as a whole, so that its keys remember refusals and nothing else. */
const MOST_KEYS = 5;

export interface Sending {
	/** With retries and paced. */
	send: Send;
	clock: Clock;
	validation: BatchValidation;
	/**
	 * How long Resend lists a mail that it has sent, in milliseconds: a day on its free plan, three on
	 * Pro, seven on Scale.
	 */
	listKeptMs: number;
}

/**
 * Makes sure that every mail of a batch was sent, once, or was refused for good. Throws a VendorError
 * where none was sent, or where it is not known: the same batch may then be given again.
 *
 * `found` is what Resend's list has of a batch whose key has expired. The rest is sent under a key of
 * its own, `<key>/2`. Nobody gets two mails by that: the list is read a day after the first attempt,
 * so it shows what that did; and if this attempt is lost as well, the next one either reads it off
 * the list, or sends the same rest under the same second key, which Resend does only once, or is told
 * that the rest is not the same, and sends nothing.
 */
export async function sendBatch(
	batch: Batch,
	found: FoundMails | undefined,
	sending: Sending,
): Promise<MailResult[]> {
	const sent = [...(found?.ids ?? [])].map(([index, emailId]) => sentResult(index, emailId));
	const rest = batch.mails
		.map((mail, index) => ({ mail, index }))
		.filter(({ index }) => !found?.ids.has(index));
	if (rest.length === 0) return inOrder(sent);
	if (found && !isWholeTruth(batch, found, sending)) {
		return inOrder([...sent, ...rest.map(({ index }) => unknowable(index))]);
	}
	const results = await sendRest(
		batch,
		rest.map(({ mail }) => mail),
		found ? 2 : 1,
		sending,
	);
	return inOrder([
		...sent,
		...results.map((result) => ({ ...result, index: rest[result.index]?.index ?? result.index })),
	]);
}

async function sendRest(
	batch: Batch,
	mails: readonly ResendMail[],
	firstKey: number,
	sending: Sending,
): Promise<MailResult[]> {
	const { send, clock, validation } = sending;
	for (let number = firstKey; ; number++) {
		const idempotencyKey = number === 1 ? batch.key : `${batch.key}/${number}`;
		const response = await send(sendBatchRequest({ mails, idempotencyKey, validation }));
		if (isSuccess(response)) {
			const answer = await readBatchOrNothing(response, mails.length, clock);
			if (answer === undefined) return await readOffList(batch, mails, response, sending);
			const complaint = commonComplaint(answer);
			if (complaint === undefined) return resultsOf(answer);
			// Possibly the memory of a refusal whose cause is gone: then the next key finds out.
			const isRepeat = batch.firstAttemptAt !== undefined;
			if (!isRepeat || number >= MOST_KEYS) throw refusedAsAWhole(complaint);
		} else if (readFailure(response.body).name === OTHER_PAYLOAD) {
			return await readOffList(batch, mails, response, sending);
		} else {
			throw resendError(response, clock.now());
		}
	}
}

async function readBatchOrNothing(
	response: HttpResponse,
	count: number,
	clock: Clock,
): Promise<SentBatch | undefined> {
	const reading = async () => readBatch(response, count, clock.now());
	return await reading().catch((error: unknown) => {
		if (!(error instanceof VendorError)) throw error;
		return undefined;
	});
}

/**
 * Resend has taken something under this key and does not say what: its list has to. Whatever is not
 * on it stays as it is, and is sent when the key has expired.
 */
async function readOffList(
	batch: Batch,
	mails: readonly ResendMail[],
	response: HttpResponse,
	{ send, clock }: Sending,
): Promise<MailResult[]> {
	const since = batch.firstAttemptAt ?? clock.now() - DAY_MS;
	const [found] = await findSent(send, clock, [{ mails, since }]);
	if (found?.ids.size === mails.length) {
		return [...found.ids].map(([index, emailId]) => sentResult(index, emailId));
	}
	const { code } = resendError(response, clock.now()).details;
	throw new VendorError({
		vendor: RESEND.name,
		kind: 'unavailable',
		status: response.status,
		message: `Resend has taken mails under the key of this batch, and lists ${found?.ids.size ?? 0} of its ${mails.length}`,
		advice: 'Nothing was sent again. Run the campaign again in a day: Resend then takes the rest.',
		...(code && { code }),
	});
}

/** A list that ends too early still tells all where no mail of that time can have been removed. */
function isWholeTruth(
	{ firstAttemptAt = 0 }: Batch,
	{ reachedBack }: FoundMails,
	{ clock, listKeptMs }: Sending,
): boolean {
	return reachedBack || clock.now() - firstAttemptAt <= listKeptMs;
}

/**
 * The one complaint about all mails of a batch, such as a sender whose domain is not verified: a
 * fault of the campaign, that no mail of it should be given up for.
 */
function commonComplaint({ accepted, refused }: SentBatch): string | undefined {
	const [first, ...others] = refused;
	if (!first || accepted.length > 0) return undefined;
	const isCommon =
		(others.length > 0 || UNVERIFIED_DOMAIN.test(first.message)) &&
		others.every(({ message }) => message === first.message);
	return isCommon ? first.message : undefined;
}

function refusedAsAWhole(complaint: string): VendorError {
	return new VendorError({
		vendor: RESEND.name,
		kind: 'rejected',
		status: 200,
		message: `Resend refused every mail of a batch: ${complaint}`,
		advice:
			'Check the sender, its domain in Resend (Domains), and the template; then run it again.',
	});
}

function resultsOf({ accepted, refused }: SentBatch): MailResult[] {
	return [
		...accepted.map(({ index, id }) => sentResult(index, id)),
		...refused.map(({ index, message }) => refusedResult(index, message)),
	];
}

function sentResult(index: number, emailId: string): MailResult {
	return { index, state: 'sent', emailId };
}

function refusedResult(index: number, reason: string): MailResult {
	return { index, state: 'refused', reason };
}

/** Rather no mail than two. */
function unknowable(index: number): MailResult {
	return refusedResult(
		index,
		'Nobody knows any more whether this mail was sent: Resend no longer lists the mails of that time',
	);
}

function inOrder(results: MailResult[]): MailResult[] {
	return results.sort((one, other) => one.index - other.index);
}
