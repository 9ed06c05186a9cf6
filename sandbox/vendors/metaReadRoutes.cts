/** What can be read: conversations, people, leads, Pages, the app, tokens. */
import type { MetaAccount } from './metaAccounts.cts';
import { invalid, META_FAILURES, Refusal, unsupported } from './metaErrors.cts';
import { type Field, parseFields, picked } from './metaFields.cts';
import type { MetaLead, MetaLeads } from './metaLeads.cts';
import type { MetaMessage } from './metaMessages.cts';
import type { GraphApp, GraphRequest } from './metaRequest.cts';
import { accountOf, type MetaOffice } from './metaSendRoutes.cts';
import { inOrder, type Thread } from './metaThreads.cts';

const PLATFORMS = { facebook: 'messenger', instagram: 'instagram' };
const DEFAULT_LIMIT = 25;

export interface MetaArchive extends MetaOffice {
	app: GraphApp;
	leads: MetaLeads;
}

/** `GET /{id}`: whatever has that id. */
export function readNode(archive: MetaArchive, request: GraphRequest): object {
	const { id, caller, method } = request;
	if (id === archive.app.appId) return answer(request, { id, name: 'Sandbox' }, 'Application');
	const account = archive.accounts.get(id);
	if (account) return readAccount(accountOf(archive, request), request);
	if (caller.kind === 'page') {
		const lead = archive.leads.find(id);
		if (lead?.page === caller.page) return readLead(lead, request);
		const own = [...archive.accounts.values()].filter(({ page }) => page === caller.page);
		const met = own.find((candidate) => archive.threads.find(candidate.id, id));
		if (met) return readProfile(archive, met, request);
	}
	throw unsupported(method, id);
}

/**
 * `GET /{page or Instagram account}/conversations`, the latest first and all on one page.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversations
 */
export function readConversations(archive: MetaArchive, request: GraphRequest): object {
	const { platform = 'messenger', user_id: person, limit = DEFAULT_LIMIT } = request.parameters;
	let account = accountOf(archive, request);
	const { instagram } = account.page;
	if (platform === PLATFORMS.instagram && instagram) account = archive.accounts.get(instagram.id)!;
	if (platform !== PLATFORMS[account.channel]) {
		throw invalid('The page is not linked to an Instagram account', 2534013);
	}
	const wanted = wantedFields(request, ['id', 'updated_time']);
	const threads = archive.threads
		.of(account.id)
		.filter((thread) => person === undefined || thread.person === String(person));
	return {
		data: threads
			.slice(0, Number(limit))
			.map((thread) => picked(conversation(archive, thread, wanted), wanted, 'UnifiedThread')),
	};
}

/** `GET /debug_token`. @see https://developers.facebook.com/docs/graph-api/reference/debug_token */
export function debugToken({ app }: MetaArchive, { parameters }: GraphRequest): object {
	const { input_token: token } = parameters;
	const page = app.pages.find((candidate) => candidate.token === token);
	if (!page && token !== `${app.appId}|${app.appSecret}`) {
		const error = { code: 190, message: 'Invalid OAuth access token.' };
		return { data: { error, is_valid: false, scopes: [] } };
	}
	const type = page ? 'PAGE' : 'APP';
	const owner = page && { profile_id: page.id };
	return { data: { app_id: app.appId, type, application: 'Sandbox', is_valid: true, ...owner } };
}

function readAccount({ channel, page, name, id }: MetaAccount, request: GraphRequest): object {
	if (channel === 'instagram') {
		return answer(request, { id, username: name, name, profile_picture_url: undefined }, 'IGUser');
	}
	const { token: access_token, instagram } = page;
	const instagram_business_account = instagram && { id: instagram.id };
	const node = { id, name, category: 'Real Estate', access_token, instagram_business_account };
	return answer(request, node, 'Page', ['id', 'name']);
}

/** @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/identity/user-profile */
function readProfile({ people }: MetaArchive, { channel }: MetaAccount, request: GraphRequest) {
	const profile = people.find(request.id);
	if (profile === undefined) throw new Refusal(META_FAILURES.noProfile);
	const { id, name, username } = profile;
	const [first = '', ...rest] = name.split(' ');
	const names = { id, first_name: first, last_name: rest.join(' ') };
	const profile_pic = `https://example.com/profiles/${id}.jpg`;
	return channel === 'facebook'
		? answer(request, { ...names, profile_pic, name }, 'User', Object.keys(names))
		: answer(request, { id, name, username, profile_pic, follower_count: 100 }, 'IGBusinessUser');
}

function readLead({ id, page, form, answers, adId, at }: MetaLead, request: GraphRequest) {
	const node = {
		id,
		created_time: graphTime(new Date(at).toISOString()),
		ad_id: adId,
		ad_name: adId && `Ad ${adId}`,
		adset_id: adId && `${adId}1`,
		adset_name: adId && `Ad set ${adId}1`,
		campaign_id: adId && `${adId}2`,
		campaign_name: adId && `Campaign ${adId}2`,
		form_id: form,
		page_id: page.id,
		is_organic: adId === undefined,
		platform: 'fb',
		field_data: Object.entries(answers).map(([name, values]) => ({
			name,
			values: [values].flat(),
		})),
	};
	return answer(request, node, 'UserLeadGenInfo', ['created_time', 'id', 'field_data']);
}

function conversation(archive: MetaArchive, thread: Thread, wanted: readonly Field[]) {
	const messages = inOrder(thread)
		.filter(({ isUnsent }) => !isUnsent)
		.reverse();
	const both = sides(archive, thread);
	const field = wanted.find(({ name }) => name === 'messages');
	return {
		id: `t_${thread.account.id}_${thread.person}`,
		link: undefined,
		updated_time: messages[0] && graphTime(messages[0].at),
		participants: { data: [both.person, both.page] },
		messages: {
			data: messages
				.slice(0, field?.limit ?? DEFAULT_LIMIT)
				.map((message) =>
					picked(messageNode(message, both), field?.fields ?? MESSAGE_FIELDS, 'Message'),
				),
		},
	};
}

const MESSAGE_FIELDS: Field[] = [{ name: 'id' }, { name: 'created_time' }];

function messageNode(message: MetaMessage, { person, page }: ReturnType<typeof sides>) {
	const { mid: id, at, text, from } = message;
	const [author, other] = from === 'page' ? [page, person] : [person, page];
	return {
		id,
		created_time: graphTime(at),
		from: author,
		to: { data: [other] },
		message: text,
		attachments: undefined,
	};
}

function sides({ people }: MetaArchive, { account, person: id }: Thread) {
	const profile = people.find(id);
	return account.channel === 'facebook'
		? {
				person: { name: profile?.name ?? '', email: `${id}@facebook.com`, id },
				page: { name: account.name, email: `${account.id}@facebook.com`, id: account.id },
			}
		: {
				person: { username: profile?.username ?? '', id },
				page: { username: account.name, id: account.id },
			};
}

function answer(
	request: GraphRequest,
	node: Record<string, unknown>,
	type: string,
	defaults: readonly string[] = Object.keys(node),
): object {
	return picked(node, wantedFields(request, defaults), type);
}

function wantedFields({ parameters }: GraphRequest, defaults: readonly string[]): Field[] {
	const { fields } = parameters;
	return fields === undefined || fields === ''
		? defaults.map((name) => ({ name }))
		: parseFields([fields].flat().join(','));
}

/** Graph's dates have seconds, and the zone without a colon. */
function graphTime(iso: string): string {
	return iso.replace(/\.\d+Z$/, '+0000');
}
