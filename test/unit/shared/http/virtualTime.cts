import { setImmediate } from 'node:timers/promises';

import type { Clock } from '../../../../nodes/shared/http/send';

interface Timer {
	at: number;
	fire(): void;
}

export interface VirtualTime extends Clock {
	/** Runs the work to its end, and lets time pass whenever everything in it waits. */
	run<T>(work: Promise<T>): Promise<T>;
}

/** Time that passes only when somebody waits for it, in milliseconds. */
export function createVirtualTime(startMs = 1_790_000_000_000): VirtualTime {
	let now = startMs;
	const timers: Timer[] = [];
	return {
		now: () => now,
		wait: async (milliseconds) =>
			await new Promise((resolve) => {
				const at = now + Math.max(0, milliseconds);
				const position = timers.findIndex((timer) => timer.at > at);
				timers.splice(position < 0 ? timers.length : position, 0, { at, fire: resolve });
			}),
		async run(work) {
			let isDone = false;
			const finish = () => {
				isDone = true;
			};
			work.then(finish, finish);
			for (;;) {
				await setImmediate();
				if (isDone) return await work;
				const timer = timers.shift();
				if (timer === undefined) throw new Error('Everything waits, and for nothing');
				now = timer.at;
				timer.fire();
			}
		},
	};
}
