/** Messages that nobody could answer: how long Meta Broker tries, and what becomes of them then. */
import type { IDataObject } from 'n8n-workflow';

import { deliveriesOn } from '../deliveries/deliveries.cts';
import { type MetaInbox, startMetaInbox } from './metaInbox.cts';
import { ANA, messageEvent, replyWith, statementIn, taken } from './metaSurroundings.cts';
import { signedWebhook } from './metricsSurroundings.cts';

let world: MetaInbox;
beforeAll(async () => {
	world = await startMetaInbox();
}, 60_000);
beforeEach(async () => {
	await world.forget();
	await deliveriesOn(world.database).clear();
});
afterAll(async () => await world.close());

const down = () => world.platform.answer(() => new Response(null, { status: 503 }));

async function workOnce(options: object = {}): Promise<IDataObject[]> {
	await world.keep();
	return (await world.work('handle', { options }, await world.take())).postponed;
}

it('a message is tried as often as a person says; then it is a dead letter, whose replay answers it', async () => {
	const options = { retryMinutes: '2', holdingText: '' };
	down();
	world.meta.say({ channel: 'facebook', person: ANA, text: 'Condo in BGC?' });
	const [first] = await workOnce(options);
	expect(first).toMatchObject({ postponed: true, failed: false });
	const seconds = (Date.parse(String(first!.againAt)) - Date.now()) / 1000;
	expect(seconds).toBeGreaterThan(110);
	expect(seconds).toBeLessThanOrEqual(120);

	await world.inbox.wait(120);
	expect(await workOnce(options)).toMatchObject([{ postponed: false, failed: true }]);
	const deliveries = deliveriesOn(world.database);
	expect(await deliveries.rows('deliveries', 'kind, flow, state')).toEqual([
		{ kind: 'message', flow: 'meta-broker', state: 'dead' },
	]);
	expect(await deliveries.rows('alerts', 'alert_key, times')).toEqual([
		{ alert_key: 'dead-letters:meta-broker', times: 1 },
	]);

	world.platform.answer(() => Response.json(replyWith()));
	expect(await world.answerAll()).toEqual([]);
	const { outputs } = await world.run(
		[signedWebhook('deadLetter', 'replay')],
		[{ which: 'kind', kind: 'message' }],
	);
	const replayed = await world.query(statementIn(outputs[0]![0]!.json, 'replay'));
	expect(replayed).toMatchObject([{ kind: 'message', state: 'delivered' }]);
	expect(await world.answerAll()).toMatchObject([{ outcome: 'answered' }]);
	expect(world.sentTexts()).toEqual([replyWith().reply_text]);
	expect(await deliveries.rows('alerts', 'times')).toEqual([{ times: 1 }]);
});

describe('when a message is tried again', () => {
	/** The waits of the statement that gives the message back. */
	const waits = (failed: IDataObject) => statementIn(failed, 'failed').values[6];

	it.each([
		[{}, '[60,300,900]'],
		[{ retryMinutes: '0.5, 4' }, '[30,240]'],
	])('is said by the options %j', async (options, expected) => {
		down();
		const mid = world.meta.say({ channel: 'facebook', person: ANA, text: 'Condo in BGC?' });
		const item = taken(messageEvent(mid));
		expect(waits(await world.failOne('handle', { options }, [item]))).toBe(expected);
		const understood = await world.runOne('understand', {}, [item]);
		expect(waits(await world.failOne('askPlatform', { options }, [understood]))).toBe(expected);
		const form = taken(
			messageEvent(mid, { kind: 'lead_form', leadForm: { leadgenId: '1', formId: '2' } as never }),
		);
		const companyId = 'c-1';
		expect(waits(await world.failOne('get', { options, companyId }, [form]))).toBe(expected);
	});

	it('has to be said in minutes', async () => {
		const mid = world.meta.say({ channel: 'facebook', person: ANA, text: 'Condo in BGC?' });
		const options = { retryMinutes: 'soon' };
		const failed = await world.failOne('handle', { options }, [taken(messageEvent(mid))]);
		expect(failed.error).toContain('"soon" is no number of minutes');
		expect(world.meta.sent).toEqual([]);
	});
});
