import { until } from '../../integration/platform/until.cts';
import { latestExecutionId, statusesAfter } from '../executions.cts';
import { parked } from '../letters.cts';
import {
	arrival,
	claimOf,
	listingKey,
	newTexanListing,
	send,
	type SentListing,
} from '../listings.cts';
import { callbacksOf, deliveriesOf, endLease, firstDelivery } from '../messages.cts';
import { heal, webhookAnswers, world } from '../world.cts';

/** Every callback that reached the platform about a listing: its key and the hash of its bytes. */
async function callbacksKept({ listing }: SentListing) {
	const { rows } = await world().platform.pool.query<{ key: string; hash: string }>(
		`SELECT idempotency_key AS key, body_sha256 AS hash FROM callback_received
		 WHERE body ->> 'property_id' = $1`,
		[listing.property_id],
	);
	return rows;
}

describe('one listing, however often it is delivered', () => {
	beforeEach(heal);

	it('delivered twice in turn: paid for once, reported twice with the same bytes', async () => {
		const first = await send(await newTexanListing());
		await arrival(first);
		const again = await send(first.listing);
		await arrival(again);

		expect(world().rentCast.requests).toHaveLength(2);
		expect(world().openAi.requests).toHaveLength(1);
		expect([await callbacksOf(first), await callbacksOf(again)]).toEqual([
			['applied'],
			['duplicate'],
		]);
		// Another key or another body would have been another row.
		const kept = await callbacksKept(first);
		expect(kept).toHaveLength(1);
		expect(kept[0]!.key).toMatch(/^enrichment-complete:.+:[0-9a-f]{32}$/);
	});

	it('delivered five times at once: worked on once, and every delivery is answered in the end', async () => {
		world().rentCast.delayMs = 700;
		const listing = await newTexanListing();
		const deliveries = await Promise.all(Array.from({ length: 5 }, () => send(listing)));
		for (const delivery of deliveries) await arrival(delivery, 30_000);

		expect(world().rentCast.requests).toHaveLength(2);
		expect(world().openAi.requests).toHaveLength(1);
		expect(await callbacksKept(deliveries[0]!)).toHaveLength(1);
		const outcomes = (await Promise.all(deliveries.map(callbacksOf))).flat();
		expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1);
		expect(new Set(outcomes)).toEqual(new Set(['applied', 'duplicate']));
		// Those that came while another one was at it were told to come again.
		const answers = await Promise.all(deliveries.map(deliveriesOf));
		expect(answers.map((statuses) => statuses.at(-1))).toEqual([200, 200, 200, 200, 200]);
		expect(new Set(answers.flat())).toEqual(new Set([500, 200]));
	});

	it('changed in one field, it is other work', async () => {
		const first = await send(await newTexanListing());
		await arrival(first);
		const changed = await send({ ...first.listing, beds: 4 });
		await arrival(changed);
		expect(await callbacksOf(changed)).toEqual(['applied']);
		// The market of the ZIP code is known already; the value of the changed house is not.
		expect(
			world()
				.rentCast.requests.map(({ path }) => path)
				.sort(),
		).toEqual(['/v1/avm/value', '/v1/avm/value', '/v1/markets']);
	});
});

describe('what happens when a side goes down', () => {
	beforeEach(heal);

	it('keeps the callback while the platform is down, and delivers it once after it is back', async () => {
		const { platform, rentCast } = world();
		const listing = await newTexanListing();
		const callback = `enrichment-complete:${listing.property_id}:`;
		platform.goDown();
		const sent = await send(listing);
		expect(await firstDelivery(sent)).toBe(200);
		expect(await claimOf(listing.property_id)).toBe('recorded');
		expect(await parked(callback)).toMatchObject({ state: 'waiting' });

		platform.comeBack();
		platform.resume();
		const row = await arrival(sent);
		expect(row.source).toBe('rentcast');
		expect(await callbacksOf(sent)).toEqual(['applied']);
		expect(await deliveriesOf(sent)).toEqual([200]);
		expect(rentCast.requests).toHaveLength(2);
		await until(async () => (await parked(callback))?.state === 'delivered');
		expect(await claimOf(listing.property_id)).toBe('completed');
	});

	it('loses nothing and doubles nothing when n8n is killed in the middle of an enrichment', async () => {
		const { n8n, platform, rentCast } = world();
		const before = latestExecutionId();
		const listing = await newTexanListing();
		rentCast.delayMs = 3_000;
		const sent = await send(listing);
		await until(() => rentCast.requests.length === 2, 20_000);
		expect(await claimOf(listing.property_id)).toBe('claimed');
		await n8n.stop('SIGKILL');
		// n8n may take longer to start than the outbox's minutes do at this speed.
		platform.pause();
		rentCast.delayMs = 0;
		await n8n.start();
		await webhookAnswers('enrich-property');

		// The dead execution still holds its claim: another one must not work beside it.
		platform.resume();
		await until(async () => (await deliveriesOf(sent)).includes(500), 20_000);
		expect(await callbacksOf(sent)).toEqual([]);
		expect(rentCast.requests).toHaveLength(2);
		await endLease(listingKey(listing.property_id));

		const row = await arrival(sent, 30_000);
		expect(row.source).toBe('rentcast');
		expect(await callbacksOf(sent)).toEqual(['applied']);
		expect(await deliveriesOf(sent)).toEqual([0, 500, 200]);
		expect(await statusesAfter(before, 'property-enrichment')).toEqual([
			'crashed',
			'error',
			'success',
		]);
	}, 120_000);
});
