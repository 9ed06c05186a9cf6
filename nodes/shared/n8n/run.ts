import type { IExecuteFunctions } from 'n8n-workflow';

import { withPace } from '../http/pace';
import { withRetries } from '../http/retry';
import type { Send } from '../http/send';
import { systemClock } from './clock';
import type { Run } from './operation';
import { sendWithCredential } from './sendWithCredential';

/** Opens what the items of one run share. Nothing of it outlives the run. */
export function openRun(context: IExecuteFunctions): Run {
	const paces = new Map<string, ReturnType<typeof withPace>>();
	return {
		async send(credentialType, itemIndex, { perSecond, onAttempt }) {
			const plain = await sendWithCredential(context, credentialType, itemIndex);
			const paced = perSecond === undefined ? plain : pacedBy(credentialType, plain, perSecond);
			return withRetries(paced, {
				clock: systemClock,
				random: Math.random,
				...(onAttempt && { onAttempt }),
			});
		},
	};

	function pacedBy(credentialType: string, plain: Send, perSecond: number): Send {
		let pace = paces.get(credentialType);
		if (!pace) paces.set(credentialType, (pace = withPace(plain, perSecond, systemClock)));
		return pace;
	}
}
