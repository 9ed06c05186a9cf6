import { arrival, newTexanListing, send } from '../listings.cts';
import { deliveriesOf } from '../messages.cts';
import { run, saveCopy } from '../monitoring.cts';
import { heal, world } from '../world.cts';

interface Traced {
	at: string;
	source: string;
	step: string;
	vendor: string | null;
	outcome: string;
	status: number | null;
	attempt: number | null;
	durationMs: number | null;
}

async function traceOf(correlationId: string): Promise<Traced[]> {
	const id = await saveCopy('trace-correlation', {
		'Which One': { jsonOutput: JSON.stringify({ correlationId }) },
		Trace: {
			resource: 'eventLog',
			operation: 'trace',
			correlationId: '={{ $json.correlationId }}',
			platformEventLog: 'public.event_log',
		},
	});
	return (await run(id, 'Trace It'))('Read From State Store') as Traced[];
}

const inWords = ({ source, step, vendor, outcome }: Traced) =>
	[source, vendor === null ? step : `${step} ${vendor}`, outcome].join(' · ');

describe('one correlation id, from the outbox to the callback', () => {
	beforeAll(heal);

	it('shows every step, call and delivery of a listing in order, in one query', async () => {
		// One of the calls fails at first.
		world().rentCast.failNext({ status: 503 }, 1);
		const sent = await send(await newTexanListing());
		await arrival(sent);
		expect(await deliveriesOf(sent)).toEqual([200]);

		const trace = await traceOf(sent.correlationId);
		const [claim, ...rest] = trace.map(inWords);
		expect(claim).toBe('event-log · claim · claimed');
		// Value and market are asked side by side.
		expect(rest.splice(0, 3).sort()).toEqual([
			'event-log · market-data rentcast · failed',
			'event-log · market-data rentcast · ok',
			'event-log · market-data rentcast · ok',
		]);
		expect(rest).toEqual([
			'event-log · narrative model · ok',
			'event-log · enrich · ok',
			'event-log · record · recorded',
			'platform · enrichment-complete · applied',
			'event-log · callback platform · ok',
			'event-log · complete · ok',
			'platform · property.enrich · delivered',
		]);
		const calls = trace.filter(({ vendor }) => vendor === 'rentcast');
		expect(calls.map(({ status, attempt }) => [status, attempt]).sort()).toEqual([
			[200, 1],
			[200, 2],
			[503, 1],
		]);
		const moments = trace.map(({ at }) => at);
		expect(moments).toEqual([...moments].sort());
	});
});
