import { execFileSync } from 'node:child_process';

import fc from 'fast-check';

import { canonicalJson, enrichmentKey } from '../../../nodes/shared/stateStore/key';

const EVENT = {
	property_id: 'p-1',
	price_amount: 5_000_000,
	city: 'Parañaque',
	beds: null,
	'10': [{ b: 2, a: '₱' }, []],
	'9': { '"': '\\', '': true },
};

const PYTHON = `
import hashlib, json, sys
event = json.load(sys.stdin)
text = json.dumps(event, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
print(text)
print('property-enrichment:' + event['property_id'] + ':' + hashlib.sha256(text.encode()).hexdigest()[:32])
`;

/** The same value with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([name, member]) => [name, reversed(member)]),
	);
}

describe('the key of an enrichment', () => {
	it('is what Python makes of the same event', () => {
		const output = execFileSync('python3', ['-c', PYTHON], {
			input: JSON.stringify(EVENT),
			env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
		});
		expect(`${canonicalJson(EVENT)}\n${enrichmentKey(EVENT)}\n`).toBe(output.toString());
	});

	it('does not depend on the order of the fields, but on that of a list', () => {
		expect(enrichmentKey(reversed(EVENT) as typeof EVENT)).toBe(enrichmentKey(EVENT));
		const features = ['pool', 'garden'];
		expect(canonicalJson({ features })).not.toBe(
			canonicalJson({ features: features.toReversed() }),
		);
	});

	it.each([
		['another price', { price_amount: 5_000_001 }],
		['a field that is null', { baths: null }],
		['a number that became text', { price_amount: '5000000' }],
		['another property', { property_id: 'p-2' }],
	])('is another one for %s', (_name, change) => {
		expect(enrichmentKey({ ...EVENT, ...change })).not.toBe(enrichmentKey(EVENT));
	});
});

describe('canonical JSON', () => {
	const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

	it('means the same as the value', () => {
		fc.assert(
			fc.property(json, (value) => {
				expect(JSON.parse(canonicalJson(value))).toStrictEqual(value);
			}),
		);
	});

	it('does not depend on the order of keys, at any depth', () => {
		fc.assert(
			fc.property(json, (value) => {
				expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
			}),
		);
	});

	it('leaves out what is undefined, as JSON does', () => {
		expect(canonicalJson({ b: undefined, a: [undefined] })).toBe('{"a":[null]}');
	});
});
