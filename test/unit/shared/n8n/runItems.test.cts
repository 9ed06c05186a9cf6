import { type IDataObject, type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { runItems } from '../../../../nodes/shared/n8n/runItems';

const NODE = {
	id: 'n',
	name: 'Node',
	type: 'node',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A node with so many items coming in, and an error output or none. */
const nodeWith = (continueOnFail: boolean) =>
	({ continueOnFail: () => continueOnFail, getNode: () => NODE }) as unknown as IExecuteFunctions;

const indexes = (count: number) => Array.from({ length: count }, (_item, index) => index);

describe('the items of a node', () => {
	it('come out in the order in which they came in, however long each takes', async () => {
		const outputs = await runItems(nodeWith(false), indexes(12), {
			execute: async (index) => {
				await new Promise((resolve) => setTimeout(resolve, (12 - index) % 5));
				return { index };
			},
		});
		expect(outputs.map(({ json }) => json.index)).toEqual(indexes(12));
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(
			indexes(12).map((item) => ({ item })),
		);
	});

	it('end here where nothing comes of them, and the others know where they came from', async () => {
		const outputs = await runItems(nodeWith(false), indexes(7), {
			execute: async (index): Promise<IDataObject | undefined> =>
				index % 3 === 0 ? { index } : undefined,
		});
		expect(outputs).toEqual(
			[0, 3, 6].map((index) => ({ json: { index }, pairedItem: { item: index } })),
		);
	});

	it('may all end here', async () => {
		expect(await runItems(nodeWith(false), indexes(3), { execute: async () => undefined })).toEqual(
			[],
		);
	});

	it('fail alone where there is an error output, between those that end and those that go on', async () => {
		const outputs = await runItems(nodeWith(true), indexes(3), {
			execute: async (index) => {
				if (index === 1) throw new Error('No');
				return index === 0 ? undefined : { index };
			},
		});
		expect(outputs).toMatchObject([
			{ json: { error: 'No', message: 'No', details: { itemIndex: 1 } }, pairedItem: { item: 1 } },
			{ json: { index: 2 }, pairedItem: { item: 2 } },
		]);
	});

	it('stop the node where there is none, and no further one is begun', async () => {
		const begun: number[] = [];
		const running = runItems(nodeWith(false), indexes(100), {
			execute: async (index) => {
				begun.push(index);
				await new Promise((resolve) => setImmediate(resolve));
				if (index === 2) throw new Error('No');
				return undefined;
			},
		});
		await expect(running).rejects.toBeInstanceOf(NodeOperationError);
		await expect(running).rejects.toMatchObject({ message: 'No', context: { itemIndex: 2 } });
		expect(begun.length).toBeLessThan(20);
	});
});
