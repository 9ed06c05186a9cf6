import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { MetricsSnapshot } from '../../../shared/contracts/metrics';
import type { Execute, Operation, Run } from '../../../shared/n8n/operation';
import { SIGNED_WEBHOOK_CREDENTIAL } from '../../../shared/n8n/signedWebhookCredential';
import { noteAttempts, type Trail } from '../../../shared/stateStore/trail';
import { clockSkewSeconds } from '../../rollup/clockSkew';
import { readSnapshot, snapshotRequest } from '../../rollup/readSnapshot';
import { companyIdProperty, readCompanyId } from '../company.description';

const displayOptions = { show: { resource: ['snapshot'], operation: ['getSnapshot'] } };

const description: INodeProperties[] = [{ ...companyIdProperty, displayOptions }];

export interface AskedSnapshot {
	snapshot: MetricsSnapshot;
	/** How far the platform's clock is ahead of ours; undefined where it does not say. */
	clockSkewSeconds: number | undefined;
}

/** Asks the platform, signed, for a company's figures as they are now. */
export async function askSnapshot(
	run: Run,
	itemIndex: number,
	trail: Trail,
	companyId: string,
): Promise<AskedSnapshot> {
	const send = await run.send(SIGNED_WEBHOOK_CREDENTIAL, itemIndex, {
		onAttempt: noteAttempts(trail, 'snapshot', 'platform'),
	});
	const response = await send(snapshotRequest(companyId, trail.correlationId));
	const now = Date.now();
	return {
		snapshot: readSnapshot(response, companyId, now),
		clockSkewSeconds: clockSkewSeconds(response.headers, now),
	};
}

/** Hands the item on with the snapshot in "snapshot". */
const execute: Execute = async (context, itemIndex, run, trail) => {
	const companyId = readCompanyId(context, itemIndex);
	const { json } = context.getInputData()[itemIndex]!;
	const asked = await askSnapshot(run, itemIndex, trail, companyId);
	return {
		...json,
		companyId,
		correlationId: trail.correlationId,
		...(asked as unknown as IDataObject),
	};
};

export const getSnapshot: Operation = {
	resource: 'snapshot',
	operation: 'getSnapshot',
	description,
	execute,
};
