import fc from 'fast-check';

import {
	answerChallenge,
	type ChallengeRefusalReason,
} from '../../../../nodes/shared/intake/metaChallenge';

const TOKEN = 'pick-a-long-one-ñ';
const QUERY = {
	'hub.mode': 'subscribe',
	'hub.verify_token': TOKEN,
	'hub.challenge': '1158201444',
};

describe("answering Meta's challenge", () => {
	it.each(['1158201444', 'a', 'x'.repeat(256), 'Aa0_-.'])('gives it back: %s', (challenge) => {
		expect(answerChallenge({ ...QUERY, 'hub.challenge': challenge }, TOKEN)).toEqual({
			status: 200,
			body: challenge,
		});
	});

	it('passes over parameters that are not part of it', () => {
		expect(answerChallenge({ ...QUERY, extra: ['1'] }, TOKEN)).toMatchObject({ status: 200 });
	});

	it.each<[string, object, ChallengeRefusalReason]>([
		['no mode', { 'hub.mode': undefined }, 'mode'],
		['another mode', { 'hub.mode': 'unsubscribe' }, 'mode'],
		['a mode in capitals', { 'hub.mode': 'Subscribe' }, 'mode'],
		['two modes', { 'hub.mode': ['subscribe', 'subscribe'] }, 'mode'],
		['no token', { 'hub.verify_token': undefined }, 'token-mismatch'],
		['an empty token', { 'hub.verify_token': '' }, 'token-mismatch'],
		['another token', { 'hub.verify_token': 'guessed' }, 'token-mismatch'],
		['the start of the token', { 'hub.verify_token': TOKEN.slice(0, -1) }, 'token-mismatch'],
		['a token in capitals', { 'hub.verify_token': TOKEN.toUpperCase() }, 'token-mismatch'],
		['a token with a space', { 'hub.verify_token': `${TOKEN} ` }, 'token-mismatch'],
		['two tokens', { 'hub.verify_token': [TOKEN, TOKEN] }, 'token-mismatch'],
		['a token as an object', { 'hub.verify_token': { 0: TOKEN } }, 'token-mismatch'],
		['no challenge', { 'hub.challenge': undefined }, 'challenge-malformed'],
		['an empty challenge', { 'hub.challenge': '' }, 'challenge-malformed'],
		['a number', { 'hub.challenge': 1158201444 }, 'challenge-malformed'],
		['two challenges', { 'hub.challenge': ['1', '2'] }, 'challenge-malformed'],
		['an endless challenge', { 'hub.challenge': 'x'.repeat(257) }, 'challenge-malformed'],
		['HTML', { 'hub.challenge': '<script>alert(1)</script>' }, 'challenge-malformed'],
		['a line break', { 'hub.challenge': '1158201444\n' }, 'challenge-malformed'],
		['letters that are not ASCII', { 'hub.challenge': 'ñ' }, 'challenge-malformed'],
	])('refuses %s', (_name, changed, reason) => {
		expect(answerChallenge({ ...QUERY, ...changed }, TOKEN)).toEqual({ status: 403, reason });
	});

	it.each([undefined, '', 'anything'])('refuses everything while no token is set: %s', (token) => {
		expect(answerChallenge({ ...QUERY, 'hub.verify_token': token }, '')).toEqual({
			status: 403,
			reason: 'token-not-set',
		});
	});

	it('never throws and never answers without the token', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), fc.anything(), (mode, token, challenge) => {
				const query = { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge };
				expect(answerChallenge(query, TOKEN).status).toBe(403);
			}),
		);
	});
});
