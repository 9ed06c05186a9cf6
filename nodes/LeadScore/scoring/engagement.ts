import { exponentialDecay } from './decay';
import { type EventKind, eventKind } from './events';
import { type Finding, missing } from './finding';
import type { EngagementInput } from './input';
import { sourceClass } from './sources';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What each earlier inquiry is worth, and at most. */
const PREVIOUS_INQUIRY = { points: 10, most: 30 } as const;

const QUESTION = 'How did you find us?';

export interface EngagementSettings {
	/** After this time an action counts half. */
	halfLifeDays: number;
	/** What stands for a source that is not known. */
	neutralScore: number;
}

/**
 * How much interest the lead shows: where it came from gives a start, and what the person did adds a
 * share of what is left to 100: points by action, halved with every half-life. Never less than the
 * start. The platform's own measure stands for all of it.
 * @see https://www.elastic.co/guide/en/elasticsearch/reference/current/query-dsl-function-score-query.html#function-decay
 */
export function scoreEngagement(
	input: EngagementInput,
	{ halfLifeDays, neutralScore }: EngagementSettings,
	nowMs: number,
): Finding {
	if (input.measured !== undefined) {
		const score = Math.max(0, Math.min(100, input.measured));
		return {
			status: 'known',
			score,
			reason: 'The platform measures an engagement of ' + Math.round(score) + ' of 100',
		};
	}
	const source = sourceClass(input.source ?? '', input.medium ?? '');
	const actions = countActions(input.events, nowMs, halfLifeDays * DAY_MS);
	if (!source && !actions && input.previousInquiries === 0) {
		return missing('Source of the lead not known', QUESTION);
	}
	const previous = Math.min(
		PREVIOUS_INQUIRY.most,
		PREVIOUS_INQUIRY.points * input.previousInquiries,
	);
	const start = source ? source.prior : neutralScore;
	const share = Math.min(1, ((actions?.points ?? 0) + previous) / 100);
	const age = input.createdAtMs === undefined ? '' : ago(nowMs - input.createdAtMs);
	return {
		status: 'known',
		score: start + (100 - start) * share,
		reason:
			(source ? 'Came from ' + source.words + age : 'Source not known') +
			(actions ? '; ' + actionsInWords(actions, nowMs) : '') +
			previousInWords(input.previousInquiries),
	};
}

interface Actions {
	count: number;
	points: number;
	last: EventKind;
	lastAtMs: number;
}

/** Adds up what the actions are worth now. Those dated in the future happened just now. */
function countActions(
	events: EngagementInput['events'],
	nowMs: number,
	halfLifeMs: number,
): Actions | undefined {
	if (events.length === 0) return undefined;
	const points = new Map<EventKind, number>();
	let actions: Actions | undefined;
	for (const { type, atMs } of events) {
		const kind = eventKind(type);
		if (!kind || Number.isNaN(atMs)) continue;
		const worth = kind.points * exponentialDecay(nowMs - atMs, halfLifeMs);
		points.set(kind, Math.min(kind.most, (points.get(kind) ?? 0) + worth));
		if (!actions) actions = { count: 1, points: 0, last: kind, lastAtMs: atMs };
		else {
			actions.count++;
			if (atMs > actions.lastAtMs) Object.assign(actions, { last: kind, lastAtMs: atMs });
		}
	}
	if (actions) for (const worth of points.values()) actions.points += worth;
	return actions;
}

function actionsInWords({ count, last, lastAtMs }: Actions, nowMs: number): string {
	const when = ago(nowMs - lastAtMs);
	return count === 1
		? '1 action, a ' + last.words + when
		: count + ' actions, the last a ' + last.words + when;
}

function previousInWords(inquiries: number): string {
	if (inquiries === 0) return '';
	return inquiries === 1 ? '; asked once before' : '; asked ' + inquiries + ' times before';
}

function ago(ms: number): string {
	if (Number.isNaN(ms)) return '';
	if (ms < HOUR_MS) return ' just now';
	if (ms < DAY_MS) return plural(Math.floor(ms / HOUR_MS), ' hour');
	return plural(Math.floor(ms / DAY_MS), ' day');
}

function plural(count: number, unit: string): string {
	return ' ' + count + unit + (count === 1 ? ' ago' : 's ago');
}
