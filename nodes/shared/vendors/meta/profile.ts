/**
 * @see https://developers.facebook.com/docs/messenger-platform/identity/user-profile
 * @see https://developers.facebook.com/docs/messenger-platform/instagram/features/user-profile
 */
import { z } from 'zod';

import { answerIn } from '../../http/answer';
import type { HttpRequest, HttpResponse } from '../../http/send';
import { oneLine } from '../../text/oneLine';
import { metaError, readFailure } from './errors';
import { inTheNameOf, META } from './policy';

const NO_PROFILE = 2_018_218;
const LONGEST_NAME = 100;

/** A person whom an account of Messenger (`facebook`) or Instagram talks with. */
export interface PersonOfAccount {
	channel: 'facebook' | 'instagram';
	accountId: string;
	/** As this account knows the person. */
	userId: string;
}

export function profileRequest({ channel, accountId, userId }: PersonOfAccount): HttpRequest {
	return {
		method: 'GET',
		path: `/${encodeURIComponent(userId)}`,
		query: { fields: channel === 'facebook' ? 'first_name,last_name' : 'name,username' },
		headers: inTheNameOf(accountId),
		timeoutMs: META.timeoutMs,
	};
}

const word = z.string().optional().catch(undefined);
const profile = z.object({ first_name: word, last_name: word, name: word, username: word });

/** The person's name; undefined where there is no profile, or no name in it. Throws a VendorError. */
export function readProfileName(response: HttpResponse, nowMs: number): string | undefined {
	if (readFailure(response.body).subcode === NO_PROFILE) return undefined;
	const answer = answerIn(profile, response);
	if (answer === undefined) throw metaError(response, nowMs);
	const { first_name: first = '', last_name: last = '', name = '', username = '' } = answer;
	const names = [`${first} ${last}`, name, username].map((one) => oneLine(one, LONGEST_NAME));
	return names.find((one) => one !== '');
}
