/** Runs of the workflows that watch over the others, and what people hear from them. */
import { until } from '../integration/platform/until.cts';
import type { WorkflowJson } from './editor.cts';
import { ended, itemsOf } from './executions.cts';
import { world } from './world.cts';

/** The items that a node has put out in a run that has ended. */
export type Ran = (node: string, output?: number) => object[];

/** Runs a workflow inside the running n8n, by hand and to its end, which has to be a good one. */
export async function run(workflowId: string, trigger: string): Promise<Ran> {
	const { status, kept } = await ended(await world().editor.run(workflowId, trigger));
	expect([workflowId, status]).toEqual([workflowId, 'success']);
	return (node, output) => itemsOf(kept, node, output);
}

/** Saves a copy of a workflow with some of its nodes' parameters changed; answers its id. */
export async function saveCopy(
	workflowId: string,
	changes: Record<string, object>,
): Promise<string> {
	const { editor } = world();
	const { name, nodes, connections, settings }: WorkflowJson = await editor.open(workflowId);
	return await editor.save({
		name: `${name} (copy)`,
		nodes: nodes.map((node) => ({
			...node,
			parameters: { ...node.parameters, ...changes[node.name] },
		})),
		connections,
		settings,
	});
}

export interface AlertRow {
	severity: string;
	title: string;
	detail: string;
	times: number;
	isOpen: boolean;
}

/** All alerts about something, oldest first. */
export async function alertsAbout(key: string): Promise<AlertRow[]> {
	const { rows } = await world().platform.pool.query<AlertRow>(
		`SELECT severity, title, detail, times, resolved_at IS NULL AS "isOpen"
		 FROM property_platform.alerts WHERE alert_key = $1 ORDER BY id`,
		[key],
	);
	return rows;
}

/** The mails about an alert, oldest first. */
export function mailsAbout(key: string) {
	return world().smtp.mails.filter(({ text }) => text.includes(`\nKey: ${key}\n`));
}

/** What the platform was told of an alert, oldest first. */
export async function entriesAbout(key: string): Promise<Array<Record<string, string>>> {
	const { rows } = await world().platform.pool.query<Record<string, string>>(
		`SELECT event, severity, title, detail FROM alert_entry WHERE alert_key = $1 ORDER BY id`,
		[key],
	);
	return rows;
}

/** Waits until people and the platform have heard so often of an alert, each. */
export async function told(key: string, times: number): Promise<void> {
	await until(
		async () => mailsAbout(key).length >= times && (await entriesAbout(key)).length >= times,
		20_000,
	);
}

/** As if whoever was telling people of an alert had died long ago. */
export async function endTelling(key: string): Promise<void> {
	await world().platform.pool.query(
		`UPDATE property_platform.alerts SET lease_until = now()
		 WHERE alert_key = $1 AND lease_token IS NOT NULL`,
		[key],
	);
}
