import fc from 'fast-check';

import { signPlatformRequest, verifyPlatformRequest } from '../../../nodes/shared/signing/platform';
import { createSignature } from '../../../sandbox/platform/signature.cts';

/** Whole seconds, so that both halves mean the same moment. */
const moment = fc.integer({ min: 1_500_000_000, max: 2_500_000_000 });
const secret = fc.string({ minLength: 1, unit: 'grapheme' });
const body = fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes));

describe("the platform's half of the signature", () => {
	it('signs any bytes so that the half in n8n accepts them', () => {
		fc.assert(
			fc.property(secret, body, moment, (key, rawBody, seconds) => {
				const headers = createSignature(key).sign(rawBody, new Date(seconds * 1000));
				const request = {
					signature: headers['X-Signature'],
					timestamp: headers['X-Timestamp'],
					rawBody,
				};
				return verifyPlatformRequest({ current: key }, request, seconds).valid;
			}),
		);
	});

	it('agrees with the half in n8n about every age of a request', () => {
		fc.assert(
			fc.property(
				secret,
				body,
				moment,
				fc.oneof(fc.integer({ min: -302, max: 302 }), fc.constantFrom(-301, -300, 300, 301)),
				(key, rawBody, seconds, age) => {
					const signed = signPlatformRequest(key, rawBody, seconds);
					const now = new Date((seconds + age) * 1000);
					const isValid = createSignature(key).verify(new Headers({ ...signed }), rawBody, now);
					return isValid === Math.abs(age) <= 300;
				},
			),
		);
	});

	it('accepts the secret before a rotation, and not the one before that', () => {
		const now = new Date();
		const signature = createSignature('first');
		const headers = new Headers(createSignature('first').sign(Buffer.from('{}'), now));
		signature.rotate('second');
		expect(signature.verify(headers, Buffer.from('{}'), now)).toBe(true);
		signature.rotate('third');
		expect(signature.verify(headers, Buffer.from('{}'), now)).toBe(false);
	});

	it('refuses an empty secret', () => {
		expect(() => createSignature('')).toThrow('The signing secret is empty');
	});
});
