import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { leadCreated } from '../../../shared/contracts/leadCreated';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import { readRetryWaits, retryMinutesProperty } from '../../../shared/n8n/retryMinutes';
import type { Said } from '../../handling/channelMessage';
import { knownFrom, knownFromLead } from '../../handling/known';
import { propertyViewed } from '../../handling/propertyViewed';
import type { TakenEvent } from '../../inbox/takenEvent';
import { understandingContract } from '../../understanding/understandingContract';
import { eventField, readTakenEvent } from '../eventField.description';
import { withExtraFieldsOption } from '../handling.description';
import { settleTaken } from '../../handling/settleTaken';
import { ask } from '../talk.operation';

const displayOptions = { show: { resource: ['message'], operation: ['askPlatform'] } };

const description: INodeProperties[] = [
	{ ...eventField, displayOptions },
	{
		displayName: 'Lead Field',
		name: 'leadField',
		type: 'string',
		default: 'event',
		description:
			'Only for an event about a lead form: the input field that holds the lead, as Get Lead Form gives it',
		displayOptions,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [withExtraFieldsOption, retryMinutesProperty],
	},
];

/** Tells the platform, signed, what a person said or filled in, and adds its reply to the item. */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const { json } = context.getInputData()[itemIndex]!;
	const taken = readTakenEvent(context, itemIndex);
	// Nothing was said, as Understand Message has found.
	if (taken.event.kind === 'referral') return json;
	settleTaken(taken, trail, readRetryWaits(context, itemIndex));
	const said =
		taken.event.kind === 'lead_form'
			? filledIn(context, itemIndex, taken)
			: written(context, itemIndex, taken);
	const { withExtraFields = false } = context.getNodeParameter('options', itemIndex) as {
		withExtraFields?: boolean;
	};
	const asked = await ask({ context, itemIndex, run, trail }, said, withExtraFields);
	if (!asked.ok) throw asked.error;
	return {
		...json,
		reply: asked.reply as IDataObject,
		correlationId: trail.correlationId,
	};
};

function written(
	context: IExecuteFunctions,
	itemIndex: number,
	{ event, session }: TakenEvent,
): Said {
	const { json } = context.getInputData()[itemIndex]!;
	const what = 'understanding of the message';
	const understanding = readContract(
		context,
		itemIndex,
		understandingContract,
		json.understanding,
		what,
	);
	const lastPropertyViewed = propertyViewed(event) ?? session.lastPropertyViewed;
	return {
		event,
		understanding,
		session: { ...session, lastPropertyViewed },
		known: knownFrom([...session.learned, understanding]),
	};
}

function filledIn(
	context: IExecuteFunctions,
	itemIndex: number,
	{ event, session }: TakenEvent,
): Said {
	const { json } = context.getInputData()[itemIndex]!;
	const field = context.getNodeParameter('leadField', itemIndex) as string;
	const lead = readContract(context, itemIndex, leadCreated, json[field], 'lead');
	return {
		event,
		understanding: {
			intents: [{ name: 'lead_form', confidence: 1 }],
			language: { code: 'unknown', confidence: 0 },
		},
		session: { ...session, lastPropertyViewed: lead.property_id ?? null },
		known: knownFromLead(lead),
		lead,
	};
}

export const askPlatform: Operation = {
	resource: 'message',
	operation: 'askPlatform',
	description,
	execute,
};
