const DAY_MS = 86_400_000;

/** Events of a batch are mostly of one day, and its date is what costs. */
let latest = { day: Number.NaN, date: '' };

/** As `Date.toISOString` has it, at a fifth of the cost; for whole milliseconds of 1970 to 9999. */
export function isoMoment(milliseconds: number): string {
	const day = Math.floor(milliseconds / DAY_MS);
	if (day !== latest.day) {
		latest = { day, date: new Date(milliseconds).toISOString().slice(0, 'YYYY-MM-DDT'.length) };
	}
	const time = milliseconds - day * DAY_MS;
	const seconds = Math.floor(time / 1000);
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	const rest = 1000 + (time % 1000);
	return `${latest.date}${pair(hours)}:${pair(minutes % 60)}:${pair(seconds % 60)}.${String(rest).slice(1)}Z`;
}

function pair(count: number): string {
	return count < 10 ? `0${count}` : String(count);
}
