import { VendorError, type VendorErrorDetails } from '../../shared/http/vendorError';
import type { SendFailure } from '../../shared/vendors/meta';
import type { SentPart } from '../inbox/session';

/** A reply that did not go out as a whole, and what of it did. */
export class ReplyError extends VendorError {
	readonly failure: SendFailure;

	/** Parts that are known to have gone out, also those of earlier attempts. */
	readonly sent: readonly SentPart[];

	constructor(details: VendorErrorDetails, failure: SendFailure, sent: readonly SentPart[]) {
		super(details);
		this.failure = failure;
		this.sent = sent;
	}

	/** Whether the part after those sent may have gone out. */
	get isAmbiguous(): boolean {
		return this.failure === 'ambiguous';
	}

	/** A message may be sent later also where nobody knows whether it was sent. */
	override get isPassing(): boolean {
		return this.failure === 'passing' || this.failure === 'ambiguous';
	}
}
