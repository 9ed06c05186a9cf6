import { cpuMs, HANGS_MS, parse, problemOf } from './samples.cts';

const repeat = (part: string, times: number, joint = '') =>
	Array.from({ length: times }, () => part).join(joint);

type Bound = [what: string, make: (size: number) => string, most: number, problem: string];

const BOUNDS: Bound[] = [
	[
		'characters',
		(size) => 'consent'.padEnd(size, ' '),
		4000,
		'A query has at most 4000 characters, not 4001, at column 4001.',
	],
	[
		'brackets deep',
		(size) => `${repeat('(', size)}consent${repeat(')', size)}`,
		50,
		'Brackets and NOT stand at most 50 deep, at column 51.',
	],
	[
		'NOTs deep',
		(size) => `${repeat('NOT ', size)}consent`,
		50,
		'Brackets and NOT stand at most 50 deep, at column 201.',
	],
	[
		'conditions',
		(size) => repeat('consent', size, ' OR '),
		200,
		'A query has at most 200 conditions, at column 2201.',
	],
	[
		'values in a list',
		(size) => `beds IN (${repeat('1', size, ',')})`,
		1000,
		'A list has at most 1000 values, at column 2010.',
	],
	[
		'characters in a pattern',
		(size) => `city LIKE '${repeat('😀', size)}'`,
		200,
		'A pattern has at most 200 characters, at column 11. Write a shorter one',
	],
	[
		'characters in a number',
		(size) => `beds = 0.${repeat('1', size - 2)}`,
		30,
		'A number has at most 30 characters, at column 8. Write a shorter one',
	],
];

describe('a limit', () => {
	it.each(BOUNDS)('of %s is kept to one', (_what, make, most, problem) => {
		expect(() => parse(make(most))).not.toThrow();
		expect(() => parse(make(most + 1))).toThrow(problem);
	});
});

describe('hostile input', () => {
	const LENGTH = 3990;
	it.each([
		'(',
		')',
		"'",
		"''",
		'NOT ',
		'- ',
		'1',
		'1e',
		'a',
		'beds ',
		'beds = ',
		'consent AND ',
		'beds IN (',
		'1,',
		'e+',
		'%',
		' ',
		'\n',
		'--',
		'/*',
		'<',
		'😀',
		"DATE '",
		'((beds = 1) AND ',
	])('of "%s" over and over is refused at once, whatever its length', (part) => {
		const query = repeat(part, Math.ceil(LENGTH / part.length)).slice(0, LENGTH);
		const startedAt = cpuMs();
		expect(problemOf(query).column).toBeGreaterThan(0);
		expect(problemOf(query.repeat(1000)).problem).toContain('at most 4000 characters');
		expect(cpuMs() - startedAt).toBeLessThan(HANGS_MS);
	});

	it('never makes a message much longer than a line', () => {
		expect(problemOf(repeat('a', LENGTH)).text).toBe(`${repeat('a', 39)}…`);
		expect(problemOf(repeat('a', LENGTH)).message.length).toBeLessThan(HANGS_MS);
		expect(problemOf(`beds = '${repeat('a', LENGTH)}'`).message.length).toBeLessThan(HANGS_MS);
		expect(problemOf(`beds = ${repeat('1', LENGTH)}`).message.length).toBeLessThan(HANGS_MS);
		expect(problemOf(`consent ${repeat('a', LENGTH)}`).message.length).toBeLessThan(HANGS_MS);
	});
});
