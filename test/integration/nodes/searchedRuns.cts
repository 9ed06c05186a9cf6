import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { StoredCredentials } from './credentialStore.cts';
import { type Execution, runSteps, type Step } from './runNode.cts';

export type Items = Array<IDataObject | INodeExecutionData>;

/** Runs of nodes with these credentials. Whatever n8n would save of each is searched for secrets. */
export function searchedRuns(credentials: StoredCredentials, secrets: string[]) {
	async function run(steps: Step[], items: Items): Promise<Execution> {
		const execution = await runSteps(steps, items, credentials);
		for (const secret of secrets) expect(execution.saved).not.toContain(secret);
		return execution;
	}

	/** The items that a single step puts out; a failure is thrown. */
	async function runStep(step: Step, items: Items): Promise<IDataObject[]> {
		const { outputs, error } = await run([step], items);
		if (error) throw error;
		return outputs[0]!.map(({ json }) => json);
	}

	/** What a single step makes of one item. */
	async function runItem(step: Step, item: object): Promise<IDataObject> {
		const [json, ...more] = await runStep(step, [item as IDataObject]);
		expect(more).toEqual([]);
		return json!;
	}

	return { run, runStep, runItem };
}
