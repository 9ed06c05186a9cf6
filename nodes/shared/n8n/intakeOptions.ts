import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Rollout } from '../intake/rollout';

const DEFAULT_MAX_BODY_KB = 256;

/** The option of everything that takes in requests, with a default in kB. */
export function maxBodyOption(maxBodyKb: number): INodeProperties {
	return {
		displayName: 'Max Body Size (kB)',
		name: 'maxBodyKb',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 16_384 },
		default: maxBodyKb,
		description: 'Larger requests are refused with 413',
	};
}

/** Options of everything that takes in signed requests, for a `collection` parameter. */
export const INTAKE_OPTIONS: INodeProperties[] = [
	maxBodyOption(DEFAULT_MAX_BODY_KB),
	{
		displayName: 'Only These Companies',
		name: 'companies',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0b0f8f9e-6f0e-4c3a-9a53-2f8f3c1f7d10',
		description: 'Company IDs, separated by commas. Empty means every company.',
	},
	{
		displayName: 'Percentage of Companies',
		name: 'percentage',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 100,
		description:
			'Share of companies the flow is switched on for. A company in at 10 % stays in at 20 %.',
	},
];

/** Reads the values of `INTAKE_OPTIONS`. */
export function intakeFrom(
	options: IDataObject,
	maxBodyKb = DEFAULT_MAX_BODY_KB,
): { maxBodyBytes: number; rollout: Rollout } {
	return {
		maxBodyBytes: Number(options.maxBodyKb ?? maxBodyKb) * 1024,
		rollout: {
			companies: String(options.companies ?? '')
				.split(',')
				.map((company) => company.trim())
				.filter((company) => company !== ''),
			percentage: Number(options.percentage ?? 100),
		},
	};
}
