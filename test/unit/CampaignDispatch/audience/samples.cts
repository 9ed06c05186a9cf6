import { AudienceError } from '../../../../nodes/CampaignDispatch/audience/audienceError';
import { compileAudience, type Row } from '../../../../nodes/CampaignDispatch/audience/evaluate';
import type { AudienceField } from '../../../../nodes/CampaignDispatch/audience/fields';
import { parseAudience } from '../../../../nodes/CampaignDispatch/audience/parser';

/** The contacts of an agency, each field in a column of its own name. */
export const FIELDS: readonly AudienceField[] = (
	[
		['budget_min', 'number'],
		['budget_max', 'number'],
		['beds', 'number'],
		['city', 'text'],
		['zip', 'text'],
		['consent', 'boolean'],
		['unsubscribed', 'boolean'],
		['created_at', 'date'],
		['last_seen', 'date'],
	] as const
).map(([name, type]) => ({ name, type, column: name }));

export const parse = (query: string) => parseAudience(query, FIELDS);

/** Whether a row is chosen. */
export const chooses = (query: string, row: Row) => compileAudience(parse(query))(row);

/** What is wrong with a query; a query with nothing wrong fails the test. */
export function problemOf(query: string): AudienceError {
	try {
		parse(query);
	} catch (error) {
		if (error instanceof AudienceError) return error;
		throw error;
	}
	throw new Error(`Accepted: ${query}`);
}

/** No measure of speed: what is not linear takes minutes, on any machine. */
export const HANGS_MS = 10_000;

/** CPU time of this process so far: neighbours take time on the clock and none of this. */
export function cpuMs(): number {
	return process.cpuUsage().user / 1000;
}
