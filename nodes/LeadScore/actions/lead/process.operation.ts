import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { reportToPlatform } from '../../../shared/n8n/reportToPlatform';
import { planFollowUp } from '../../followUp/planFollowUp';
import { toScoringInput } from '../../scoring/input';
import { syncStatusRequest } from '../../syncStatus';
import { crmProperties, readCrm } from '../crm.description';
import { pushLead } from '../crm/pushLead.operation';
import { leadField, readLeadItem } from '../lead.description';
import { readSchedule, scheduleProperties } from '../schedule.description';
import { readScorer, scoringProperties } from '../scoring.description';

const show = { resource: ['lead'], operation: ['process'] };

const description: INodeProperties[] = [
	{ ...leadField, displayOptions: { show } },
	...crmProperties(show),
	{
		displayName: 'Report to Platform',
		name: 'reportToPlatform',
		type: 'boolean',
		default: true,
		description:
			'Whether to send the callback in this step. Switch it off to record the result first and report it in a step of its own.',
		displayOptions: { show },
	},
	...scheduleProperties(show),
	...scoringProperties(show),
];

/** A lead's whole way in one step: score, follow-up, CRM and, if wanted, the callback. */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const now = new Date();
	const choice = readCrm(context, itemIndex);
	const schedule = readSchedule(context, itemIndex);
	const score = readScorer(context, itemIndex);
	const { lead, property, preferences } = readLeadItem(context, itemIndex);

	const input = toScoringInput(lead, { property, preferences });
	const scoring = score(input, now.getTime());
	const followUp = planFollowUp({ ...scoring, consent: lead.consent === true }, schedule, now);
	const pushed = await pushLead(run, itemIndex, trail, choice, {
		lead,
		property,
		scoring,
		followUp,
	});
	const reported = context.getNodeParameter('reportToPlatform', itemIndex)
		? await reportToPlatform(
				run,
				itemIndex,
				trail,
				syncStatusRequest(pushed.callback, trail.correlationId),
			)
		: undefined;
	return { event: lead, ...pushed, ...(reported && { reported }) } as unknown as IDataObject;
};

/** The whole of a lead in one step. */
export const processLead: Operation = {
	resource: 'lead',
	operation: 'process',
	description,
	execute,
};
