import { execFileSync } from 'node:child_process';
import path from 'node:path';

const SCALE = path.join(__dirname, '../../../sandbox/console/scale.js');

/** The page's modules are for browsers; Node runs this one too, since it draws nothing. */
function inNode(expression: string): unknown {
	const script = `import * as scale from ${JSON.stringify(SCALE)};
		process.stdout.write(JSON.stringify(${expression}));`;
	return JSON.parse(
		execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
			encoding: 'utf8',
		}),
	);
}

describe('the scale of a chart', () => {
	const axes: [string, number[], object, number[]][] = [
		['counts far from zero', [4800, 6243], { isWhole: true }, [4500, 5000, 5500, 6000, 6500]],
		['counts that do not change', [6, 6], { isWhole: true }, [5, 6, 7]],
		['large counts that do not change', [5000, 5000], { isWhole: true }, [4900, 5000, 5100]],
		['nothing but zero', [0, 0], { isWhole: true }, [0, 1]],
		['one and two', [1, 2], { isWhole: true }, [1, 2]],
		['a rate that dips', [91.2, 100], { most: 100 }, [90, 95, 100]],
		['a rate that is full', [100, 100], { most: 100 }, [98, 99, 100]],
		['close rates', [19.92, 20.09], { most: 100 }, [19.9, 20, 20.1]],
	];

	it('has round marks that hold every value, none below zero or above the most', () => {
		const wanted = axes.map(([, values, options]) => [values, options]);
		const found = inNode(
			`${JSON.stringify(wanted)}.map(([values, options]) => scale.ticksOf(values, options))`,
		) as number[][];
		expect(axes.map(([name], index) => [name, found[index]])).toEqual(
			axes.map(([name, , , ticks]) => [name, ticks]),
		);
	});

	it('breaks the line where there is no value, and keeps a value that stands alone', () => {
		const points = [null, 1, 2, null, null, 3, null, 4, 5].map((value, at) => ({ at, value }));
		expect(
			inNode(`scale.runsOf(${JSON.stringify(points)}).map((run) => run.map(({ value }) => value))`),
		).toEqual([[1, 2], [3], [4, 5]]);
	});

	it('draws a run from left to right, and upwards what is more', () => {
		const run = [
			{ at: 10, value: 0 },
			{ at: 15, value: 5 },
			{ at: 20, value: 10 },
		];
		expect(
			inNode(`scale.pathOf(${JSON.stringify(run)},
				scale.scaleOf([10, 20], [40, 340]), scale.scaleOf([0, 10], [100, 0]))`),
		).toBe('M40,100L190,50L340,0');
		expect(inNode('scale.scaleOf([7, 7], [40, 340])(7)')).toBe(190);
	});
});
