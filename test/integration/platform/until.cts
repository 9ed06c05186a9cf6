import { setTimeout as wait } from 'node:timers/promises';

/** Looks again every 20 ms until there is something to see; fails after `limitMs`. */
export async function until<T>(
	look: () => Promise<T | undefined | false> | T | undefined | false,
	limitMs = 8_000,
): Promise<T> {
	const giveUpAt = Date.now() + limitMs;
	for (;;) {
		const seen = await look();
		if (seen !== undefined && seen !== false) return seen;
		if (Date.now() > giveUpAt) throw new Error(`Not seen within ${limitMs} ms: ${look}`);
		await wait(20);
	}
}
