import { VendorError } from '../http/vendorError';
import { failureKind } from '../stateStore/trail';
import type { ParkedWork } from './delivery';

/** What a failure means for the work that it stopped: its kind, and whether a retry may heal it. */
export function failureOf(error: unknown): Pick<ParkedWork, 'reason' | 'isPassing'> {
	return {
		reason: failureKind(error),
		isPassing: error instanceof VendorError && error.isPassing,
	};
}
