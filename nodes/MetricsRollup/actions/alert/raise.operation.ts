import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { applyAlerts } from '../../health/applyAlerts';
import { describeFailure } from '../../health/describeFailure';

const description: INodeProperties[] = [];

/** Makes the statement that raises an alert about a failed workflow; one that is open is not doubled. */
const execute: Execute = async (context, itemIndex) => {
	const alert = describeFailure(context.getInputData()[itemIndex]!.json);
	const change = { ...alert, condition: 'breached' as const };
	return {
		alert: alert as unknown as IDataObject,
		stateStore: { raise: { ...applyAlerts([change], 0) } },
	};
};

export const raise: Operation = { resource: 'alert', operation: 'raise', description, execute };
