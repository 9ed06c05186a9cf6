import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `work` again and again, `pauseMs` after the run before ended. An error is reported and does
 * not end the repetition. `stop` waits for the run that is under way.
 */
export function repeat(pauseMs: number, work: () => Promise<void>): { stop(): Promise<void> } {
	const stopping = new AbortController();
	const running = run();
	return {
		async stop() {
			stopping.abort();
			await running;
		},
	};

	async function run(): Promise<void> {
		while (!stopping.signal.aborted) {
			try {
				await work();
			} catch (error) {
				console.error('platform:', error);
			}
			await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
		}
	}
}
