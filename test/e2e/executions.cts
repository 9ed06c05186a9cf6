/** n8n's executions, from its own database: what ran, how it ended and what was kept of it. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { until } from '../integration/platform/until.cts';
import { world } from './world.cts';

export interface Execution {
	id: number;
	workflowId: string;
	status: string;
	/** Everything n8n kept of it, as text: input, output and error of every node. */
	kept: string;
}

const UNDER_WAY = ['new', 'running'];

/** What a schedule starts, or another workflow that calls or fails, comes in between at any time. */
const STARTED_FROM_OUTSIDE = `mode NOT IN ('trigger', 'integrated', 'error')`;

/** A mark to count from. */
export function latestExecutionId(): number {
	return query('SELECT coalesce(max(id), 0) AS id FROM execution_entity')[0]!.id as number;
}

export function countExecutionsAfter(id: number): number {
	return query(
		`SELECT count(*) AS count FROM execution_entity WHERE id > ? AND ${STARTED_FROM_OUTSIDE}`,
		id,
	)[0]!.count as number;
}

/** Where a workflow keeps none, n8n marks them so and removes them within the hour. */
const KEPT = 'deletedAt IS NULL';

/** The executions after a mark that are kept, oldest first, as soon as all of them have ended. */
export async function executionsAfter(id: number): Promise<Execution[]> {
	return await until(() => {
		const executions = query(
			`SELECT id, execution_entity.workflowId, status, coalesce(data, '') AS kept
			 FROM execution_entity LEFT JOIN execution_data ON executionId = id
			 WHERE id > ? AND ${STARTED_FROM_OUTSIDE} AND ${KEPT} ORDER BY id`,
			id,
		) as unknown as Execution[];
		return executions.every(({ status }) => !UNDER_WAY.includes(status)) && executions;
	}, 20_000);
}

/** One execution, however it was started, as soon as it has ended. */
export async function ended(id: number): Promise<Execution> {
	return await until(() => {
		const [execution] = query(
			`SELECT id, execution_entity.workflowId, status, coalesce(data, '') AS kept
			 FROM execution_entity JOIN execution_data ON executionId = id WHERE id = ?`,
			id,
		) as unknown as Execution[];
		return execution && ![...UNDER_WAY, 'waiting'].includes(execution.status) && execution;
	}, 30_000);
}

/** How the executions of one workflow after a mark ended, oldest first. */
export async function statusesAfter(id: number, workflowId: string): Promise<string[]> {
	const executions = await executionsAfter(id);
	return executions.filter((each) => each.workflowId === workflowId).map(({ status }) => status);
}

/** What the executions after a mark failed with, those that did. */
export async function failuresAfter(id: number): Promise<string[]> {
	const failed = (await executionsAfter(id)).filter(({ status }) => status === 'error');
	return failed.map(({ kept }) => (errorsIn(kept)[0] as Error).message);
}

/** All that n8n keeps of a workflow's executions, whatever started them, once none is under way. */
export async function keptOf(workflowId: string): Promise<string[]> {
	const executions = await until(() => {
		const found = query(
			`SELECT status, coalesce(data, '') AS kept
			 FROM execution_entity LEFT JOIN execution_data ON executionId = id
			 WHERE execution_entity.workflowId = ? AND ${KEPT}`,
			workflowId,
		) as unknown as Execution[];
		return found.every(({ status }) => !UNDER_WAY.includes(status)) && found;
	}, 20_000);
	return executions.map(({ kept }) => kept);
}

/**
 * How the executions of a workflow stand, by their ids. Of those that are not kept n8n does not say
 * how they ended: they are `removed`.
 */
export function statesOf(workflowId: string): Map<number, string> {
	const found = query(
		`SELECT id, CASE WHEN ${KEPT} THEN status ELSE 'removed' END AS status
		 FROM execution_entity WHERE workflowId = ? ORDER BY id`,
		workflowId,
	) as unknown as Array<{ id: number; status: string }>;
	return new Map(found.map(({ id, status }) => [id, status]));
}

function query(sql: string, ...values: Array<number | string>) {
	const file = path.join(world().n8n.userFolder, '.n8n', 'database.sqlite');
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return database.prepare(sql).all(...values);
	} finally {
		database.close();
	}
}

/** The errors in what n8n kept of an execution: of the whole, of its nodes, of failed items. */
export function errorsIn(kept: string): unknown[] {
	const { resultData } = unflattened(kept) as KeptExecution;
	const runs = Object.values(resultData.runData ?? {}).flat();
	const items = runs.flatMap(({ data }) => data?.main?.flatMap((output) => output ?? []) ?? []);
	const ofItems = items.filter(({ json }) => json?.error !== undefined);
	return [
		resultData.error,
		...runs.map(({ error }) => error),
		...ofItems.map(({ json }) => [json!.error, json!.details]),
	].filter((error) => error !== undefined);
}

/** The items that a node has put out in an execution, over all its runs. */
export function itemsOf(kept: string, node: string, output = 0): object[] {
	const { resultData } = unflattened(kept) as KeptExecution;
	const runs = resultData.runData?.[node] ?? [];
	return runs.flatMap(({ data }) => data?.main?.[output] ?? []).map(({ json }) => json ?? {});
}

interface KeptExecution {
	resultData: {
		error?: unknown;
		runData?: Record<string, Array<{ error?: unknown; data?: { main?: Array<Item[] | null> } }>>;
	};
}

interface Item {
	json?: { error?: unknown; details?: unknown };
}

/**
 * n8n keeps a table of values, in which every text within an object is the place of another value.
 * @see https://github.com/WebReflection/flatted
 */
function unflattened(kept: string): unknown {
	const table = JSON.parse(kept) as unknown[];
	const known = new Map<string, object>();
	const valueAt = (place: unknown): unknown => {
		if (typeof place !== 'string') return place;
		const flat = table[Number(place)];
		if (typeof flat !== 'object' || flat === null) return flat;
		const seen = known.get(place);
		if (seen) return seen;
		const value: object = Array.isArray(flat) ? [] : {};
		known.set(place, value);
		for (const [key, inner] of Object.entries(flat)) Reflect.set(value, key, valueAt(inner));
		return value;
	};
	return valueAt('0');
}
