import { createHash, timingSafeEqual } from 'node:crypto';

/** The answer is the sender's own text: only one that no browser can read as a page. */
const CHALLENGE = /^[\w.-]{1,256}$/;

export type ChallengeRefusalReason =
	'mode' | 'token-not-set' | 'token-mismatch' | 'challenge-malformed';

export type ChallengeAnswer =
	{ status: 200; body: string } | { status: 403; reason: ChallengeRefusalReason };

/**
 * Answers the request by which Meta makes sure whose a webhook is: with its challenge, where the
 * token is ours. The body is to be sent as `text/plain`. A parameter that is repeated is refused,
 * and so is everything while no token is set. Never throws.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export function answerChallenge(
	query: Readonly<Record<string, unknown>>,
	verifyToken: string,
): ChallengeAnswer {
	const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
	if (mode !== 'subscribe') return refused('mode');
	if (verifyToken === '') return refused('token-not-set');
	if (typeof token !== 'string' || !timingSafeEqual(digest(token), digest(verifyToken))) {
		return refused('token-mismatch');
	}
	return typeof challenge === 'string' && CHALLENGE.test(challenge)
		? { status: 200, body: challenge }
		: refused('challenge-malformed');
}

/** Of one length whatever the text, so that comparing takes the same time. */
function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

function refused(reason: ChallengeRefusalReason): ChallengeAnswer {
	return { status: 403, reason };
}
