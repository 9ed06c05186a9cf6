import type { IDataObject } from 'n8n-workflow';

import type { ChannelEvent } from '../../../nodes/MetaBroker/events/channelEvent';
import type { Session } from '../../../nodes/MetaBroker/inbox/session';
import type { ChannelReply } from '../../../nodes/shared/contracts/channelMessage';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { META_DEFAULTS, startMeta } from '../../../sandbox/vendors/meta.cts';
import { startReceiver } from '../platform/receiver.cts';
import type { StoredCredentials } from './credentialStore.cts';
import type { Step } from './runNode.cts';
import { type Items, searchedRuns } from './searchedRuns.cts';

const [FIRST, SECOND] = META_DEFAULTS.pages;
export const PAGE = FIRST.id;
export const SECOND_PAGE = SECOND.id;
export const INSTAGRAM = FIRST.instagram.id;
export const ANA = '24700000000000101';
export const BEN = '24700000000000103';
export const DINA = '17900000000000201';

const APP_SECRET = 'app-secret-that-nobody-may-see';
const VERIFY_TOKEN = 'verify-token-that-nobody-may-see';
const SIGNING_SECRET = 'whsec-that-nobody-may-see';
const SECRETS = [APP_SECRET, VERIFY_TOKEN, SIGNING_SECRET, FIRST.token, SECOND.token];

export const PAGE_TOKENS = {
	[PAGE]: FIRST.token,
	[INSTAGRAM]: FIRST.token,
	[SECOND_PAGE]: SECOND.token,
};

/** The platform's answer, but for what a test changes. */
export const replyWith = (changed: object = {}): ChannelReply => ({
	reply_text: 'I found 2 condos in BGC.',
	intents: ['property_search'],
	lead_captured: false,
	suggested_properties: [],
	next_action: null,
	...changed,
});

/** Meta and a platform to run Meta Broker against. Every run is searched for secrets. */
export async function startMetaSurroundings() {
	const meta = await startMeta({ appSecret: APP_SECRET });
	const platform = await startReceiver(SIGNING_SECRET);
	const typedIn: StoredCredentials = {
		metaMessagingApi: {
			appId: META_DEFAULTS.appId,
			appSecret: APP_SECRET,
			verifyToken: VERIFY_TOKEN,
			pageTokens: JSON.stringify(PAGE_TOKENS),
			baseUrl: `${meta.url}/v26.0/`,
		},
		signedWebhookApi: { baseUrl: platform.url, signingSecret: SIGNING_SECRET },
	};
	const credentials = { ...typedIn };
	const { run } = searchedRuns(credentials, SECRETS);

	/** All that comes out of one operation; a failure is thrown. */
	async function runAll(
		operation: Operation,
		parameters: Step['parameters'],
		items: Items,
	): Promise<IDataObject[]> {
		const { outputs, error } = await run([metaBroker(operation, parameters)], items);
		if (error) throw error;
		return outputs[0]!.map(({ json }) => json);
	}

	/** Success output and error output, where the node has both. */
	async function runBoth(
		operation: Operation,
		parameters: Step['parameters'],
		items: Items,
	): Promise<[succeeded: IDataObject[], failed: Failed[]]> {
		const step = metaBroker(operation, parameters);
		const { outputs, error } = await run([{ ...step, onError: 'continueErrorOutput' }], items);
		expect(error).toBeUndefined();
		const [succeeded = [], failed = []] = outputs.map((output) => output.map(({ json }) => json));
		return [succeeded, failed as Failed[]];
	}

	return {
		meta,
		platform,
		credentials,
		run,
		runAll,
		runBoth,
		/** The one item that comes out of one operation. */
		async runOne(
			operation: Operation,
			parameters: Step['parameters'],
			items: Items,
		): Promise<IDataObject> {
			const [json, ...more] = await runAll(operation, parameters, items);
			expect(more).toEqual([]);
			return json!;
		},
		/** The one item that comes out of the error output. */
		async failOne(
			operation: Operation,
			parameters: Step['parameters'],
			items: Items,
		): Promise<Failed> {
			const [succeeded, [failed, ...more]] = await runBoth(operation, parameters, items);
			expect([succeeded, more]).toEqual([[], []]);
			return failed!;
		},
		/** From now on the platform answers every message so. */
		answerWith(changed: object) {
			platform.answer(() => Response.json(replyWith(changed)));
		},
		forget() {
			meta.reset();
			platform.forget();
			platform.answer(() => Response.json(replyWith()));
			Object.assign(credentials, typedIn);
		},
		async close() {
			await Promise.all([meta.close(), platform.close()]);
		},
	};
}

export type MetaSurroundings = Awaited<ReturnType<typeof startMetaSurroundings>>;

/** What comes out of the error output. */
export type Failed = IDataObject & {
	error: string;
	details: IDataObject & { advice?: string; itemIndex: number };
};

const OPERATIONS = {
	parse: 'event',
	keep: 'conversation',
	take: 'conversation',
	forget: 'conversation',
	understand: 'message',
	askPlatform: 'message',
	handle: 'message',
	send: 'reply',
	get: 'leadForm',
} as const;

export type Operation = keyof typeof OPERATIONS;

/** A Meta Broker step with all its credentials chosen. */
export function metaBroker(operation: Operation, parameters: Step['parameters'] = {}): Step {
	return {
		type: 'metaBroker',
		parameters: { resource: OPERATIONS[operation], operation, ...parameters },
		credentials: ['metaMessagingApi', 'signedWebhookApi'],
	};
}

/** The statement of a step's output, or of a failed item. */
export function statementIn(json: IDataObject, name: string): Statement {
	const { stateStore } = { ...json, ...(json.details as IDataObject | undefined) };
	return (stateStore as unknown as Record<string, Statement>)[name]!;
}

/** What a person wrote on Messenger just now, but for what a test changes. */
export function messageEvent(mid: string, changed: Partial<ChannelEvent> = {}): ChannelEvent {
	const { channel = 'facebook', userId = channel === 'facebook' ? ANA : DINA } = changed;
	const { accountId = channel === 'facebook' ? PAGE : INSTAGRAM } = changed;
	return {
		id: `${channel}:${accountId}:message:${mid}`,
		kind: 'message',
		channel,
		accountId,
		userId,
		conversation: `${channel}:${accountId}:${userId}`,
		at: new Date().toISOString(),
		mid,
		text: 'Looking for 3BR condo in BGC',
		...changed,
	};
}

export const SESSION: Session = {
	previousMessages: 0,
	lastPropertyViewed: null,
	learned: [],
	automation: 'on',
	pausedBy: null,
	heldSince: null,
};

/** An event as the inbox hands it over, but for what a test changes. */
export function taken(event: ChannelEvent, changed: object = {}): IDataObject {
	const row = {
		eventId: event.id,
		event,
		conversation: event.conversation,
		correlationId: 'corr-1',
		leaseToken: 'lease-1',
		attempt: 1,
		failures: 0,
		session: SESSION,
		sentParts: [],
		waitedSeconds: 2,
		...changed,
	};
	return row as unknown as IDataObject;
}
