import type { AlertChange } from './alertChange';
import type { OpenAlert } from './figures';
import { judge } from './judge';
import type { Levels } from './thresholds';

export type CheckState = 'ok' | 'warning' | 'critical' | 'unknown';

/** One thing that was looked at. The key is also that of its alert. */
export interface Check {
	key: string;
	name: string;
	state: CheckState;
	value: number | null;
	/** What the value was held against; lower while an alert is open. */
	limit: number | null;
	/** In words, with the numbers. */
	text: string;
}

/** A check, and what it changes about its alert. */
export interface Finding {
	check: Check;
	change?: AlertChange;
}

/** What was measured for a check; more is worse. */
export interface Measured {
	key: string;
	name: string;
	value: number;
	levels: Levels;
	/** The value in words, such as `6 of 40 units of work failed (15 %)`. */
	words: string;
	/** A limit in words, such as `5 %`; absent where one is one too many, which needs no limit. */
	inWords?(limit: number): string;
	/** What a person does about it. */
	advice: string;
	/** True where whatever happens raises the alert itself, in better words. */
	isRaisedElsewhere?: boolean;
}

/** The alerts that are open, by their keys, and at which share of a level they end. */
export interface Standing {
	open: ReadonlyMap<string, OpenAlert>;
	clearShare: number;
}

/** Holds what was measured against its levels. Where no alert is open there is none to end. */
export function finding(measured: Measured, { open, clearShare }: Standing): Finding {
	const { key, name, value, levels, words, inWords, advice } = measured;
	if (!Number.isFinite(value)) return unknown(key, name, 'It could not be measured.');
	const alert = open.get(key);
	const { state, limit, condition } = judge(value, levels, alert, clearShare);
	const text = `${words}${inWords ? COMPARISON[condition ?? 'held'](inWords(limit)) : ''}.`;
	const check = { key, name, state, value, limit, text };
	const isNews =
		condition === 'calm' ? alert !== undefined : !(alert && measured.isRaisedElsewhere);
	if (condition === undefined || !isNews) return { check };
	const severity = state === 'ok' ? (alert?.severity ?? 'warning') : state;
	const detail = condition === 'breached' ? `${text} ${advice}` : text;
	return { check, change: { alertKey: key, condition, severity, title: name, detail } };
}

const COMPARISON = {
	breached: (limit: string) => `: more than ${limit}`,
	calm: (limit: string) => `: not more than ${limit}`,
	held: (limit: string) => `: the alert ends at ${limit}`,
};

/** A check that concludes nothing: its alert stays as it is, open or not. */
export function unknown(key: string, name: string, reason: string): Finding {
	return { check: { key, name, state: 'unknown', value: null, limit: null, text: reason } };
}
