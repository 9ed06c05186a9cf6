import { world } from './world.cts';

/** n8n prints the outcome of `execute` as one of its log lines. */
const PRINTING = { N8N_LOG_LEVEL: 'info' };

interface Outcome {
	data: {
		resultData: {
			lastNodeExecuted: string;
			runData: Record<string, Array<{ data: { main: Array<Array<{ json: unknown }>> } }>>;
		};
	};
}

export interface Executed {
	code: number;
	items: unknown[];
}

/** Runs a workflow to its end beside the running n8n; answers the items of a node, or of its last. */
export async function execute(id: string, node?: string): Promise<Executed> {
	const { code, output } = await world().n8n.command(
		['execute', `--id=${id}`, '--rawOutput'],
		PRINTING,
	);
	const json = /^\{$[^]*^\}$/m.exec(output)?.[0];
	if (!json) throw new Error(`n8n execute ended with ${code}:\n${output}`);
	const { lastNodeExecuted, runData } = (JSON.parse(json) as Outcome).data.resultData;
	const outputs = runData[node ?? lastNodeExecuted]!.map(({ data }) => data.main[0]!);
	return { code, items: outputs.flat().map((item) => item.json) };
}
