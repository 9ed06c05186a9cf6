/** Dead letters: which are meant, and the statement that lists, replays or dismisses them. */
import { dismissDeadLetters } from '../../../nodes/SignedWebhook/deadLetters/dismissDeadLetters';
import { listDeadLetters } from '../../../nodes/SignedWebhook/deadLetters/listDeadLetters';
import { replayDeadLetters } from '../../../nodes/SignedWebhook/deadLetters/replayDeadLetters';
import type { DeadLetterSelection } from '../../../nodes/SignedWebhook/deadLetters/selection';
import {
	type MetricsSurroundings,
	signedWebhook,
	startMetricsSurroundings,
	statementIn,
} from './metricsSurroundings.cts';

let around: MetricsSurroundings;
beforeAll(async () => {
	around = await startMetricsSurroundings();
});
afterAll(async () => await around.close());

const SELECTIONS: DeadLetterSelection[] = [
	{ which: 'all' },
	{ which: 'one', deliveryKey: 'lead-sync-status:l-1:1' },
	{ which: 'kind', kind: 'message' },
	{ which: 'flow', flow: 'lead-score' },
	{ which: 'since', since: '2026-11-23T00:00:00+08:00' },
];

describe.each([
	['list', listDeadLetters],
	['replay', replayDeadLetters],
	['dismiss', dismissDeadLetters],
] as const)('to %s dead letters', (operation, statementFor) => {
	const step = (parameters = {}) => signedWebhook('deadLetter', operation, parameters);

	it.each(SELECTIONS)('by what the item says: %j', async (selection) => {
		const json = await around.runOne(step(), [selection]);
		expect(statementIn(json, operation)).toEqual(statementFor(selection));
	});

	it('by what a person wrote, also beside other fields', async () => {
		const selection = '{"which": "flow", "flow": "lead-score", "action": "replay"}';
		const json = await around.runOne(step({ selection }), [{ which: 'all' }]);
		expect(statementIn(json, operation)).toEqual(
			statementFor({ which: 'flow', flow: 'lead-score' }),
		);
	});

	it.each([
		['nothing', {}],
		['an unknown word', { which: 'some' }],
		['one without its key', { which: 'one' }],
		['an unknown kind', { which: 'kind', kind: 'letter' }],
		['a time without a zone', { which: 'since', since: '2026-11-23T00:00:00' }],
		['a time that is none', { which: 'since', since: 'yesterday' }],
	])('is refused for %s', async (_what, selection) => {
		const failed = await around.failOne(step(), [selection]);
		expect(failed.error).toMatch(/^This does not say which dead letters are meant: /);
		expect(failed.details).toMatchObject({ itemIndex: 0 });
		expect(failed.details.stateStore).toBeUndefined();
	});

	it('is refused for what is no JSON', async () => {
		const failed = await around.failOne(step({ selection: 'all of them' }), [{}]);
		expect(failed).toMatchObject({
			error: 'Which is not valid JSON',
			details: { advice: expect.stringContaining('{"which": "all"}') },
		});
	});

	it('takes no other item with it that is refused', async () => {
		const [succeeded, failed] = await around.runBoth(step(), [
			{ which: 'all' },
			{ which: 'some' },
			{ which: 'all' },
		]);
		expect(succeeded).toHaveLength(2);
		expect(failed).toMatchObject([{ details: { itemIndex: 1 } }]);
	});
});
