/**
 * What the app is told of: a field counts where the app and the Page have it both. For Instagram
 * it is enough that the linked Page has any field.
 * @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
 */
import type { MetaAccount, MetaPage } from './metaAccounts.cts';

export type MetaObject = 'page' | 'instagram';

const BOTH = [
	'messages',
	'messaging_postbacks',
	'messaging_optins',
	'message_reactions',
	'standby',
];

/** Whatever stands here can be subscribed to; the stand-in itself tells of a part of it. */
export const FIELDS: Readonly<Record<MetaObject, readonly string[]>> = {
	page: [
		...BOTH,
		'message_deliveries',
		'message_reads',
		'message_echoes',
		'message_edits',
		'messaging_referrals',
		'messaging_handovers',
		'messaging_account_linking',
		'messaging_policy_enforcement',
		'messaging_feedback',
		'leadgen',
		'feed',
	],
	instagram: [
		...BOTH,
		'messaging_seen',
		'message_edit',
		'messaging_referral',
		'messaging_handover',
		'comments',
		'live_comments',
		'mentions',
		'story_insights',
	],
};

export interface Subscription {
	object: MetaObject;
	callbackUrl: string;
	fields: string[];
}

export class MetaSubscriptions {
	/** The app's. */
	readonly ofApp = new Map<MetaObject, Subscription>();
	/** The Pages' fields, by Page. */
	readonly ofPages = new Map<MetaPage, string[]>();

	constructor(private readonly pages: readonly MetaPage[]) {}

	/** To everything but delivery receipts, which would double the traffic, on every Page. */
	subscribeAll(callbackUrl: string): void {
		for (const object of ['page', 'instagram'] as const) {
			const fields = FIELDS[object].filter((field) => field !== 'message_deliveries');
			this.ofApp.set(object, { object, callbackUrl, fields });
		}
		for (const page of this.pages) this.ofPages.set(page, [...FIELDS.page]);
	}

	/** Where an event of this field goes; undefined where nobody asked for it. */
	callbackFor({ channel, page }: MetaAccount, field: string): string | undefined {
		const subscription = this.ofApp.get(channel === 'facebook' ? 'page' : 'instagram');
		const pageFields = this.ofPages.get(page);
		const isWanted = channel === 'facebook' ? pageFields?.includes(field) : pageFields?.length;
		return isWanted && subscription?.fields.includes(field) ? subscription.callbackUrl : undefined;
	}

	/** Some callback URL of the app's. */
	anyCallback(): string | undefined {
		return [...this.ofApp.values()][0]?.callbackUrl;
	}

	isUsed(callbackUrl: string): boolean {
		return [...this.ofApp.values()].some((one) => one.callbackUrl === callbackUrl);
	}

	/** What Meta does to an app whose callback URL failed for too long. */
	drop(callbackUrl: string): void {
		for (const [object, subscription] of this.ofApp) {
			if (subscription.callbackUrl === callbackUrl) this.ofApp.delete(object);
		}
	}

	forget(): void {
		this.ofApp.clear();
		this.ofPages.clear();
	}
}
