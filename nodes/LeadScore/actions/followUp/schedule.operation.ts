import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { planFollowUp } from '../../followUp/planFollowUp';
import { scoredLead } from '../../scoredLead';
import { leadField, readLead } from '../lead.description';
import { readSchedule, scheduleProperties } from '../schedule.description';

const show = { resource: ['followUp'], operation: ['schedule'] };

const description: INodeProperties[] = [
	{ ...leadField, displayOptions: { show } },
	...scheduleProperties(show),
];

/** Plans when and how to answer a scored lead, and hands its item on with the plan in "followUp". */
const execute: Execute = async (context, itemIndex) => {
	const schedule = readSchedule(context, itemIndex);
	const { json } = context.getInputData()[itemIndex]!;
	const { consent } = readLead(context, itemIndex);
	const scoring = readContract(context, itemIndex, scoredLead, json.scoring, 'score in "scoring"');
	const followUp = planFollowUp({ ...scoring, consent: consent === true }, schedule, new Date());
	return { ...json, followUp: followUp as unknown as IDataObject };
};

export const schedule: Operation = {
	resource: 'followUp',
	operation: 'schedule',
	description,
	execute,
};
