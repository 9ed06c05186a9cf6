import { oneLine } from '../../shared/text/oneLine';
import { withoutHiddenCharacters } from '../../shared/text/hiddenCharacters';
import { cut } from '../../shared/text/cut';
import { seconds } from './quantities';
import type { TakenAlert } from './takeAlerts';

/** What a mail and the platform are told of. */
export type Alert = Pick<
	TakenAlert,
	'about' | 'alertKey' | 'severity' | 'title' | 'detail' | 'times' | 'raisedAt' | 'resolvedAt'
>;

const SUBJECT_LENGTH = 120;
const DETAIL_LENGTH = 2_000;

/** The mail about the beginning or the end of an alert: a subject of one line, and plain text. */
export function alertMail(alert: Alert): { subject: string; text: string } {
	const { about, alertKey, severity, title, detail, times, raisedAt, resolvedAt } = alert;
	const name = oneLine(title, SUBJECT_LENGTH);
	const lasted = lastedWords(alert);
	const isOver = about === 'resolved';
	const lines = [
		name,
		cut(withoutHiddenCharacters(detail), DETAIL_LENGTH),
		'',
		`Severity: ${severity}`,
		`Began: ${moment(raisedAt)}`,
		...(isOver && resolvedAt !== null ? [`Ended: ${moment(resolvedAt)}${lasted}`] : []),
		...(times > 1 ? [`Seen ${times} times`] : []),
		`Key: ${alertKey}`,
	];
	return {
		subject: isOver
			? `[Property platform] Resolved: ${name}${lasted}`
			: `[Property platform] ${severity === 'critical' ? 'Critical' : 'Warning'}: ${name}`,
		text: `${lines.join('\n')}\n`,
	};
}

function lastedWords({ raisedAt, resolvedAt }: Alert): string {
	const ms = Date.parse(resolvedAt ?? '') - Date.parse(raisedAt);
	return ms >= 0 ? ` after ${seconds(ms / 1000)}` : '';
}

/** `2026-11-22T10:00:00.123Z` as `2026-11-22 10:00:00 UTC`. */
function moment(iso: string): string {
	return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}
