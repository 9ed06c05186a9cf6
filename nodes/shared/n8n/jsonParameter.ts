import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

/** The value of a parameter of type `json`, whether typed in or given by an expression. */
export function jsonParameter(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, displayName, example }: { name: string; displayName: string; example: string },
): unknown {
	const given: unknown = context.getNodeParameter(name, itemIndex);
	if (typeof given !== 'string') return given;
	try {
		return JSON.parse(given);
	} catch {
		throw new NodeOperationError(context.getNode(), `${displayName} is not valid JSON`, {
			itemIndex,
			description: `Give something like ${example}.`,
		});
	}
}
