import { setTimeout as sleep } from 'node:timers/promises';

import type { Sandbox } from '../sandbox/sandbox.cts';
import type { MetaDelivery } from '../sandbox/vendors/meta.cts';

const MESSAGES_OF_A_PERSON = 4;
const SEEN_WITHIN_MS = 15 * 60_000;
const LOOK_EVERY_MS = 100;

/** Answered by the platform without a lead, whose own workflow would run beside. */
const QUESTIONS = [
	'Looking for a 3BR condo in BGC, budget 25M-30M',
	'magkano po yung 2 bedroom sa Makati?',
	'Is there a house for rent in Quezon City, 50k monthly?',
	'saan po ito banda? malapit po ba sa MRT?',
];

/** How the ids of the people begin, so that no wave waits for another. */
const WAVES = { warmUp: '2471', rush: '2472', largestBatch: '2473' };

/** People who all write at the same time. */
export type Wave = keyof typeof WAVES;

/** So many messages, so many of them in a request; those of a person are far apart. */
export function write({ meta }: Sandbox, wave: Wave, count: number, inRequest: number): void {
	const people = Math.ceil(count / MESSAGES_OF_A_PERSON);
	const first = Date.now();
	meta.hold();
	for (let index = 0; index < count; index++) {
		meta.say({
			channel: 'facebook',
			person: `${WAVES[wave]}${String(index % people).padStart(13, '0')}`,
			text: QUESTIONS[index % QUESTIONS.length]!,
			at: first + index,
		});
	}
	meta.flush({ batch: inRequest });
}

/** Waits until a request with so many events was answered. */
export async function untilTaken({ meta }: Sandbox, events: number): Promise<MetaDelivery> {
	for (;;) {
		const delivery = meta.deliveries.find((each) => each.events === events);
		if (delivery) return delivery;
		await sleep(LOOK_EVERY_MS);
	}
}

/** Waits until so many messages of a wave are in the inbox. Throws after a quarter of an hour. */
export async function untilKept(sandbox: Sandbox, wave: Wave, count: number): Promise<void> {
	await untilInbox(sandbox, wave, ({ kept }) => kept === count);
}

/** Waits until so many messages of a wave are done. Throws where one of them got no reply. */
export async function untilAnswered(sandbox: Sandbox, wave: Wave, count: number): Promise<void> {
	await untilInbox(sandbox, wave, ({ done }) => done === count);
	const ours = sandbox.meta.sent.filter(({ person }) => person.startsWith(WAVES[wave]));
	// A reply in several parts has the same key in each of them.
	const answered = new Set(ours.map(({ metadata }) => metadata?.split(':')[1]));
	if (answered.size !== count) throw new Error(`${answered.size} replies to ${count} messages`);
}

type Inbox = Record<'kept' | 'done' | 'failed', number>;

async function untilInbox(
	{ platform }: Sandbox,
	wave: Wave,
	isThere: (inbox: Inbox) => boolean,
): Promise<void> {
	const giveUpAt = Date.now() + SEEN_WITHIN_MS;
	for (;;) {
		const { rows } = await platform.pool.query<Inbox>(
			`SELECT count(*)::int AS kept,
			   count(*) FILTER (WHERE state = 'done')::int AS done,
			   count(*) FILTER (WHERE state = 'failed')::int AS failed
			 FROM property_platform.channel_events
			 WHERE kind = 'message' AND position($1 IN conversation) > 0`,
			[`:${WAVES[wave]}`],
		);
		const inbox = rows[0]!;
		if (isThere(inbox)) return;
		if (inbox.failed > 0 || Date.now() > giveUpAt) {
			throw new Error(`It came no further than ${JSON.stringify(inbox)}`);
		}
		await sleep(LOOK_EVERY_MS);
	}
}
