import type { CrmKey } from '../../nodes/shared/vendors/crm/port';

export interface DemoCompany {
	id: string;
	name: string;
	/** Where the company's leads go. */
	crm: CrmKey;
}

/** Invented agencies, one for each CRM. */
export const DEMO_COMPANIES = [
	{
		id: '5f0c9f6e-2f0b-4c39-9a55-0d6f7f3a1c01',
		name: 'Bayview Homes (demo)',
		crm: 'hubspot',
	},
	{
		id: '5f0c9f6e-2f0b-4c39-9a55-0d6f7f3a1c02',
		name: 'Ayala Court Realty (demo)',
		crm: 'salesforce',
	},
	{
		id: '5f0c9f6e-2f0b-4c39-9a55-0d6f7f3a1c03',
		name: 'Mission Trail Realty (demo)',
		crm: 'pipedrive',
	},
] as const satisfies readonly DemoCompany[];
