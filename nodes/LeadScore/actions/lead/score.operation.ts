import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { toScoringInput } from '../../scoring/input';
import { leadField, readLeadItem } from '../lead.description';
import { readScorer, scoringProperties } from '../scoring.description';

const show = { resource: ['lead'], operation: ['score'] };

const description: INodeProperties[] = [
	{ ...leadField, displayOptions: { show } },
	...scoringProperties(show),
];

/** Scores one lead and hands its item on, with the score in "scoring". */
const execute: Execute = async (context, itemIndex) => {
	const score = readScorer(context, itemIndex);
	const { lead, ...found } = readLeadItem(context, itemIndex);
	const { json } = context.getInputData()[itemIndex]!;
	const scoring = score(toScoringInput(lead, found), Date.now());
	return { ...json, scoring: scoring as unknown as IDataObject };
};

export const score: Operation = { resource: 'lead', operation: 'score', description, execute };
