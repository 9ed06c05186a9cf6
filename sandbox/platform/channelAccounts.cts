import { META_DEFAULTS } from '../vendors/metaAccounts.cts';
import type { Queryable } from './database.cts';
import { DEMO_COMPANIES } from './demoCompanies.cts';

/** A Page or an Instagram account of Meta, and whose it is. */
export interface ChannelAccount {
	channel: 'facebook' | 'instagram';
	accountId: string;
	companyId: string;
}

/** The accounts of the stand-in: the first Page is the first demo company's, and so on. */
export const DEMO_ACCOUNTS: readonly ChannelAccount[] = META_DEFAULTS.pages.flatMap(
	(page, index): ChannelAccount[] => {
		const companyId = DEMO_COMPANIES[index]!.id;
		const accounts: ChannelAccount[] = [{ channel: 'facebook', accountId: page.id, companyId }];
		if ('instagram' in page) {
			accounts.push({ channel: 'instagram', accountId: page.instagram.id, companyId });
		}
		return accounts;
	},
);

/** Says whose account it is, from now on. */
export async function saveAccount(
	db: Queryable,
	{ channel, accountId, companyId }: ChannelAccount,
): Promise<void> {
	await db.query(
		`INSERT INTO channel_account (channel, account_id, company_id) VALUES ($1, $2, $3)
		 ON CONFLICT (channel, account_id) DO UPDATE SET company_id = excluded.company_id`,
		[channel, accountId, companyId],
	);
}

/** The company that an account belongs to; undefined where nobody said so. */
export async function companyOf(
	db: Queryable,
	channel: string,
	accountId: string | undefined,
): Promise<string | undefined> {
	const { rows } = await db.query<{ company_id: string }>(
		'SELECT company_id FROM channel_account WHERE channel = $1 AND account_id = $2',
		[channel, accountId ?? null],
	);
	return rows[0]?.company_id;
}
