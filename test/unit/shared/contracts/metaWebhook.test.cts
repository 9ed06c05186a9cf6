import fc from 'fast-check';

import { checkContract } from '../../../../nodes/shared/contracts/check';
import { metaWebhook } from '../../../../nodes/shared/contracts/metaWebhook';

const ENTRY = { id: '108723928465021', time: 1_458_692_752_478 };
const PAYLOAD = { object: 'page', entry: [{ ...ENTRY, messaging: [{ message: { mid: 'm1' } }] }] };

function fieldsAtFault(value: unknown): string[] {
	const checked = checkContract(metaWebhook, value);
	return checked.ok ? [] : checked.problems.map(({ field }) => field);
}

describe("what Meta's webhooks post", () => {
	it.each<[string, unknown]>([
		['messages', PAYLOAD],
		['messages of Instagram', { ...PAYLOAD, object: 'instagram' }],
		['changes', { object: 'page', entry: [{ ...ENTRY, changes: [{ field: 'feed' }] }] }],
		['events of a conversation that is held', { ...PAYLOAD, entry: [{ ...ENTRY, standby: [1] }] }],
		['an object that is not known', { object: 'user', entry: [{ id: '4', changed_fields: [] }] }],
		['an entry without a time', { object: 'page', entry: [{ id: '0', messaging: [] }] }],
		['a time in words', { object: 'page', entry: [{ id: '0', time: 'now', messaging: null }] }],
		['fields that are not known', { ...PAYLOAD, next: { a: 1 } }],
	])('is valid as it came, and passes untouched: %s', (_what, payload) => {
		expect(checkContract(metaWebhook, payload)).toEqual({ ok: true, value: payload });
	});

	it.each([0, 108_723_928_465_021])('has the id of an account as text: %i', (id) => {
		expect(checkContract(metaWebhook, { ...PAYLOAD, entry: [{ id }] })).toEqual({
			ok: true,
			value: { ...PAYLOAD, entry: [{ id: String(id) }] },
		});
	});

	it.each<[string, unknown, string]>([
		['no object', { ...PAYLOAD, object: undefined }, 'object'],
		['an empty object', { ...PAYLOAD, object: '' }, 'object'],
		['an object that is no word', { ...PAYLOAD, object: {} }, 'object'],
		['no entry', { object: 'page' }, 'entry'],
		['no entries', { object: 'page', entry: [] }, 'entry'],
		['one entry that is no list', { object: 'page', entry: ENTRY }, 'entry'],
		['an entry that is none', { object: 'page', entry: [ENTRY, null] }, 'entry.1'],
		['an entry without an id', { object: 'page', entry: [{ time: 1 }] }, 'entry.0.id'],
		['an empty id', { object: 'page', entry: [{ id: '' }] }, 'entry.0.id'],
		['an id with a space', { object: 'page', entry: [{ id: '1 2' }] }, 'entry.0.id'],
		['an id whose digits were lost', { object: 'page', entry: [{ id: 2 ** 53 }] }, 'entry.0.id'],
		['messages in no list', { object: 'page', entry: [{ id: '1', messaging: {} }] }, 'messaging'],
		['changes in no list', { object: 'page', entry: [{ id: '1', changes: 'a' }] }, 'changes'],
		['a list', [PAYLOAD], '(body)'],
		['nothing', null, '(body)'],
	])('is refused with %s', (_what, payload, field) => {
		expect(fieldsAtFault(payload)).toEqual([expect.stringContaining(field)]);
	});

	it('takes a thousand events, and hands on the very ones it was given', () => {
		const messaging = Array.from({ length: 1000 }, (_, index) => ({
			message: { mid: `m${index}` },
		}));
		const checked = checkContract(metaWebhook, {
			object: 'page',
			entry: [{ ...ENTRY, messaging }],
		});
		expect(checked.ok && checked.value.entry[0]?.messaging).toBe(messaging);
	});

	it('never looks into an event', () => {
		fc.assert(
			fc.property(fc.array(fc.jsonValue()), (messaging) => {
				const payload = { object: 'page', entry: [{ ...ENTRY, messaging }] };
				expect(checkContract(metaWebhook, payload)).toEqual({ ok: true, value: payload });
			}),
		);
	});
});
