/** Who takes part: the app, its Pages with their Instagram accounts, and people. */
export type MetaChannel = 'facebook' | 'instagram';

export interface MetaPage {
	id: string;
	name: string;
	/** The Page access token; it is good for the Page's Instagram account too. */
	token: string;
	instagram?: { id: string; username: string };
}

/** Somebody who has a profile. Whoever else writes is known by the id alone. */
export interface MetaPerson {
	channel: MetaChannel;
	/** Page-scoped or Instagram-scoped; the same for all Pages here. */
	id: string;
	/** First name and last name. */
	name: string;
	/** On Instagram. */
	username?: string;
}

/** A Page or an Instagram account: what a conversation is held with. */
export interface MetaAccount {
	channel: MetaChannel;
	id: string;
	/** An Instagram account's is its username. */
	name: string;
	page: MetaPage;
}

/** Long ids are above 2^53, as many of Meta's are. */
export const META_DEFAULTS = {
	appId: '260000000000001',
	appSecret: 'sandbox-meta-app-secret',
	pages: [
		{
			id: '104857600000001',
			name: 'Company Realty',
			token: 'EAASandboxCompanyRealtyPageToken',
			instagram: { id: '17841400000000001', username: 'company.realty' },
		},
		{ id: '104857600000002', name: 'Second Realty', token: 'EAASandboxSecondRealtyPageToken' },
	],
	people: [
		{ channel: 'facebook', id: '24700000000000101', name: 'Ana Reyes' },
		{ channel: 'facebook', id: '24700000000000103', name: 'Ben Cruz' },
		{ channel: 'facebook', id: '24700000000000105', name: 'Carlo Dizon' },
		{ channel: 'instagram', id: '17900000000000201', name: 'Dina Santos', username: 'dina.santos' },
		{ channel: 'instagram', id: '17900000000000203', name: 'Erik Tan', username: 'erik.tan' },
	],
} as const satisfies {
	appId: string;
	appSecret: string;
	pages: readonly MetaPage[];
	people: readonly MetaPerson[];
};

/** Every Page and Instagram account, by id. */
export function accountsOf(pages: readonly MetaPage[]): Map<string, MetaAccount> {
	const accounts = new Map<string, MetaAccount>();
	for (const page of pages) {
		const { id, name, instagram } = page;
		accounts.set(id, { channel: 'facebook', id, name, page });
		if (instagram) {
			const { id: instagramId, username } = instagram;
			accounts.set(instagramId, {
				channel: 'instagram',
				id: instagramId,
				name: username,
				page,
			});
		}
	}
	return accounts;
}
