/** The CRMs that a lead can be pushed to. To add one, write its adapter and list it. */
import { hubSpot } from './hubSpot';
import { pipedrive } from './pipedrive';
import type { CrmAdapter, CrmKey } from './port';
import { salesforce } from './salesforce';

export const CRMS: Readonly<Record<CrmKey, CrmAdapter>> = {
	hubspot: hubSpot,
	pipedrive,
	salesforce,
};
