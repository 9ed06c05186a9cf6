import type { IExecuteFunctions } from 'n8n-workflow';

type Read<T> = (context: IExecuteFunctions, itemIndex: number) => T;

/**
 * Reads parameters once for all items of an execution, because every reading costs more than the
 * work of a fast operation; anew for each item where one of the node's parameters is an expression.
 */
export function readOnce<T>(read: Read<T>): Read<T> {
	const readBefore = new WeakMap<IExecuteFunctions, T>();
	return (context, itemIndex) => {
		const known = readBefore.get(context);
		if (known !== undefined) return known;
		const value = read(context, itemIndex);
		if (!hasExpression(context.getNode().parameters)) readBefore.set(context, value);
		return value;
	};
}

function hasExpression(parameter: unknown): boolean {
	if (typeof parameter === 'string') return parameter.startsWith('=');
	if (typeof parameter !== 'object' || parameter === null) return false;
	return Object.values(parameter).some(hasExpression);
}
