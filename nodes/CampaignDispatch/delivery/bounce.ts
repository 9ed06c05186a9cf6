import type { ResendEvent } from '../../shared/contracts/resendEvent';

export type BounceKind = 'permanent' | 'transient' | 'undetermined';

type Bounce = NonNullable<ResendEvent['data']['bounce']>;

/** The message is at fault, and another one to the same address may arrive. */
const FAULTS_OF_THE_MESSAGE = ['messagetoolarge', 'contentrejected', 'attachmentrejected'];

/**
 * Status X.7.x is security or policy, such as a sender's domain without DMARC (`550 5.7.515`): a
 * fault of the sender's, that says nothing about the address.
 * @see https://www.rfc-editor.org/rfc/rfc3463#section-3.8
 */
const POLICY = /(?<![\d.])[45]\.7\.\d{1,3}(?![\d.]\d)/;

/** @see https://resend.com/docs/dashboard/emails/email-bounces */
export function bounceKind({ type }: Bounce): BounceKind {
	const kind = type?.toLowerCase();
	return kind === 'permanent' || kind === 'transient' ? kind : 'undetermined';
}

/** Whether nobody can be reached under the address, so that it is not written to again. */
export function isDeadAddress(bounce: Bounce): boolean {
	const said = [bounce.message ?? '', ...(bounce.diagnosticCode ?? [])];
	return (
		bounceKind(bounce) === 'permanent' &&
		!FAULTS_OF_THE_MESSAGE.includes((bounce.subType ?? '').toLowerCase()) &&
		!said.some((line) => POLICY.test(line))
	);
}
