import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

/**
 * A parameter that has to say something, as text without spaces around it. Its default is an
 * expression that finds nothing where another node feeds the item.
 */
export function requiredText(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, displayName, advice }: { name: string; displayName: string; advice: string },
): string {
	const given: unknown = context.getNodeParameter(name, itemIndex, '');
	const text = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
	if (text !== '') return text;
	throw new NodeOperationError(context.getNode(), `${displayName} is empty`, {
		itemIndex,
		description: advice,
	});
}
