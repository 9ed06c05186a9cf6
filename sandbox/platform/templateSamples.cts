import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { CampaignRequested } from '../../nodes/shared/contracts/campaignRequested';
import type { EnrichProperty } from '../../nodes/shared/contracts/enrichProperty';
import type { LeadCreated } from '../../nodes/shared/contracts/leadCreated';

const TEMPLATES = path.join(__dirname, '..', '..', 'workflows');

export interface TemplateSamples {
	listings: EnrichProperty[];
	leads: LeadCreated[];
	campaigns: CampaignRequested[];
}

interface Sample<T> {
	event: T;
}

/** The events behind "Try It With …" in the templates of a folder, the package's own by default. */
export async function templateSamples(folder = TEMPLATES): Promise<TemplateSamples> {
	const samples: TemplateSamples = { listings: [], leads: [], campaigns: [] };
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	for (const file of files) {
		const { nodes } = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as {
			nodes: Array<{ name: string; parameters: { jsonOutput?: string } }>;
		};
		for (const { name, parameters } of nodes) {
			const { jsonOutput } = parameters;
			if (!jsonOutput) continue;
			if (name === 'Sample Listing') {
				samples.listings.push((JSON.parse(jsonOutput) as Sample<EnrichProperty>).event);
			}
			if (name === 'Sample Leads') samples.leads.push(...eventsOf<LeadCreated>(jsonOutput));
			if (name === 'Sample Campaigns') {
				samples.campaigns.push(...eventsOf<CampaignRequested>(jsonOutput));
			}
		}
	}
	return samples;
}

function eventsOf<T>(jsonOutput: string): T[] {
	const { events } = JSON.parse(jsonOutput) as { events: Sample<T>[] };
	return events.map(({ event }) => event);
}
