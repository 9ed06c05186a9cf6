/** Where values stand on a chart. */

const ROUND_STEPS = [1, 2, 5, 10];

/**
 * Round values from below the least of `values` to above their greatest, at even steps: the marks
 * of an axis. None is below zero or above `most`.
 */
export function ticksOf(values, { isWhole = false, most = Infinity } = {}, wanted = 3) {
	const [least, greatest] = [Math.min(...values), Math.max(...values)];
	// A line that does not move still needs some room around it.
	const room = least === greatest ? Math.max(isWhole ? 1 : 0.1, greatest * 0.02) : 0;
	const low = Math.max(0, least - room);
	const high = Math.min(most, greatest + room);
	const step = roundStep((high - low) / wanted, isWhole ? 1 : 0.1);
	const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
	return Array.from({ length: last - first + 1 }, (_, index) =>
		Number(((first + index) * step).toPrecision(12)),
	);
}

/** The step that is one of 1, 2 or 5 times a power of ten, and not below either of the two. */
function roundStep(atLeast, smallest) {
	const wanted = Math.max(atLeast, smallest);
	const power = 10 ** Math.floor(Math.log10(wanted));
	return ROUND_STEPS.find((each) => each * power >= wanted * (1 - 1e-9)) * power;
}

/** A function that maps the domain evenly onto the range; a domain without extent onto its middle. */
export function scaleOf([from, to], [start, end]) {
	if (from === to) return () => (start + end) / 2;
	return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/** The runs of points that have a value; where one has none, the line is broken. */
export function runsOf(points) {
	const runs = [];
	let run;
	for (const point of points) {
		if (point.value === null) run = undefined;
		else if (run) run.push(point);
		else runs.push((run = [point]));
	}
	return runs;
}

/** The path of a run through `x` and `y`, as SVG writes it. */
export const pathOf = (run, x, y) =>
	run
		.map(({ at, value }, index) => `${index ? 'L' : 'M'}${round(x(at))},${round(y(value))}`)
		.join('');

const round = (value) => Math.round(value * 10) / 10;
