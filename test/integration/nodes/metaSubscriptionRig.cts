/** A trigger of Meta's whose address answers, and a Graph that it subscribes at. */
import { MetaBrokerTrigger } from '../../../nodes/MetaBroker/MetaBrokerTrigger.node';
import { listen } from '../../../sandbox/listen.cts';
import { META_DEFAULTS, startMeta } from '../../../sandbox/vendors/meta.cts';
import { setUpTrigger } from './triggerRig.cts';

const { appId, appSecret, pages } = META_DEFAULTS;
const [FIRST, SECOND] = pages;
export const PAGE_TOKENS = {
	[FIRST.id]: FIRST.token,
	[FIRST.instagram.id]: FIRST.token,
	[SECOND.id]: SECOND.token,
};
const CREDENTIAL = {
	appId,
	appSecret,
	verifyToken: 'a long verify token',
	pageTokens: JSON.stringify(PAGE_TOKENS),
};
/** What nobody may see of the credential. */
export const SECRETS = [FIRST.token, SECOND.token, appSecret, CREDENTIAL.verifyToken];

export async function startSubscriptions() {
	const meta = await startMeta();
	/** The one that was made last is what the address leads to. */
	let rig: ReturnType<typeof setUpTrigger>;
	/** Webhooks that reached the trigger, as a workflow gets them. */
	const events: unknown[] = [];
	let challenges = 0;
	const n8n = await listen(async (request) => {
		if (request.method === 'POST') {
			const headers = Object.fromEntries(request.headers);
			const { status, item } = await rig.receive({ headers, body: await request.text() });
			events.push(item?.event);
			return new Response(null, { status });
		}
		challenges++;
		const query = Object.fromEntries(new URL(request.url).searchParams);
		const { status, body } = await rig.receive({ webhook: 'setup', query });
		return new Response(String(body), { status });
	});
	const graph = `${meta.url}/v26.0`;

	/** What Graph lists, asked without the code under test. */
	async function listed(path: string, token: string): Promise<Array<Record<string, unknown>>> {
		const answer = await fetch(`${graph}/${path}`, {
			headers: { authorization: `Bearer ${token}` },
		});
		return ((await answer.json()) as { data: Array<Record<string, unknown>> }).data;
	}

	return {
		meta,
		events,
		challenges: () => challenges,
		trigger(parameters: object = {}, credential: object = {}, url = `${n8n.url}/webhook`) {
			const metaMessagingApi = {
				...CREDENTIAL,
				baseUrl: `${graph}/`,
				instagramBaseUrl: graph,
				...credential,
			};
			rig = setUpTrigger(new MetaBrokerTrigger(), parameters as never, { metaMessagingApi }, url);
			return rig;
		},
		async ofApp() {
			const subscriptions = await listed(`${appId}/subscriptions`, `${appId}|${appSecret}`);
			return subscriptions.map(({ object, callback_url: url, fields }) => ({
				object,
				url,
				fields: (fields as Array<{ name: string }>).map(({ name }) => name),
			}));
		},
		async ofPage({ id, token }: { id: string; token: string }) {
			const apps = await listed(`${id}/subscribed_apps`, token);
			return apps.map(({ subscribed_fields: fields }) => fields);
		},
		async unsubscribePage({ id, token }: { id: string; token: string }) {
			await fetch(`${graph}/${id}/subscribed_apps`, {
				method: 'DELETE',
				headers: { authorization: `Bearer ${token}` },
			});
		},
		forget() {
			meta.reset();
			events.length = 0;
			challenges = 0;
		},
		async close() {
			await Promise.all([meta.close(), n8n.close()]);
		},
	};
}

export type Subscriptions = Awaited<ReturnType<typeof startSubscriptions>>;
