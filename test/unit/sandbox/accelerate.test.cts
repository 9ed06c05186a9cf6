import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { parseRetryMinutes } from '../../../nodes/shared/delivery/retryPlan';
import { accelerate } from '../../../sandbox/n8n/accelerate.cts';

const TEMPLATES = path.join(__dirname, '..', '..', '..', 'workflows');

const workflow = (type: string, parameters: object) =>
	JSON.stringify({ id: 'w', nodes: [{ name: 'N', type, parameters }], connections: {} });

function parametersOf(text: string): unknown {
	const { nodes } = JSON.parse(text) as { nodes: [{ parameters: unknown }] };
	return nodes[0].parameters;
}

describe('an accelerated workflow', () => {
	it.each([
		['1, 5, 15', 60, '0.016667, 0.083333, 0.25'],
		['1,5,15', 0.5, '2, 10, 30'],
		['3', 60_000, '0.00005'],
		['={{ $json.minutes }}', 60, '={{ $json.minutes }}'],
	])('waits for a retry %s minutes at speed %d as %s', (minutes, speed, expected) => {
		const text = workflow('n8n-nodes-x.y', { retryMinutes: minutes, options: [{ a: 'b' }] });
		expect(parametersOf(accelerate(text, speed))).toEqual({
			retryMinutes: expected,
			options: [{ a: 'b' }],
		});
	});

	it.each([1.5, 60, 600, 1e6, 1e9])('has waits at speed %d that the nodes can read', (speed) => {
		const text = workflow('n8n-nodes-x.y', { retryMinutes: '1, 5, 15' });
		const { retryMinutes } = parametersOf(accelerate(text, speed)) as { retryMinutes: string };
		const seconds = parseRetryMinutes(retryMinutes);
		for (const [index, minutes] of [1, 5, 15].entries()) {
			// Half of the last decimal that the nodes read is 0.00003 s; nothing waits for less.
			const expected = Math.max((minutes * 60) / speed, 0.00006);
			expect(Math.abs(seconds[index]! - expected)).toBeLessThan(0.000031);
		}
	});

	it('finds waits within collections', () => {
		const text = workflow('n8n-nodes-x.y', { options: { retryMinutes: '60', more: 60 } });
		expect(parametersOf(accelerate(text, 60))).toEqual({
			options: { retryMinutes: '1', more: 60 },
		});
	});

	it.each([
		[{ field: 'minutes', minutesInterval: 5 }, 60, { field: 'seconds', secondsInterval: 5 }],
		[{ field: 'minutes', minutesInterval: 5 }, 10, { field: 'seconds', secondsInterval: 30 }],
		[{ field: 'minutes', minutesInterval: 1 }, 60, { field: 'seconds', secondsInterval: 5 }],
		[{ field: 'minutes' }, 60, { field: 'seconds', secondsInterval: 5 }],
		// n8n takes at most 59 seconds.
		[{ field: 'minutes', minutesInterval: 30 }, 10, { field: 'minutes', minutesInterval: 3 }],
		[{ field: 'hours', hoursInterval: 6 }, 60, { field: 'hours', hoursInterval: 6 }],
		[{ field: 'seconds', secondsInterval: 30 }, 60, { field: 'seconds', secondsInterval: 30 }],
	])('runs by the schedule %j at speed %d as by %j', (interval, speed, expected) => {
		const text = workflow('n8n-nodes-base.scheduleTrigger', { rule: { interval: [interval] } });
		expect(parametersOf(accelerate(text, speed))).toEqual({ rule: { interval: [expected] } });
	});

	it('leaves the minutes of other nodes alone', () => {
		const wait = { rule: { interval: [{ field: 'minutes', minutesInterval: 5 }] } };
		const text = workflow('n8n-nodes-base.wait', wait);
		expect(parametersOf(accelerate(text, 60))).toEqual(wait);
	});

	it.each(readdirSync(TEMPLATES).filter((name) => name.endsWith('.json')))(
		'is %s byte for byte at speed 1, and keeps all but waits and schedules at speed 60',
		(name) => {
			const text = readFileSync(path.join(TEMPLATES, name), 'utf8');
			expect(accelerate(text, 1)).toBe(text);
			const blind = (json: string) =>
				JSON.parse(json, (key, value: unknown) =>
					['retryMinutes', 'interval'].includes(key) ? '' : value,
				) as object;
			expect(blind(accelerate(text, 60))).toEqual(blind(text));
		},
	);
});
