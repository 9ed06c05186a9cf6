import { sleep } from 'n8n-workflow';

import type { Clock } from '../http/send';

/** The machine's clock. n8n's own `sleep` is used because nodes may not hold timers. */
export const systemClock: Clock = {
	now: () => Date.now(),
	wait: async (milliseconds) => await sleep(milliseconds),
};
