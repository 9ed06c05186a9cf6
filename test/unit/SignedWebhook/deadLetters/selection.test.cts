import { readSelection } from '../../../../nodes/SignedWebhook/deadLetters/selection';

describe('a selection of dead letters', () => {
	it.each([
		{ which: 'all' },
		{ which: 'one', deliveryKey: 'lead-sync-status:l-1' },
		{ which: 'kind', kind: 'callback' },
		{ which: 'kind', kind: 'message' },
		{ which: 'flow', flow: 'lead-score' },
		{ which: 'since', since: '2026-11-23T00:00:00Z' },
		{ which: 'since', since: '2026-11-23T08:00:00.123+08:00' },
	])('is read: %j', (selection) => {
		expect(readSelection(selection)).toEqual(selection);
	});

	it('leaves out what it does not need', () => {
		expect(readSelection({ which: 'one', deliveryKey: 'd', kind: 'no such', query: {} })).toEqual({
			which: 'one',
			deliveryKey: 'd',
		});
	});

	it.each<[unknown, RegExp]>([
		[{}, /which: .*'all' \| 'one' \| 'kind' \| 'flow' \| 'since'/],
		[null, /\(body\)/],
		['all', /\(body\)/],
		[[{ which: 'all' }], /\(body\)/],
		[{ which: 'every' }, /which/],
		[{ which: 'one' }, /deliveryKey: is required/],
		[{ which: 'one', deliveryKey: '' }, /deliveryKey/],
		[{ which: 'one', deliveryKey: ['d'] }, /deliveryKey/],
		[{ which: 'kind', kind: 'mail' }, /kind: .*callback/],
		[{ which: 'flow', flow: ' ' }, /flow/],
		[{ which: 'since', since: 'yesterday' }, /since: must be like 2026-11-23T00:00:00Z/],
		[{ which: 'since', since: '2026-11-23T00:00:00' }, /since: must be like/],
		[{ which: 'since', since: '2026-02-30T00:00:00Z' }, /since: must be like/],
		[{ which: 'since', since: 1_700_000_000 }, /since/],
	])('is refused where it says nothing: %j', (given, message) => {
		expect(() => readSelection(given)).toThrow(RangeError);
		expect(() => readSelection(given)).toThrow(message);
	});
});
