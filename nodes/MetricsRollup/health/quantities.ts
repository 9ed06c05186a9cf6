const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time as people read it, such as `45 s`, `12 min`, `2 h 5 min` or `3 d 4 h`. */
export function seconds(given: number): string {
	const whole = Math.floor(given);
	if (whole < 2 * MINUTE) return `${whole} s`;
	if (whole < 2 * HOUR) return `${Math.floor(whole / MINUTE)} min`;
	if (whole < 2 * DAY) return pair(whole, HOUR, 'h', MINUTE, 'min');
	return pair(whole, DAY, 'd', HOUR, 'h');
}

/** Milliseconds as people read them, such as `850 ms` or `4.2 s`. */
export function milliseconds(given: number): string {
	return given < 1000 ? `${Math.round(given)} ms` : `${rounded(given / 1000)} s`;
}

export function percent(given: number): string {
	return `${rounded(given)} %`;
}

export function times(given: number): string {
	return `${rounded(given)} times`;
}

/** With two decimals at most. */
export function rounded(given: number): number {
	return Math.round(given * 100) / 100;
}

function pair(whole: number, large: number, name: string, small: number, smallName: string) {
	const rest = Math.floor((whole % large) / small);
	return `${Math.floor(whole / large)} ${name}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}
