import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { plannedFollowUp, scoredLead } from '../../scoredLead';
import { crmProperties, readCrm } from '../crm.description';
import { leadField, readLeadItem } from '../lead.description';
import { pushLead } from './pushLead.operation';

const show = { resource: ['crm'], operation: ['push'] };

const description: INodeProperties[] = [
	{ ...leadField, displayOptions: { show } },
	...crmProperties(show),
];

/** Puts a scored lead into a CRM: contact, note and, where one is planned, the follow-up task. */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const { scoring: given, followUp: planned } = context.getInputData()[itemIndex]!.json;
	const { lead, property } = readLeadItem(context, itemIndex);
	const scoring = readContract(context, itemIndex, scoredLead, given, 'score in "scoring"');
	const followUp =
		planned === undefined || planned === null
			? undefined
			: readContract(context, itemIndex, plannedFollowUp, planned, 'plan in "followUp"');
	const pushed = await pushLead(run, itemIndex, trail, readCrm(context, itemIndex), {
		lead,
		...(property && { property }),
		scoring,
		...(followUp && { followUp }),
	});
	return { event: lead, ...pushed } as unknown as IDataObject;
};

export const push: Operation = { resource: 'crm', operation: 'push', description, execute };
