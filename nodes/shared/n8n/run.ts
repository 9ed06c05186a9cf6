import type { IExecuteFunctions } from 'n8n-workflow';

import { createPacer, type Pacer } from '../http/pace';
import { withRetries } from '../http/retry';
import type { Send } from '../http/send';
import { systemClock } from './clock';
import type { Run } from './operation';
import { sendWithCredential } from './sendWithCredential';

/** Opens what the items of one run share. Nothing of it outlives the run. */
export function openRun(context: IExecuteFunctions): Run {
	const pacers = new Map<string, Pacer>();
	/** By credential and item: n8n reads and decrypts a credential anew whenever it is asked for. */
	const sends = new Map<string, Promise<Send>>();
	return {
		async send(credentialType, itemIndex, { perSecond, pacer, ...retries }) {
			const plain = await plainSend(credentialType, itemIndex);
			const pace = perSecond === undefined ? pacer : pacerOf(credentialType, perSecond);
			return withRetries(pace ? pace(plain) : plain, {
				clock: systemClock,
				random: Math.random,
				...retries,
			});
		},
	};

	function plainSend(credentialType: string, itemIndex: number): Promise<Send> {
		const key = `${itemIndex} ${credentialType}`;
		const send = sends.get(key) ?? sendWithCredential(context, credentialType, itemIndex);
		sends.set(key, send);
		return send;
	}

	function pacerOf(credentialType: string, perSecond: number): Pacer {
		const pacer = pacers.get(credentialType) ?? createPacer(perSecond, systemClock);
		pacers.set(credentialType, pacer);
		return pacer;
	}
}
