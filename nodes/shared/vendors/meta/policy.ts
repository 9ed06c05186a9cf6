/** @see https://developers.facebook.com/docs/graph-api/overview */
export const META = {
	name: 'Meta',
	/** With the version, which Meta keeps for two years. */
	baseUrl: 'https://graph.facebook.com/v26.0',
	/** Of a conversation, Graph gives the details of the latest 20 messages and no more. */
	recentMessages: 20,
	timeoutMs: 10_000,
} as const;

/**
 * Names the Page, or the Instagram account, in whose name a request is made. The credential puts the
 * token of that account in its place and sends the header to nobody. A request without it is the
 * app's own.
 */
export const ACCOUNT_HEADER = 'X-Meta-Account';

/** The header of a request in the name of an account. */
export function inTheNameOf(accountId: string): Record<string, string> {
	return { [ACCOUNT_HEADER]: accountId };
}
