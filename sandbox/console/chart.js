/** A line over time, as an SVG that can be read with a pointer, the arrow keys or a screen reader. */
import { pathOf, runsOf, scaleOf, ticksOf } from './scale.js';

const WIDTH = 320;
const HEIGHT = 130;
const MARGIN = { top: 8, right: 8, bottom: 20, left: 40 };
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Draws points `{ at, value }`, oldest first, `at` in milliseconds, `value` null where there is none;
 * at least one has a value. `show` is told which point the person looks at, or undefined for none.
 */
export function lineChart({ label, points, format, isWhole, most, show }) {
	const known = points.filter(({ value }) => value !== null);
	const values = known.map(({ value }) => value);
	const ticks = ticksOf(values, { isWhole, most });
	const span = [points[0].at, points.at(-1).at];
	const x = scaleOf(span, [MARGIN.left, WIDTH - MARGIN.right]);
	const y = scaleOf([ticks[0], ticks.at(-1)], [HEIGHT - MARGIN.bottom, MARGIN.top]);
	const latest = known.at(-1);
	const cursor = svg('line', { class: 'cursor', y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom });
	const mark = svg('circle', { class: 'mark', r: 3.5 });

	let looked;
	function look(index) {
		looked = index;
		const point = points[index];
		show(point);
		const shown = point ?? latest;
		const hasValue = shown.value !== null;
		cursor.setAttribute('visibility', point ? 'visible' : 'hidden');
		mark.setAttribute('visibility', hasValue ? 'visible' : 'hidden');
		place(cursor, { x1: x(shown.at), x2: x(shown.at) });
		if (hasValue) place(mark, { cx: x(shown.at), cy: y(shown.value) });
	}
	function lookAt({ clientX, currentTarget }) {
		const { left, width } = currentTarget.getBoundingClientRect();
		const wanted = ((clientX - left) / width) * WIDTH;
		const distances = points.map(({ at }) => Math.abs(x(at) - wanted));
		look(distances.indexOf(Math.min(...distances)));
	}
	function step(event) {
		const last = points.length - 1;
		const next = {
			ArrowLeft: Math.max(0, (looked ?? last + 1) - 1),
			ArrowRight: Math.min(last, (looked ?? last - 1) + 1),
			Home: 0,
			End: last,
		}[event.key];
		if (next === undefined) return;
		event.preventDefault();
		look(next);
	}

	const chart = svg(
		'svg',
		{
			class: 'line',
			viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
			role: 'img',
			tabindex: 0,
			'aria-label': inWords({ label, points, values, latest, format }),
		},
		...ticks.flatMap((tick) => [
			svg('line', {
				class: 'grid',
				x1: MARGIN.left,
				x2: WIDTH - MARGIN.right,
				y1: y(tick),
				y2: y(tick),
			}),
			text({ x: MARGIN.left - 6, y: y(tick) + 3.5, 'text-anchor': 'end' }, format(tick)),
		]),
		...timesOf(span, x),
		...runsOf(points).map((run) =>
			run.length > 1
				? svg('path', { class: 'run', d: pathOf(run, x, y) })
				: svg('circle', { class: 'alone', r: 2, cx: x(run[0].at), cy: y(run[0].value) }),
		),
		cursor,
		mark,
	);
	chart.addEventListener('pointermove', lookAt);
	chart.addEventListener('pointerleave', () => look(undefined));
	chart.addEventListener('keydown', step);
	chart.addEventListener('blur', () => look(undefined));
	look(undefined);
	return chart;
}

/** When the line begins and ends; by the hour where that is within two days. */
function timesOf([from, to], x) {
	const isShort = to - from < 2 * DAY_MS;
	const written = (at) =>
		new Date(at).toLocaleString(
			[],
			isShort
				? { weekday: 'short', hour: '2-digit', minute: '2-digit' }
				: { day: 'numeric', month: 'short' },
		);
	const line = HEIGHT - 5;
	if (from === to) return [text({ x: x(from), y: line, 'text-anchor': 'middle' }, written(from))];
	return [
		text({ x: x(from), y: line }, written(from)),
		text({ x: x(to), y: line, 'text-anchor': 'end' }, written(to)),
	];
}

function inWords({ label, points, values, latest, format }) {
	const count = points.length === 1 ? '1 rollup' : `${points.length} rollups`;
	const missing = points.length - values.length;
	return [
		`${label}: ${count}`,
		`lowest ${format(Math.min(...values))}`,
		`highest ${format(Math.max(...values))}`,
		`latest ${format(latest.value)}`,
		...(missing > 0 ? [`${missing} without a value`] : []),
	].join(', ');
}

function svg(name, attributes, ...children) {
	const node = document.createElementNS('http://www.w3.org/2000/svg', name);
	place(node, attributes);
	node.append(...children);
	return node;
}

const text = (attributes, content) => svg('text', attributes, content);

function place(node, attributes) {
	for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
}
