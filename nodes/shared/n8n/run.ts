import type { IExecuteFunctions } from 'n8n-workflow';

import { createPacer, type Pacer } from '../http/pace';
import { withRetries } from '../http/retry';
import { systemClock } from './clock';
import type { Run } from './operation';
import { sendWithCredential } from './sendWithCredential';

/** Opens what the items of one run share. Nothing of it outlives the run. */
export function openRun(context: IExecuteFunctions): Run {
	const pacers = new Map<string, Pacer>();
	return {
		async send(credentialType, itemIndex, { perSecond, pacer, ...retries }) {
			const plain = await sendWithCredential(context, credentialType, itemIndex);
			const pace = perSecond === undefined ? pacer : pacerOf(credentialType, perSecond);
			return withRetries(pace ? pace(plain) : plain, {
				clock: systemClock,
				random: Math.random,
				...retries,
			});
		},
	};

	function pacerOf(credentialType: string, perSecond: number): Pacer {
		const pacer = pacers.get(credentialType) ?? createPacer(perSecond, systemClock);
		pacers.set(credentialType, pacer);
		return pacer;
	}
}
