import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { correlationIdFrom } from '../../../shared/intake/correlation';
import type { Execute, Operation } from '../../../shared/n8n/operation';
import { readContract } from '../../../shared/n8n/readContract';
import type { EventLogRow } from '../../../shared/stateStore/eventLog';
import { keepRollups } from '../../rollup/keepRollups';

const description: INodeProperties[] = [];

/** What Roll Up Company, or Compute and Report, put out. */
const rolledUp = z
	.object({
		companyId: z.string(),
		takenAt: z.string(),
		figures: z.record(z.unknown()),
		rates: z.record(z.number().nullable()),
		staleNarratives: z.record(z.number().nullable()),
		deltas: z.record(z.unknown()).nullable(),
		warnings: z.array(z.unknown()),
		durationMs: z.number().nonnegative().default(0),
		log: z.array(z.record(z.unknown())).default([]),
	})
	.passthrough();

/** Makes the statement that keeps the rollups of all items, each once. */
const execute: Execute = async (context) => {
	const items = context.getInputData().map(({ json }) => json);
	const rollups = items.map((json, itemIndex) =>
		readContract(context, itemIndex, rolledUp, json, 'rollup'),
	);
	const kept = rollups.map((rollup) => {
		const { companyId, takenAt, durationMs } = rollup;
		const { figures, rates, staleNarratives, deltas, warnings } = rollup;
		return {
			companyId,
			takenAt,
			durationMs,
			correlationId: correlationIdFrom(rollup.correlationId),
			figures: { figures, rates, staleNarratives, deltas, warnings },
		};
	});
	const log = rollups.flatMap((rollup) => rollup.log) as unknown as EventLogRow[];
	return {
		companies: rollups.map(({ companyId }) => companyId),
		stateStore: { keep: { ...keepRollups(kept, log) } },
	} satisfies IDataObject;
};

export const keep: Operation = {
	resource: 'rollup',
	operation: 'keep',
	description,
	execute,
	takesAllItems: () => true,
};
