import fc from 'fast-check';

import { parseLosslessJson } from '../../../../nodes/shared/intake/losslessJson';

const parse = (json: string) => parseLosslessJson(Buffer.from(json));

describe('JSON whose long ids survive', () => {
	it.each<[string, unknown]>([
		['9007199254740991', 9_007_199_254_740_991],
		['9007199254740992', '9007199254740992'],
		['9007199254740993', '9007199254740993'],
		['-9007199254740991', -9_007_199_254_740_991],
		['-9007199254740993', '-9007199254740993'],
		['23851234567890123456', '23851234567890123456'],
		['1000000000000000', 1_000_000_000_000_000],
		['1458692752478', 1_458_692_752_478],
		['0', 0],
		['1.5', 1.5],
		['1e20', 1e20],
		['12345678901234567.5', 12_345_678_901_234_567.5],
		['0.12345678901234567890', 0.123_456_789_012_345_68],
		['1e400', Infinity],
	])('%s', (json, value) => {
		expect(parse(json)).toEqual(value);
		expect(parse(`{"id":${json}}`)).toEqual({ id: value });
		expect(parse(`{"id" :\n\t ${json} }`)).toEqual({ id: value });
		expect(parse(`[[0,${json}],[${json}]]`)).toEqual([[0, value], [value]]);
	});

	it.each([
		'{"text":"9007199254740993"}',
		'{"text":"call:9007199254740993,[9007199254740993"}',
		'{"text":"\\":9007199254740993"}',
		'{"9007199254740993":1}',
		'{"text":": 9007199254740993","time":1458692752478}',
		'{"text":"\\u20b1 9007199254740993 \\ud83c\\udfe1 \\u0000"}',
	])('leaves digits in strings alone: %s', (json) => {
		expect(parse(json)).toEqual(JSON.parse(json));
	});

	it('keeps every other value beside a long number', () => {
		const json = '{"a":[true,null,{"b":"c","d":9007199254740993},1.5,[]],"e":{}}';
		expect(parse(json)).toEqual({
			a: [true, null, { b: 'c', d: '9007199254740993' }, 1.5, []],
			e: {},
		});
	});

	it('takes the last of members with one name', () => {
		expect(parse('{"id":9007199254740993,"id":9007199254740995}')).toEqual({
			id: '9007199254740995',
		});
		expect(parse('{"id":9007199254740993,"id":"b"}')).toEqual({ id: 'b' });
	});

	it.each([
		'',
		' ',
		'{',
		'{"a":09007199254740993}',
		'{"a":9007199254740993',
		'9007199254740993 9007199254740993',
		"{'a':1}",
		'NaN',
		'<html>',
		`${'['.repeat(100_000)}9007199254740993`,
	])('is undefined for what is no JSON: %.40s', (json) => {
		expect(parse(json)).toBeUndefined();
	});

	it.each(['', ',"id":9007199254740993'])('cannot reach the prototype of objects%s', (more) => {
		const value = parse(`{"__proto__":{"polluted":true}${more}}`) as object;
		expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
		expect(Object.keys(value)).toContain('__proto__');
		expect('polluted' in value).toBe(false);
		expect('polluted' in {}).toBe(false);
	});

	it('is what JSON.parse has, for whatever holds no such number', () => {
		fc.assert(
			fc.property(fc.json(), (json) => {
				const hasLong = /\d{16}/.test(json.replace(/"(?:\\.|[^"\\])*"/g, ''));
				if (!hasLong) expect(parse(json)).toEqual(JSON.parse(json));
			}),
		);
	});

	it('keeps the digits of any integer, wherever it stands', () => {
		const texts = fc.string({ unit: 'grapheme' });
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), texts, (integer, text) => {
				const json = `{"a":[${integer}],${JSON.stringify(text)}:{"b":${integer},"c":"${integer}"}}`;
				const isSafe = integer >= -(2n ** 53n - 1n) && integer <= 2n ** 53n - 1n;
				const id = isSafe ? Number(integer) : String(integer);
				const expected = { a: [id], [text]: { b: id, c: String(integer) } };
				fc.pre(text !== 'a' && text !== '__proto__');
				expect(parse(json)).toEqual(expected);
			}),
		);
	});
});
