import { type CallbackRequest, callbackRequest } from '../../shared/callbacks/callbackRequest';
import { type EventLogEntry, eventLogEntry } from '../../shared/contracts/eventLogEntry';
import { toUtcTimestamp } from '../../shared/contracts/fields';
import { oneLine } from '../../shared/text/oneLine';
import type { Alert } from './alertMail';

const LONGEST = { key: 128, title: 200, detail: 2_000 };

/** An alert's beginning or end, for the platform's event log. */
export function toEventLogEntry(alert: Alert): EventLogEntry {
	const { about, alertKey, severity, title, detail, raisedAt, resolvedAt } = alert;
	const isOver = about === 'resolved';
	const key = alertKey.replace(/[^\x21-\x7e]/g, '_').slice(0, LONGEST.key) || '_';
	return {
		event: isOver ? 'alert.resolved' : 'alert.raised',
		key,
		severity,
		title: oneLine(title, LONGEST.title) || key,
		detail: oneLine(detail, LONGEST.detail) || key,
		at: toUtcTimestamp(new Date((isOver ? resolvedAt : null) ?? raisedAt)),
	};
}

/**
 * The request that reports it: `POST /internal/n8n/event-log`. Its idempotency key is made of what
 * never changes about the alert, as the detail of an open one may.
 */
export function eventLogRequest(alert: Alert, correlationId: string): CallbackRequest {
	const entry = toEventLogEntry(alert);
	return {
		...callbackRequest(EVENT_LOG, entry, correlationId, false),
		idempotencyKey: `event-log:${entry.key}:${entry.event}:${alert.raisedAt}`,
	};
}

const EVENT_LOG = { name: 'event-log', contract: eventLogEntry, idField: 'key' } as const;
