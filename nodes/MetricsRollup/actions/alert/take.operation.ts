import { randomUUID } from 'node:crypto';

import type { INodeProperties } from 'n8n-workflow';

import type { Execute, Operation } from '../../../shared/n8n/operation';
import { takeAlerts } from '../../health/takeAlerts';

const description: INodeProperties[] = [];

/** A mail that could not be sent is tried again after this time. */
const LEASE_SECONDS = 60;
const AT_A_TIME = 50;

/** Makes the statement that takes the alerts of which somebody still has to be told. */
const execute: Execute = async () => ({
	stateStore: {
		take: {
			...takeAlerts({
				leaseToken: randomUUID(),
				leaseSeconds: LEASE_SECONDS,
				limit: AT_A_TIME,
			}),
		},
	},
});

export const take: Operation = { resource: 'alert', operation: 'take', description, execute };
