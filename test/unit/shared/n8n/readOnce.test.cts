import type { IExecuteFunctions } from 'n8n-workflow';

import { readOnce } from '../../../../nodes/shared/n8n/readOnce';

/** One execution of a node with these parameters. */
function execution(parameters: object): IExecuteFunctions {
	return { getNode: () => ({ parameters }) } as unknown as IExecuteFunctions;
}

/** Reads the index of the item; `readings` says for which items it was asked. */
function reader() {
	const readings: number[] = [];
	const read = readOnce((_context, itemIndex) => {
		readings.push(itemIndex);
		return `read for ${itemIndex}`;
	});
	return { read, readings };
}

describe('parameters that are the same for all items', () => {
	it('are read once in an execution', () => {
		const { read, readings } = reader();
		const context = execution({ weight: 40, options: { places: '' }, fields: [{ field: 'a' }] });
		expect([0, 1, 2].map((item) => read(context, item))).toEqual(Array(3).fill('read for 0'));
		expect(readings).toEqual([0]);
	});

	it('are read anew in the next execution', () => {
		const { read, readings } = reader();
		const parameters = { weight: 40 };
		read(execution(parameters), 0);
		read(execution(parameters), 5);
		expect(readings).toEqual([0, 5]);
	});

	it('are kept apart from what another reader reads', () => {
		const context = execution({});
		expect(reader().read(context, 1)).toBe('read for 1');
		expect(reader().read(context, 2)).toBe('read for 2');
	});
});

describe('parameters with an expression', () => {
	it.each<[string, object]>([
		['at the top', { weight: '={{ $json.weight }}' }],
		['in a collection', { options: { places: '={{ $json.places }}' } }],
		['in a row', { fieldMapping: { fields: [{ field: 'a' }, { other: '=x' }] } }],
	])('%s are read for every item', (_where, parameters) => {
		const { read, readings } = reader();
		const context = execution(parameters);
		expect([0, 1].map((item) => read(context, item))).toEqual(['read for 0', 'read for 1']);
		expect(readings).toEqual([0, 1]);
	});

	it('are not what a value with an equals sign inside is', () => {
		const { read, readings } = reader();
		const context = execution({ places: 'BGC = Bonifacio Global City', none: null });
		read(context, 0);
		read(context, 1);
		expect(readings).toEqual([0]);
	});
});

it('a reading that fails is tried again for the next item', () => {
	const failures = [new Error('one'), new Error('two')];
	const read = readOnce((_context, itemIndex) => {
		throw failures[itemIndex]!;
	});
	const context = execution({});
	expect(() => read(context, 0)).toThrow('one');
	expect(() => read(context, 1)).toThrow('two');
});
