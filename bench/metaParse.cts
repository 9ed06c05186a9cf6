import { createHmac } from 'node:crypto';

import { parseEvents } from '../nodes/MetaBroker/events/parseEvents';
import type { MetaWebhook } from '../nodes/shared/contracts/metaWebhook';
import { parseLosslessJson } from '../nodes/shared/intake/losslessJson';
import { verifyMetaRequest } from '../nodes/shared/signing/meta';
import { cpuMicroseconds } from './cpuTime.cts';
import type { Measurement } from './report.cts';
import { interleave } from './rounds.cts';

const SECRET = 'an app secret of Meta, 32 letters';
const MESSAGES = 6;
const PAGE = '108723928465021';

/** Requests in a sample: some 50 ms of them. */
const REQUESTS = 4000;
const AT_MOST = 2;

/** From the bytes of a webhook of 1 kB to its events, against the parsing that nobody can do without. */
export async function benchMetaParse(isQuick: boolean): Promise<Measurement[]> {
	const rawBody = Buffer.from(JSON.stringify(sixMessages()));
	const hmac = createHmac('sha256', SECRET).update(rawBody).digest('hex');
	const request = { signature: `sha256=${hmac}`, legacySignature: undefined, rawBody };
	const secrets = [SECRET];

	const read = () => {
		if (!verifyMetaRequest(secrets, request).valid) throw new Error('The signature does not fit');
		return parseEvents(parseLosslessJson(rawBody) as MetaWebhook);
	};
	if (read().length !== MESSAGES) throw new Error('Nothing to measure');
	const subjects = {
		read: () => cpuMicroseconds(read, REQUESTS),
		floor: () => cpuMicroseconds(() => floor(rawBody), REQUESTS),
		parse: () => cpuMicroseconds(() => void JSON.parse(rawBody.toString('utf8')), REQUESTS),
	};
	subjects.read();
	subjects.floor();
	subjects.parse();
	const rounds = await interleave(subjects, isQuick ? 11 : 41);
	const cost = { measured: rounds.cost('read'), unit: 'µs' } as const;
	return [
		{
			...cost,
			name: `${MESSAGES} messages, ${rawBody.length} B: verify, parse, normalise`,
			against: 'JSON.parse alone',
			alternative: rounds.cost('parse'),
			ratio: rounds.ratio('read', 'parse'),
		},
		{
			...cost,
			name: 'the same',
			against: 'createHmac and JSON.parse',
			alternative: rounds.cost('floor'),
			ratio: rounds.ratio('read', 'floor'),
			target: { atMost: AT_MOST },
		},
		{
			name: `one event of them (${perSecond(cost.measured / MESSAGES)} a second)`,
			measured: cost.measured / MESSAGES,
			against: 'at 20,000 a second',
			alternative: 50,
			unit: 'µs',
			ratio: cost.measured / MESSAGES / 50,
			target: { below: 50 },
		},
	];
}

/** What whoever reads a signed webhook has to pay. */
function floor(rawBody: Buffer): unknown {
	createHmac('sha256', SECRET).update(rawBody).digest();
	return JSON.parse(rawBody.toString('utf8'));
}

/** The ids and the shortness of real ones: 1 kB. */
function sixMessages(): object {
	const messaging = Array.from({ length: MESSAGES }, (_, index) => ({
		sender: { id: `24${index}8812907365544` },
		recipient: { id: PAGE },
		timestamp: 1_790_000_000_000 + index,
		message: { mid: `m_AbCdEfGhIjKlMnOpQrStUvWxYz012345${index}`, text: '3BR in BGC?' },
	}));
	return { object: 'page', entry: [{ id: PAGE, time: 1_790_000_000_100, messaging }] };
}

function perSecond(microseconds: number): string {
	return Math.round(1_000_000 / microseconds).toLocaleString('en');
}
