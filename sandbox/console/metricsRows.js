/** How the figures of a company look: a chart each, the latest in words, all of them as a table. */
import { lineChart } from './chart.js';
import { element, moment, traceLink } from './element.js';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

const count = { format: whole.format, formatChange: whole.format, isWhole: true };
const percent = {
	format: (value) => `${decimal.format(value)} %`,
	formatChange: (value) => `${decimal.format(value)} points`,
	most: 100,
};

/** Every figure: its name, where a rollup has it, and how it is written. */
const FIGURES = [
	['Properties', ({ figures }) => figures?.properties_total, count],
	['Leads', ({ figures }) => figures?.leads_total, count],
	['Webhook success, 24 h', ({ figures }) => figures?.webhook_success_rate_24h, percent],
	['Stale narratives', ({ figures }) => figures?.narratives_stale_count, count],
	['Mails sent', ({ figures }) => figures?.campaign_performance?.sent, count],
	['Mails opened', ({ figures }) => figures?.campaign_performance?.opened, count],
	['Mails clicked', ({ figures }) => figures?.campaign_performance?.clicked, count],
	['Delivery rate', ({ rates }) => rates?.delivery, percent],
	['Open rate', ({ rates }) => rates?.open, percent],
	['Click rate', ({ rates }) => rates?.click, percent],
	['Click-to-open rate', ({ rates }) => rates?.clickToOpen, percent],
	['Outbox depth', ({ figures }) => figures?.outbox_depth, count],
].map(([label, read, style]) => ({ label, read, ...style }));

const numberOrNull = (value) => (Number.isFinite(value) ? value : null);

/** The figures that any of the rollups has, each with its points over time. */
export function seriesOf(rollups) {
	return FIGURES.map(({ read, ...figure }) => ({
		...figure,
		points: rollups.map(({ takenAt, rollup }) => ({
			at: Date.parse(takenAt),
			value: numberOrNull(read(rollup)),
		})),
	})).filter(({ points }) => points.some(({ value }) => value !== null));
}

export function drawSeries({ label, points, format, formatChange, isWhole, most }) {
	const value = element('span.value');
	const note = element('span.quiet');
	const latest = points.at(-1);
	function show(point) {
		const shown = point ?? latest;
		value.textContent = shown.value === null ? '–' : format(shown.value);
		note.textContent = point ? moment(point.at) : changeOf(points, formatChange);
	}
	return element(
		'article.card',
		{},
		element('span.quiet', {}, label),
		element('span.ends', {}, value, note),
		lineChart({ label, points, format, isWhole, most, show }),
	);
}

/** The latest value against the one before it. */
function changeOf(points, format) {
	const [before, now] = points.slice(-2).map(({ value }) => value);
	if (points.length < 2 || before === null || now === null) return '';
	if (before === now) return 'unchanged';
	return `${now > before ? '▲' : '▼'} ${format(Math.abs(now - before))}`;
}

/** What n8n doubted in the latest rollup. */
export const drawWarning = ({ field, message }) =>
	element('p.doubt', {}, element('strong', {}, `${field}: `), message);

/** All the figures as a table, the newest rollup first. */
export const drawTable = (rollups, series) =>
	element(
		'table',
		{},
		element(
			'thead',
			{},
			element(
				'tr',
				{},
				...['Taken', ...series.map(({ label }) => label)].map((label) =>
					element('th', { scope: 'col' }, label),
				),
			),
		),
		element(
			'tbody',
			{},
			...rollups
				.map(({ takenAt, correlationId }, index) =>
					element(
						'tr',
						{},
						element('th', { scope: 'row' }, traceLink(correlationId, moment(takenAt))),
						...series.map(({ points, format }) => {
							const { value } = points[index];
							return element('td', {}, value === null ? '–' : format(value));
						}),
					),
				)
				.reverse(),
		),
	);
