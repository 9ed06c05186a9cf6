import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { EnrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import type { LeadCreated } from '../../nodes/shared/contracts/leadCreated';

const TEMPLATES = path.join(__dirname, '..', '..', 'workflows');

export interface TemplateSamples {
	listings: EnrichProperty[];
	leads: LeadCreated[];
}

/** The events behind "Try It With …" in the templates of a folder, the package's own by default. */
export async function templateSamples(folder = TEMPLATES): Promise<TemplateSamples> {
	const samples: TemplateSamples = { listings: [], leads: [] };
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	for (const file of files) {
		const { nodes } = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as {
			nodes: Array<{ name: string; parameters: { jsonOutput?: string } }>;
		};
		for (const { name, parameters } of nodes) {
			const { jsonOutput } = parameters;
			if (name === 'Sample Listing' && jsonOutput) {
				samples.listings.push((JSON.parse(jsonOutput) as { event: EnrichProperty }).event);
			}
			if (name === 'Sample Leads' && jsonOutput) {
				const { events } = JSON.parse(jsonOutput) as { events: { event: LeadCreated }[] };
				samples.leads.push(...events.map(({ event }) => event));
			}
		}
	}
	return samples;
}
