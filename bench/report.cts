import { formatTable } from '../sandbox/table.cts';

export interface Measurement {
	name: string;
	measured: number;
	/** What it is held against, such as a bare Webhook. */
	against: string;
	alternative: number;
	unit: 'µs' | 'ms' | 'MB';
	/** Measured by alternative: below 1 means cheaper. */
	ratio: number;
	/** Absent where the figure is only for information. */
	target?: Target;
}

/** At most this often the alternative, at least this many times cheaper, or below this many units. */
export type Target = { atMost: number } | { timesCheaper: number } | { below: number };

/** The measurements as a table, with `MISSED` wherever a target was not reached. */
export function formatReport(measurements: readonly Measurement[]): string {
	return formatTable(
		measurements.map(({ name, measured, against, alternative, unit, ratio, target }) => ({
			name,
			measured: quantity(measured, unit),
			alternative: `${quantity(alternative, unit)} ${against}`,
			ratio: `${ratio.toFixed(2)}x`,
			target: target ? describe(target, unit) : '—',
			verdict: target ? (isReached(target, measured, ratio) ? 'ok' : 'MISSED') : '',
		})),
	);
}

function isReached(target: Target, measured: number, ratio: number): boolean {
	if ('below' in target) return measured < target.below;
	return ratio <= ('atMost' in target ? target.atMost : 1 / target.timesCheaper);
}

function describe(target: Target, unit: string): string {
	if ('below' in target) return `< ${target.below} ${unit}`;
	if ('atMost' in target) return `<= ${target.atMost}x`;
	return `${target.timesCheaper}x cheaper (<= ${(1 / target.timesCheaper).toFixed(2)}x)`;
}

function quantity(value: number, unit: string): string {
	return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}
