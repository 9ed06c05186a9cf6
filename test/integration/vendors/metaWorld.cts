/** What the tests of Meta's stand-in share: the stand-in, somebody who listens, and a bare client. */
import { type MetaOptions, type MetaStandIn, startMeta } from '../../../sandbox/vendors/meta.cts';
import { type Receiver, startReceiver } from './metaReceiver.cts';

export const PAGE = '104857600000001';
export const SECOND_PAGE = '104857600000002';
export const INSTAGRAM = '17841400000000001';
export const PAGE_TOKEN = 'EAASandboxCompanyRealtyPageToken';
export const SECOND_TOKEN = 'EAASandboxSecondRealtyPageToken';
export const APP = '260000000000001';
export const APP_TOKEN = '260000000000001|sandbox-meta-app-secret';
export const ANA = '24700000000000101';
export const DINA = '17900000000000201';

export const ON_MESSENGER = { channel: 'facebook', person: ANA } as const;
export const ON_INSTAGRAM = { channel: 'instagram', person: DINA } as const;

export interface Answered {
	status: number;
	headers: Headers;
	body: Record<string, unknown> & {
		error?: { message: string; type: string; code: number; error_subcode?: number };
	};
}

export interface MetaWorld {
	standIn: MetaStandIn;
	receiver: Receiver;
	/** A request with the first Page's token, unless another or none is given. */
	ask(method: string, path: string, body?: object, token?: string | null): Promise<Answered>;
	/** Sends a message of the account's to the person. */
	send(account: string, person: string, message: object, more?: object): Promise<Answered>;
}

/** A world that starts anew before each test of the file, but for its servers. */
export function metaWorld(options: MetaOptions = {}): MetaWorld {
	const world = {
		async ask(method, path, body, token = PAGE_TOKEN) {
			const answer = await fetch(`${world.standIn.url}/v26.0/${path}`, {
				method,
				headers: {
					...(token !== null && { authorization: `Bearer ${token}` }),
					...(body && { 'content-type': 'application/json' }),
				},
				...(body && { body: JSON.stringify(body) }),
			});
			const { status, headers } = answer;
			return { status, headers, body: (await answer.json()) as Answered['body'] };
		},
		send: (account, person, message, more = {}) =>
			world.ask('POST', `${account}/messages`, {
				recipient: { id: person },
				messaging_type: 'RESPONSE',
				message,
				...more,
			}),
	} as MetaWorld;

	beforeAll(async () => {
		world.receiver = await startReceiver();
		world.standIn = await startMeta({
			webhookUrl: world.receiver.url,
			retryDelaysMs: [0, 10, 20],
			...options,
		});
	});
	beforeEach(() => {
		world.standIn.reset();
		world.receiver.forget();
	});
	afterAll(async () => {
		await world.standIn.close();
		await world.receiver.close();
	});
	return world;
}
