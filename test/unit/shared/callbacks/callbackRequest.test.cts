import { createHash } from 'node:crypto';

import { z } from 'zod';

import { callbackRequest } from '../../../../nodes/shared/callbacks/callbackRequest';

const PARCEL = {
	name: 'parcel-status',
	contract: z.object({ parcel_id: z.string(), status: z.string(), at: z.string() }).passthrough(),
	idField: 'parcel_id',
} as const;

const CALLBACK = { parcel_id: 'x-1', status: 'delivered', at: '2024-01-15T10:30:00Z' };

const request = (callback: Record<string, unknown>, withExtraFields = false) =>
	callbackRequest(PARCEL, callback, 'corr-1', withExtraFields);

describe('the request of a callback', () => {
	it('goes where its name says, with a key of name, subject and hash', () => {
		// The keys in alphabetical order and no spaces, by hand.
		const canonical = '{"at":"2024-01-15T10:30:00Z","parcel_id":"x-1","status":"delivered"}';
		const hash = createHash('sha256').update(canonical).digest('hex').slice(0, 32);
		expect(request(CALLBACK)).toEqual({
			method: 'POST',
			path: '/internal/n8n/parcel-status',
			headers: { 'X-Correlation-Id': 'corr-1' },
			body: CALLBACK,
			idempotencyKey: `parcel-status:x-1:${hash}`,
		});
	});

	it('has the same bytes in whatever order the callback was put together', () => {
		const shuffled = { more: 1, at: CALLBACK.at, status: 'delivered', also: 2, parcel_id: 'x-1' };
		const reversed = Object.fromEntries(Object.entries(shuffled).reverse());
		for (const withExtraFields of [false, true]) {
			expect(JSON.stringify(request(reversed, withExtraFields))).toBe(
				JSON.stringify(request(shuffled, withExtraFields)),
			);
		}
	});

	it("puts the contract's fields first, and others behind them where they are wanted", () => {
		const callback = { zone: 'BGC', ...CALLBACK, agent: 'Ana' };
		expect(Object.keys(request(callback).body as object)).toEqual(['parcel_id', 'status', 'at']);
		expect(Object.keys(request(callback, true).body as object)).toEqual([
			'parcel_id',
			'status',
			'at',
			'agent',
			'zone',
		]);
	});

	it('has another key for every other content', () => {
		const keys = [
			request(CALLBACK),
			request({ ...CALLBACK, status: 'lost' }),
			request({ ...CALLBACK, parcel_id: 'x-2' }),
			request({ ...CALLBACK, agent: 'Ana' }, true),
		].map(({ idempotencyKey }) => idempotencyKey);
		expect(new Set(keys).size).toBe(4);
	});
});
