import {
	ApplicationError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { ACCOUNT_HEADER } from '../vendors/meta/policy';
import { appSecretProof } from '../vendors/meta/appSecretProof';

/** The name under which nodes ask for Meta's credential. */
export const META_CREDENTIAL = 'metaMessagingApi';

/** Tokens of Instagram Login begin so; they belong to another host than those of Pages. */
const INSTAGRAM_LOGIN = /^IG/;

/** What the webhooks of an app are checked and registered with. */
export interface MetaApp {
	appId: string;
	verifyToken: string;
	/** Those that may sign a webhook, the current one first; those not filled in are left out. */
	signingSecrets: string[];
	/** The accounts that the credential has a token for. */
	accounts: Array<{ id: string; usesInstagramLogin: boolean }>;
}

/** Reads a `Meta Messaging API` credential. Throws an ApplicationError where Page Tokens are no JSON. */
export function readMetaCredential(credentials: ICredentialDataDecryptedObject): MetaApp {
	const { appId, appSecret, previousAppSecret, instagramAppSecret, verifyToken } = credentials;
	return {
		appId: textOf(appId),
		verifyToken: textOf(verifyToken),
		signingSecrets: [appSecret, previousAppSecret, instagramAppSecret]
			.map(textOf)
			.filter((secret) => secret !== ''),
		accounts: Object.entries(pageTokens(credentials)).map(([id, token]) => ({
			id,
			usesInstagramLogin: INSTAGRAM_LOGIN.test(token),
		})),
	};
}

/**
 * Puts the token into a request to Graph: that of the Page or Instagram account that the request
 * names, or the app's own where it names none. Tokens travel in a header, never in an address.
 * Throws an ApplicationError where the credential has no such token.
 * @see https://developers.facebook.com/docs/graph-api/securing-requests
 */
export function authorizeMetaRequest(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): IHttpRequestOptions {
	const { [ACCOUNT_HEADER]: account, ...headers } = requestOptions.headers ?? {};
	const appSecret = textOf(credentials.appSecret);
	if (account === undefined) {
		const token = `${textOf(credentials.appId)}|${appSecret}`;
		return { ...requestOptions, headers: { ...headers, Authorization: `Bearer ${token}` } };
	}
	const token = tokenOf(credentials, String(account));
	const authorized = { ...headers, Authorization: `Bearer ${token}` };
	if (INSTAGRAM_LOGIN.test(token)) {
		const base = textOf(credentials.baseUrl).replace(/\/+$/, '');
		const instagramBase = textOf(credentials.instagramBaseUrl).replace(/\/+$/, '');
		const { url } = requestOptions;
		return { ...requestOptions, url: url.replace(base, instagramBase), headers: authorized };
	}
	return {
		...requestOptions,
		headers: authorized,
		qs: {
			...requestOptions.qs,
			...(appSecret !== '' && { appsecret_proof: appSecretProof(token, appSecret) }),
		},
	};
}

function tokenOf(credentials: ICredentialDataDecryptedObject, account: string): string {
	const token = pageTokens(credentials)[account];
	if (token !== undefined && token !== '') return token;
	throw new ApplicationError(
		`The credential Meta Messaging API has no token for the account ${account}. Open it and add the account to Page Tokens.`,
	);
}

function pageTokens(credentials: ICredentialDataDecryptedObject): Record<string, string> {
	const given = textOf(credentials.pageTokens);
	if (given === '') return {};
	const tokens = parseTokens(given);
	if (tokens) return tokens;
	throw new ApplicationError(
		'Page Tokens of the credential Meta Messaging API are no JSON object. Write them like {"<Page ID>": "<token>"}, both in quotes.',
	);
}

function parseTokens(given: string): Record<string, string> | undefined {
	try {
		const parsed: unknown = JSON.parse(given);
		if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
		const entries = Object.entries(parsed);
		return entries.every(([, token]) => typeof token === 'string')
			? Object.fromEntries(entries.map(([id, token]) => [id.trim(), (token as string).trim()]))
			: undefined;
	} catch {
		return undefined;
	}
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
