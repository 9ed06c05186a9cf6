import { impersonal } from '../../shared/text/impersonal';
import { type Finding, finding, type Standing, unknown } from './check';
import { seconds } from './quantities';
import type { Thresholds } from './thresholds';

/** What a question to the platform has shown; what is not known is absent. */
export interface PlatformView {
	/** Whether it answered at all; undefined where it was not asked. */
	reachable?: boolean | undefined;
	/** Why it did not. */
	reason?: string | undefined;
	outboxDepth?: number | undefined;
	outboxOldestSeconds?: number | undefined;
	/** Positive where the platform's clock is ahead. */
	clockSkewSeconds?: number | undefined;
}

const REASON_LENGTH = 300;

/** Whether the platform answers, how much waits in its outbox, and whether its clock agrees with ours. */
export function platformChecks(
	platform: PlatformView,
	thresholds: Thresholds,
	standing: Standing,
): Finding[] {
	return [
		reachability(platform, standing),
		outbox(platform, thresholds, standing),
		clock(platform, thresholds, standing),
	];
}

function reachability({ reachable, reason = '' }: PlatformView, standing: Standing): Finding {
	const [key, name] = ['platform-reachable', 'Connection to the platform'];
	if (reachable === undefined) return unknown(key, name, 'The platform was not asked.');
	const why = impersonal(reason, REASON_LENGTH).replace(/\.$/, '');
	return finding(
		{
			key,
			name,
			value: reachable ? 0 : 1,
			levels: { critical: 0 },
			words: reachable
				? 'The platform answers'
				: `The platform does not answer${why && `: ${why}`}`,
			advice: 'Callbacks wait meanwhile and are tried again; what does not heal is a dead letter.',
		},
		standing,
	);
}

function outbox(
	{ outboxDepth, outboxOldestSeconds }: PlatformView,
	thresholds: Thresholds,
	standing: Standing,
): Finding {
	const [key, name] = ['outbox-depth', "The platform's outbox"];
	if (outboxDepth === undefined) {
		return unknown(key, name, 'The platform does not say how much waits in its outbox.');
	}
	const age =
		outboxOldestSeconds === undefined ? '' : `, the first for ${seconds(outboxOldestSeconds)}`;
	return finding(
		{
			key,
			name,
			value: outboxDepth,
			levels: { critical: thresholds.outboxDepth },
			words: `${outboxDepth} messages wait in the outbox${age}`,
			inWords: String,
			advice: "Check that n8n's workflows are active and that the platform reaches their webhooks.",
		},
		standing,
	);
}

function clock(
	{ clockSkewSeconds }: PlatformView,
	thresholds: Thresholds,
	standing: Standing,
): Finding {
	const [key, name] = ['clock-skew', 'Clocks of n8n and the platform'];
	if (clockSkewSeconds === undefined) {
		return unknown(key, name, "The platform's answer has no date.");
	}
	const difference = Math.abs(clockSkewSeconds);
	return finding(
		{
			key,
			name,
			value: difference,
			levels: thresholds.clockSkewSeconds,
			words: `The platform's clock is ${difference} s ${clockSkewSeconds < 0 ? 'behind' : 'ahead'}`,
			inWords: (limit) => `${limit} s`,
			advice: 'Set both clocks by NTP. More than 300 s apart, every signature is refused.',
		},
		standing,
	);
}
