import { createHmac } from 'node:crypto';

import { signPlatformRequest, verifyPlatformRequest } from '../nodes/shared/signing/platform';
import { cpuMicroseconds } from './cpuTime.cts';
import { SIGNING_SECRET } from './load.cts';
import type { Measurement } from './report.cts';
import { interleave } from './rounds.cts';

const SIZES = { '300 B': 300, '1 kB': 1000, '64 kB': 64_000 };
const AT_MOST = 2;

/** Long enough for the clock, short enough to have a neighbour's noise in both halves of a round. */
const BATCH_MS = 15;

/** The whole check of a signature against the HMAC that it cannot do without, in this process. */
export async function benchVerify(isQuick: boolean): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	for (const [size, bytes] of Object.entries(SIZES)) {
		const subjects = subjectsFor(Buffer.alloc(bytes, 'x'));
		const rounds = await interleave(subjects, isQuick ? 11 : 41);
		measurements.push({
			name: `verify ${size}`,
			measured: rounds.cost('verify'),
			against: 'createHmac alone',
			alternative: rounds.cost('hmac'),
			unit: 'µs',
			ratio: rounds.ratio('verify', 'hmac'),
			target: { atMost: AT_MOST },
		});
	}
	return measurements;
}

function subjectsFor(rawBody: Buffer) {
	const now = Date.now() / 1000;
	const headers = signPlatformRequest(SIGNING_SECRET, rawBody, now);
	const request = { signature: headers['X-Signature'], timestamp: headers['X-Timestamp'], rawBody };
	const secrets = { current: SIGNING_SECRET };
	const signed = Buffer.concat([Buffer.from(`${headers['X-Timestamp']}.`), rawBody]);

	if (!verifyPlatformRequest(secrets, request, now).valid) throw new Error('Nothing to measure');
	const verify = () => void verifyPlatformRequest(secrets, request, now);
	const hmac = () => void createHmac('sha256', SIGNING_SECRET).update(signed).digest();
	const batch = Math.ceil((BATCH_MS * 1000) / Math.max(cpuMicroseconds(hmac, 2000), 0.1));
	cpuMicroseconds(verify, 2000);
	return {
		verify: () => cpuMicroseconds(verify, batch),
		hmac: () => cpuMicroseconds(hmac, batch),
	};
}
