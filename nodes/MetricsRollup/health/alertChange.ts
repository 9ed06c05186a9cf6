import type { Severity } from './figures';

/**
 * What a measurement says of one alert: `breached` opens it or keeps it open, `calm` lets it end.
 * Where nothing is said of an alert it stays as it is.
 */
export interface AlertChange {
	alertKey: string;
	condition: 'breached' | 'calm';
	severity: Severity;
	/** One line in plain words, with numbers; no personal data. */
	title: string;
	/** What was measured, against which limit, and where to look. */
	detail: string;
}
