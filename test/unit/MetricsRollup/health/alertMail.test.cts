import { type Alert, alertMail } from '../../../../nodes/MetricsRollup/health/alertMail';
import {
	eventLogRequest,
	toEventLogEntry,
} from '../../../../nodes/MetricsRollup/health/reportAlert';
import { checkContract } from '../../../../nodes/shared/contracts/check';
import { eventLogEntry } from '../../../../nodes/shared/contracts/eventLogEntry';

const RAISED: Alert = {
	about: 'raised',
	alertKey: 'dead-letters:lead-score',
	severity: 'critical',
	title: 'Dead letters: lead-score',
	detail: 'Given up for: The platform: unavailable.',
	times: 1,
	raisedAt: '2026-11-22T10:00:00.123Z',
	resolvedAt: null,
};
const RESOLVED: Alert = {
	...RAISED,
	about: 'resolved',
	times: 3,
	resolvedAt: '2026-11-22T12:05:30.000Z',
};

describe('the mail about an alert', () => {
	it('that begins', () => {
		expect(alertMail(RAISED)).toEqual({
			subject: '[Property platform] Critical: Dead letters: lead-score',
			text: `Dead letters: lead-score
Given up for: The platform: unavailable.

Severity: critical
Began: 2026-11-22 10:00:00 UTC
Key: dead-letters:lead-score
`,
		});
	});

	it('that is over says how long it lasted', () => {
		expect(alertMail(RESOLVED)).toEqual({
			subject: '[Property platform] Resolved: Dead letters: lead-score after 2 h 5 min',
			text: `Dead letters: lead-score
Given up for: The platform: unavailable.

Severity: critical
Began: 2026-11-22 10:00:00 UTC
Ended: 2026-11-22 12:05:30 UTC after 2 h 5 min
Seen 3 times
Key: dead-letters:lead-score
`,
		});
	});

	it('says in its subject that it only warns', () => {
		expect(alertMail({ ...RAISED, severity: 'warning' }).subject).toContain('] Warning: ');
	});

	it('has one line for a subject, whatever the title', () => {
		const { subject } = alertMail({
			...RAISED,
			title: `A\r\nBcc: x@example.com\u2028${'y'.repeat(500)}`,
		});
		expect(subject).toMatch(/^[^\r\n\u2028]{1,170}$/);
	});
});

describe("the entry in the platform's event log", () => {
	it.each<[string, Alert, string, string]>([
		['begins', RAISED, 'alert.raised', '2026-11-22T10:00:00Z'],
		['is over', RESOLVED, 'alert.resolved', '2026-11-22T12:05:30Z'],
	])('of an alert that %s', (_case, alert, event, at) => {
		const request = eventLogRequest(alert, 'corr-1');
		expect(request).toEqual({
			method: 'POST',
			path: '/internal/n8n/event-log',
			headers: { 'X-Correlation-Id': 'corr-1' },
			body: {
				event,
				key: 'dead-letters:lead-score',
				severity: 'critical',
				title: 'Dead letters: lead-score',
				detail: 'Given up for: The platform: unavailable.',
				at,
			},
			idempotencyKey: `event-log:dead-letters:lead-score:${event}:2026-11-22T10:00:00.123Z`,
		});
		expect(checkContract(eventLogEntry, request.body).ok).toBe(true);
	});

	it('has the same key when its detail has changed meanwhile', () => {
		const changed = { ...RAISED, detail: 'Given up for: other', times: 9 };
		expect(eventLogRequest(changed, 'c').idempotencyKey).toBe(
			eventLogRequest(RAISED, 'c').idempotencyKey,
		);
	});

	it('keeps to its contract whatever the texts are', () => {
		const texts = ['', ' \n', '\u0000', 'ñ'.repeat(5000), 'a b\tc'];
		for (const alertKey of texts) {
			for (const title of texts) {
				const entry = toEventLogEntry({ ...RAISED, alertKey, title, detail: title });
				expect(checkContract(eventLogEntry, entry)).toEqual({ ok: true, value: entry });
			}
		}
	});
});

describe('the contract of an entry', () => {
	const entry = toEventLogEntry(RAISED);

	it.each<[string, unknown]>([
		['event', 'alert.ended'],
		['key', 'with space'],
		['key', ''],
		['severity', 'fatal'],
		['title', ''],
		['title', 'x'.repeat(201)],
		['detail', 'x'.repeat(2001)],
		['at', '2026-11-22 10:00'],
	])('refuses %s as %p', (field, value) => {
		const checked = checkContract(eventLogEntry, { ...entry, [field]: value });
		expect(checked).toMatchObject({ ok: false, problems: [{ field }] });
	});
});
