/** Workflow templates for a clock that runs faster: what waits minutes waits a part of them. */

interface Workflow {
	nodes: Array<{ type: string; parameters: Record<string, unknown> }>;
}

interface Interval {
	field?: string;
	minutesInterval?: number;
}

const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';
/** A schedule of every second costs n8n a seventh of a core, and outruns what people write. */
const LEAST_SECONDS = 5;
/** The longest that n8n takes in seconds. */
const MOST_SECONDS = 59;

/**
 * The text of a workflow with every `retryMinutes` divided by `speed`, and with schedules of so many
 * minutes divided by `scheduleSpeed`, to one second at least. Everything else stays as it is; at
 * speed 1 the text itself does.
 */
export function accelerate(text: string, speed: number, scheduleSpeed = speed): string {
	if (speed === 1 && scheduleSpeed === 1) return text;
	const workflow = JSON.parse(text) as Workflow;
	for (const node of workflow.nodes) {
		node.parameters = shorten(node.parameters, speed) as Record<string, unknown>;
		const rule = node.parameters.rule as { interval?: Interval[] } | undefined;
		if (node.type === SCHEDULE && rule?.interval) {
			rule.interval = rule.interval.map((each) => sooner(each, scheduleSpeed));
		}
	}
	return JSON.stringify(workflow, null, '\t');
}

/** Parameters stand in others, such as those of a collection. */
function shorten(value: unknown, speed: number): unknown {
	if (Array.isArray(value)) return value.map((each) => shorten(each, speed));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			name,
			name === 'retryMinutes' && isList(inner) ? divided(inner, speed) : shorten(inner, speed),
		]),
	);
}

/** An expression is n8n's to evaluate. */
const isList = (value: unknown): value is string =>
	typeof value === 'string' && !value.startsWith('=');

/** The nodes read minutes above 0 with up to six decimals. */
const LEAST_MINUTES = 0.000001;

function divided(minutes: string, speed: number): string {
	return minutes
		.split(',')
		.map((each) => Math.max(LEAST_MINUTES, Number((Number(each) / speed).toFixed(6))))
		.join(', ');
}

function sooner(interval: Interval, speed: number): object {
	if (interval.field !== 'minutes' || speed === 1) return interval;
	const { minutesInterval = 5, ...rest } = interval;
	const seconds = Math.max(LEAST_SECONDS, Math.round((minutesInterval * 60) / speed));
	return seconds <= MOST_SECONDS
		? { ...rest, field: 'seconds', secondsInterval: seconds }
		: { ...rest, minutesInterval: Math.round(seconds / 60) };
}
