/** The parts that the workflow of `everyOperation` is made of. */
import { PACKAGE_NAME } from '../../sandbox/n8n/installPackage.cts';

export type Parameters = Record<string, unknown>;

export interface OperationNode {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: Parameters;
	/** The node that feeds it. */
	after?: string;
}

export type Step = [resource: string, operation: string, parameters: Parameters, after: string];

/** A node of ours, named by what it does. */
export function operationOf(
	node: string,
	...[resource, operation, parameters, after]: Step
): OperationNode {
	return {
		name: `${resource} ${operation}`,
		type: `${PACKAGE_NAME}.${node}`,
		parameters: { resource, operation, ...parameters },
		after,
	};
}

/** Two nodes that make one item of each event. */
export function splitOut(what: string, events: object[]): OperationNode[] {
	return [
		{
			name: `${what}s`,
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ events }) },
			after: 'Start',
		},
		{
			name: `Each ${what}`,
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'events' },
			after: `${what}s`,
		},
	];
}
