import { createHash } from 'node:crypto';

/** Which companies a flow is switched on for while it is being rolled out. */
export interface Rollout {
	/** Only these companies; empty means all of them. */
	companies: readonly string[];
	/** Share of companies from 0 to 100, picked by a hash that never changes. */
	percentage: number;
}

/**
 * Whether a company takes part. The same company gives the same answer on every machine, and
 * raising the percentage only ever adds companies.
 */
export function isSelected(companyId: string, { companies, percentage }: Rollout): boolean {
	if (companies.length > 0 && !companies.includes(companyId)) return false;
	const hash = createHash('sha256').update(companyId).digest().readUInt32BE(0);
	return (hash / 2 ** 32) * 100 < percentage;
}
