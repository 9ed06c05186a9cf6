import type { IDataObject } from 'n8n-workflow';

import type { Database } from '../stateStore/database.cts';
import { statementIn } from './metricsSurroundings.cts';

/**
 * n8n's Postgres node as the workflows use it: runs the statement of each item, and hands on the rows
 * of all as items, through JSON.
 */
export function postgresNode({ rows }: Database) {
	return async (items: IDataObject[], statement: string): Promise<IDataObject[]> => {
		const answered: IDataObject[] = [];
		for (const item of items) answered.push(...(await rows(statementIn(item, statement))));
		return JSON.parse(JSON.stringify(answered)) as IDataObject[];
	};
}
