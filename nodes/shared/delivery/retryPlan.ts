import type { DeliveryRow } from './delivery';

/** How long the platform's guide waits after the first failure, the second and the third. */
export const RETRY_WAITS_SECONDS: readonly number[] = [60, 300, 900];

/**
 * n8n keeps the waits from this one up in its database; a shorter one is lost when n8n stops.
 * @see https://docs.n8n.io/integrations/builtin/core-nodes/n8n-nodes-base.wait/
 */
export const SHORTEST_DURABLE_WAIT_SECONDS = 65;

/** From here up a wait is made long enough to be kept. */
const SHORTEST_KEPT_SECONDS = 60;

/** Share of a wait that is added at random, so that what failed together does not come back so. */
const JITTER = 0.2;

const MOST_WAITS = 10;
const MOST_MINUTES = 1440;
const MINUTES = /^\d{1,4}(\.\d{1,6})?$/;

/**
 * Waits in minutes as a person writes them, such as `1, 5, 15`, in seconds. Throws a RangeError
 * where it is no list of 1 to 10 numbers above 0, of a day each at most.
 */
export function parseRetryMinutes(text: string): number[] {
	const entries = text.split(',').map((entry) => entry.trim());
	if (entries.length > MOST_WAITS) {
		throw new RangeError(`${entries.length} waits are too many: ${MOST_WAITS} are the most`);
	}
	return entries.map((entry) => {
		const minutes = MINUTES.test(entry) ? Number(entry) : 0;
		if (minutes > 0 && minutes <= MOST_MINUTES) return minutes * 60;
		throw new RangeError(
			`"${entry}" is no number of minutes above 0 and up to ${MOST_MINUTES}. Write them with commas between, such as 1, 5, 15.`,
		);
	});
}

/**
 * How many seconds it takes until the earliest of the deliveries that have just failed is due, with
 * up to a fifth more at random; undefined where none of them waits. Those that had been parked before
 * have somebody who waits for them. A wait of a minute or more is one that n8n keeps.
 */
export function planWait(
	rows: ReadonlyArray<Pick<DeliveryRow, 'state' | 'attempts' | 'isNew'>>,
	waitsSeconds: readonly number[],
	random: () => number,
): number | undefined {
	const waits = rows
		.filter(({ state, isNew }) => state === 'waiting' && isNew !== false)
		.map(({ attempts }) => waitsSeconds[Math.min(attempts, waitsSeconds.length) - 1] ?? 0);
	if (waits.length === 0) return undefined;
	const plain = Math.min(...waits);
	const shortest =
		plain >= SHORTEST_KEPT_SECONDS ? Math.max(plain, SHORTEST_DURABLE_WAIT_SECONDS) : plain;
	return shortest + random() * (plain * (1 + JITTER) - shortest);
}
