const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

type Field = string | [number: number, width: number, pad: string];

/**
 * A moment written as the pattern says. `wall` shows the zone's clock as if it were UTC. English
 * names, whatever the machine speaks; a code that is not known stays as it is.
 * @see https://man7.org/linux/man-pages/man3/strftime.3.html
 */
export function strftime(pattern: string, wall: Date, offsetMinutes: number): string {
	return pattern.replace(
		/%([-_0^])?([A-Za-z%])/g,
		(code: string, flag: string | undefined, letter: string) => {
			const field = FIELDS[letter]?.(wall, offsetMinutes);
			if (field === undefined) return code;
			if (typeof field === 'string') return flag === '^' ? field.toUpperCase() : field;
			const [number, width, pad] = field;
			if (flag === '-') return String(number);
			return String(number).padStart(width, flag === '_' ? ' ' : flag === '0' ? '0' : pad);
		},
	);
}

const FIELDS: Record<string, (wall: Date, offsetMinutes: number) => Field> = {
	Y: (wall) => [wall.getUTCFullYear(), 4, '0'],
	y: (wall) => [wall.getUTCFullYear() % 100, 2, '0'],
	m: (wall) => [wall.getUTCMonth() + 1, 2, '0'],
	d: (wall) => [wall.getUTCDate(), 2, '0'],
	e: (wall) => [wall.getUTCDate(), 2, ' '],
	j: (wall) => [dayOfYear(wall), 3, '0'],
	H: (wall) => [wall.getUTCHours(), 2, '0'],
	k: (wall) => [wall.getUTCHours(), 2, ' '],
	I: (wall) => [wall.getUTCHours() % 12 || 12, 2, '0'],
	l: (wall) => [wall.getUTCHours() % 12 || 12, 2, ' '],
	M: (wall) => [wall.getUTCMinutes(), 2, '0'],
	S: (wall) => [wall.getUTCSeconds(), 2, '0'],
	u: (wall) => [wall.getUTCDay() || 7, 1, '0'],
	w: (wall) => [wall.getUTCDay(), 1, '0'],
	s: (wall, offset) => [Math.floor(wall.getTime() / 1000) - offset * 60, 1, '0'],
	A: (wall) => DAYS[wall.getUTCDay()]!,
	a: (wall) => DAYS[wall.getUTCDay()]!.slice(0, 3),
	B: (wall) => MONTHS[wall.getUTCMonth()]!,
	b: (wall) => MONTHS[wall.getUTCMonth()]!.slice(0, 3),
	h: (wall) => MONTHS[wall.getUTCMonth()]!.slice(0, 3),
	p: (wall) => (wall.getUTCHours() < 12 ? 'AM' : 'PM'),
	P: (wall) => (wall.getUTCHours() < 12 ? 'am' : 'pm'),
	F: (wall) => wall.toISOString().slice(0, 10),
	T: (wall) => wall.toISOString().slice(11, 19),
	R: (wall) => wall.toISOString().slice(11, 16),
	z: (...[, offset]) => `${offset < 0 ? '-' : '+'}${clock(Math.abs(offset))}`,
	'%': () => '%',
};

function dayOfYear(wall: Date): number {
	return Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

function clock(minutes: number): string {
	const pad = (number: number) => String(Math.floor(number)).padStart(2, '0');
	return pad(minutes / 60) + pad(minutes % 60);
}
