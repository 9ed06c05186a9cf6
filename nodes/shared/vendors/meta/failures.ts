import type { VendorErrorDetails } from '../../http/vendorError';

/**
 * What a refusal means for a message that was to be sent.
 * - `undeliverable`: this person cannot get it, now or ever; other people can get theirs.
 * - `account`: nothing goes out for this Page or app until somebody changes something.
 * - `passing`: it was not sent, and may be sent later.
 * - `ambiguous`: nobody knows whether it was sent.
 * - `rejected`: Meta does not take this message as it is.
 */
export type SendFailure = 'undeliverable' | 'account' | 'passing' | 'ambiguous' | 'rejected';

export interface KnownFailure extends Pick<VendorErrorDetails, 'kind'> {
	means: SendFailure;
	message?: string;
	advice?: string;
}

const NEW_TOKEN =
	'Make a new token for it (Meta app dashboard > Messenger API Settings or Instagram API setup > Generate token) and put it into the Meta credential of n8n.';
const OUTSIDE_WINDOW: KnownFailure = {
	kind: 'rejected',
	means: 'undeliverable',
	message: 'Meta no longer lets this person be answered: the time for it is over',
	advice:
		'A person of the team can answer in the inbox of the Page within 7 days; an automatic reply has to go out within 24 hours of a message.',
};
const PERSON_UNAVAILABLE: KnownFailure = {
	kind: 'rejected',
	means: 'undeliverable',
	message: 'Meta says that this person cannot be reached: blocked, left, or not receiving messages',
	advice: 'Nothing needs to be done. The person can be answered again after writing again.',
};
const PERSON_UNKNOWN: KnownFailure = {
	kind: 'not-found',
	means: 'undeliverable',
	message: 'Meta knows nobody with this id among the people who wrote to the account',
	advice:
		'Ids belong to one Page or Instagram account: check that the reply goes out for the account that was written to.',
};
const NO_PERMISSION: KnownFailure = {
	kind: 'credential-refused',
	means: 'account',
	message: 'The Meta app lacks a permission for this',
	advice:
		'Meta app dashboard > App Review > Permissions and Features: give the app pages_messaging, pages_manage_metadata, pages_read_engagement (instagram_manage_messages for Instagram, leads_retrieval for lead forms), then make a new Page token.',
};
const RATE_LIMITED: KnownFailure = { kind: 'rate-limited', means: 'passing' };
const NOBODY_KNOWS: KnownFailure = {
	kind: 'unavailable',
	means: 'ambiguous',
	message: 'Meta had an error of its own, and does not say whether it did what it was asked',
};
const NOT_VERIFIED: KnownFailure = {
	kind: 'rejected',
	means: 'account',
	message: 'Meta called the webhook to verify it, and did not get the right answer',
	advice:
		'Check that the address is reachable from the internet over https, that the workflow is active, and that the verify token is the same in the credential.',
};

function tokenFailure(why: string): KnownFailure {
	return {
		kind: 'credential-refused',
		means: 'account',
		message: `Meta refused the token of this Page or account: ${why}`,
		advice: NEW_TOKEN,
	};
}

/**
 * By `code/subcode`, else by code. The words are ours: Meta's change, and may quote tokens.
 * @see https://developers.facebook.com/docs/messenger-platform/error-codes
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
const BY_CODE: Readonly<Record<string, KnownFailure>> = {
	'-1': NOBODY_KNOWS,
	'1': NOBODY_KNOWS,
	'2': NOBODY_KNOWS,
	'3': NO_PERMISSION,
	'4': RATE_LIMITED,
	'10': NO_PERMISSION,
	'10/2018065': OUTSIDE_WINDOW,
	'10/2018108': PERSON_UNAVAILABLE,
	'10/2018278': OUTSIDE_WINDOW,
	'10/2534022': OUTSIDE_WINDOW,
	'10/2018300': {
		kind: 'rejected',
		means: 'undeliverable',
		message: 'Another app, or a person in the inbox, holds this conversation',
		advice:
			'Page settings > Messaging > Conversation routing: choose which app answers first. The broker goes on when the conversation is handed back.',
	},
	'10/1893063': {
		kind: 'rejected',
		means: 'account',
		message: 'Meta has restricted what the Page may send for some time',
		advice: 'Open the Page > Page Quality (Support Inbox): it says why and until when.',
	},
	'17': RATE_LIMITED,
	'32': RATE_LIMITED,
	'100/33': {
		kind: 'not-found',
		means: 'account',
		message: 'Meta does not know this id, or does not show it to this token',
		advice:
			'Check that the Meta credential has the token of the Page or account that the event came from, and that nothing was deleted.',
	},
	'100/2018001': PERSON_UNKNOWN,
	'100/2018047': {
		kind: 'rejected',
		means: 'rejected',
		message: 'Meta could not take an attachment of the message',
		advice: 'Check that the image of each card is a public https address of a JPEG or PNG.',
	},
	'100/2018218': {
		kind: 'not-found',
		means: 'undeliverable',
		message: 'Meta has no profile of this person',
		advice: 'Nothing needs to be done: some people have none.',
	},
	'100/2534014': PERSON_UNKNOWN,
	'102': tokenFailure('it is no longer valid'),
	'104': tokenFailure('none was given'),
	'190': tokenFailure('it is not valid'),
	'190/458': tokenFailure('the app was removed by the person who gave it access'),
	'190/459': tokenFailure('the person who gave it has to log in to Facebook first'),
	'190/460': tokenFailure('the person who gave it has changed the password'),
	'190/463': tokenFailure('it has expired'),
	'190/464': tokenFailure('the person who gave it has to confirm the Facebook account'),
	'190/467': tokenFailure('it is no longer valid'),
	'200/1545041': PERSON_UNAVAILABLE,
	'200/2534041': {
		kind: 'credential-refused',
		means: 'account',
		message: 'The Instagram account does not let apps read and send its messages',
		advice:
			'Instagram app > Settings > Messages and story replies > Message controls > Connected tools: switch on "Allow access to messages".',
	},
	'341': RATE_LIMITED,
	'368': {
		kind: 'rejected',
		means: 'account',
		message: 'Meta has blocked this for some time, because of its policies',
		advice:
			'Open the Page > Page Quality (Support Inbox) and the alerts of the app: they say why. Send less, and nothing unasked.',
	},
	'551': PERSON_UNAVAILABLE,
	'613': RATE_LIMITED,
	'1200': {
		kind: 'unavailable',
		means: 'passing',
		message: 'Meta could not send the message this time',
	},
	'2200': NOT_VERIFIED,
	'2201': NOT_VERIFIED,
};

/** What is known of an error's code; undefined where nothing is. */
export function knownFailure(code: number, subcode?: number): KnownFailure | undefined {
	const precise = BY_CODE[`${code}/${subcode ?? ''}`] ?? BY_CODE[`${code}`];
	if (precise) return precise;
	// Business use cases count apart: 80004 ads, 80005 lead forms, 80006 Messenger, and so on.
	if (code >= 80_000 && code <= 80_014) return RATE_LIMITED;
	if (code >= 200 && code <= 299) return NO_PERMISSION;
	return undefined;
}
