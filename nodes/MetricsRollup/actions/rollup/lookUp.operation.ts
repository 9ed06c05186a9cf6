import type { INodeProperties } from 'n8n-workflow';

import { correlationIdFrom } from '../../../shared/intake/correlation';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { previousRollups } from '../../rollup/previousRollups';
import { companyFieldProperty, companyOf, parkedIn } from '../company.description';

const displayOptions = { show: { resource: ['rollup'], operation: ['lookUp'] } };

const description: INodeProperties[] = [{ ...companyFieldProperty, displayOptions }];

/** Makes the statement that finds the last rollup of each company, with one answer a company. */
const execute: Execute = async (context) => {
	const asked = context.getInputData().map(({ json }, itemIndex) => {
		const delivery = parkedIn({ delivery: json });
		return {
			// One without is for Roll Up to refuse, item by item.
			companyId: companyOf(context, itemIndex),
			correlationId: correlationIdFrom(json.correlationId),
			...(delivery && { delivery }),
		};
	});
	return { companies: asked.length, stateStore: { lookUp: { ...previousRollups(asked) } } };
};

export const lookUp: Operation = {
	resource: 'rollup',
	operation: 'lookUp',
	description,
	execute,
	takesAllItems: () => true,
};
