import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { alertMail } from '../../health/alertMail';
import { markAlertTold } from '../../health/markAlertTold';
import { readTakenAlert } from '../alert.description';

const description: INodeProperties[] = [];

/** Hands an alert on with the words of its mail, and with the statements that mark it as told. */
const execute: Execute = async (context, itemIndex) => {
	const alert = readTakenAlert(context, itemIndex);
	const { alertId, leaseToken, about } = alert;
	const told = (channel: 'mail' | 'platform') =>
		markAlertTold({ alertId, leaseToken, about, channel });
	return {
		...alert,
		mail: alertMail(alert),
		stateStore: { mailed: { ...told('mail') }, reported: { ...told('platform') } },
	};
};

export const describe: Operation = {
	resource: 'alert',
	operation: 'describe',
	description,
	execute,
};
