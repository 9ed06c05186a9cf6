import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

const DEFAULT_LEASE_SECONDS = 120;

/** What is claimed, in the singular, and how long repeats are answered unless a person says otherwise. */
export interface ClaimKind {
	what: string;
	repeatWindowHours: number;
}

/** Options of every operation that claims work, for a `collection` parameter. */
export function claimOptions({ what, repeatWindowHours }: ClaimKind): INodeProperties[] {
	return [
		{
			displayName: 'Lease (Seconds)',
			name: 'leaseSeconds',
			type: 'number',
			typeOptions: { minValue: 10, maxValue: 3600 },
			default: DEFAULT_LEASE_SECONDS,
			description: `How long one execution may work on the ${what} before another may take it over`,
		},
		{
			displayName: 'Repeat Window (Hours)',
			name: 'repeatWindowHours',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 8760 },
			default: repeatWindowHours,
			description: `How long the same ${what} is answered with the stored result instead of being worked on anew`,
		},
	];
}

/** Reads the values of `claimOptions` from the collection of this name. */
export function readClaimOptions(
	context: IExecuteFunctions,
	itemIndex: number,
	collection: string,
	kind: ClaimKind,
): { leaseSeconds: number; repeatWindowSeconds: number } {
	const { leaseSeconds = DEFAULT_LEASE_SECONDS, repeatWindowHours = kind.repeatWindowHours } =
		context.getNodeParameter(collection, itemIndex) as {
			leaseSeconds?: number;
			repeatWindowHours?: number;
		};
	return { leaseSeconds, repeatWindowSeconds: repeatWindowHours * 3600 };
}
