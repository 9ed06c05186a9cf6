/** Reading what Pipedrive says, where it says one thing in several ways. */
import { z } from 'zod';

import { pageOf } from '../../../../../nodes/shared/vendors/crm/pipedrive/answers';
import { isSamePhone } from '../../../../../nodes/shared/vendors/crm/pipedrive/phone';
import { burstWaitMs } from '../../../../../nodes/shared/vendors/crm/pipedrive/retries';

describe('Two phone numbers', () => {
	it.each([
		['+639171234567', '+63 917 123 4567', true],
		['+639171234567', '0917 123 4567', true],
		['0917 123 4567', '+639171234567', true],
		['0063 917 1234567', '+639171234567', true],
		['+639171234567', '+639171234568', false],
		['+639171234567', '4567', false],
		['4567', '4567', true],
		['ask at the desk', 'by mail only', false],
		['ask at the desk', 'ask at the desk ', true],
		['', '+639171234567', false],
	])('%s and %s are one: %s', (one, other, isSame) => {
		expect(isSamePhone(one, other)).toBe(isSame);
	});
});

describe('A page of a listing', () => {
	const next = (body: unknown) => pageOf(z.object({ id: z.number() })).parse(body).next;
	const data = [{ id: 1 }, { id: 2 }];

	it.each<[string, unknown, unknown]>([
		['a cursor', { data, additional_data: { next_cursor: 'abc' } }, { cursor: 'abc' }],
		['no cursor', { data, additional_data: { next_cursor: null } }, undefined],
		[
			'a position below pagination',
			{
				data,
				additional_data: {
					pagination: { start: 0, limit: 2, more_items_in_collection: true, next_start: 2 },
				},
			},
			{ start: 2 },
		],
		[
			'a position beside, without the next one',
			{ data, additional_data: { start: 4, limit: 2, more_items_in_collection: true } },
			{ start: 6 },
		],
		[
			'the last position',
			{ data, additional_data: { pagination: { start: 4, more_items_in_collection: false } } },
			undefined,
		],
		['nothing about pages', { data }, undefined],
		['no data at all', { data: null, additional_data: null }, undefined],
		[
			'more, but nothing on this page',
			{ data: [], additional_data: { start: 0, more_items_in_collection: true } },
			undefined,
		],
	])('with %s', (_name, body, expected) => {
		expect(next(body)).toEqual(expected);
	});
});

describe('The wait after a 429', () => {
	it.each<[string, Record<string, string>, number | undefined]>([
		['seconds', { 'x-ratelimit-reset': '7' }, 7_000],
		['nothing', {}, 2_000],
		['zero', { 'x-ratelimit-reset': '0' }, 2_000],
		['words', { 'x-ratelimit-reset': 'soon' }, 2_000],
		[
			'Retry-After, which others read',
			{ 'retry-after': '10', 'x-ratelimit-reset': '2' },
			undefined,
		],
	])('by a header with %s', (_name, headers, expected) => {
		expect(burstWaitMs({ status: 429, headers, body: {} })).toBe(expected);
	});

	it('is none of another answer', () => {
		const headers = { 'x-ratelimit-reset': '7' };
		expect(burstWaitMs({ status: 503, headers, body: {} })).toBeUndefined();
	});
});
