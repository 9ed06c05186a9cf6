import {
	type IDataObject,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { metaWebhook, type MetaWebhook } from '../shared/contracts/metaWebhook';
import type { Send } from '../shared/http/send';
import { parseLosslessJson } from '../shared/intake/losslessJson';
import { answerChallenge } from '../shared/intake/metaChallenge';
import { metaScheme } from '../shared/intake/metaScheme';
import { inVendor } from '../shared/n8n/inVendor';
import { META_CREDENTIAL, readMetaCredential } from '../shared/n8n/metaCredential';
import { receiveSignedWebhook } from '../shared/n8n/receiveSignedWebhook';
import { metaRetries } from '../shared/vendors/meta';
import type { Channel, EventKind } from './events/channelEvent';
import { parseEvents } from './events/parseEvents';
import { isSubscribed, subscribe, type Subscription, unsubscribe } from './subscription';
import { DEFAULT_MAX_BODY_KB, PROPERTIES, WEBHOOKS } from './trigger.description';

/** Starts a workflow when people write to a Facebook Page or an Instagram account. */
export class MetaBrokerTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Meta Broker Trigger',
		name: 'metaBrokerTrigger',
		icon: { light: 'file:metaBroker.svg', dark: 'file:metaBroker.dark.svg' },
		group: ['trigger'],
		// From version 2 on n8n asks no expression of a trigger in order to read a request's body.
		version: 2,
		subtitle: '=POST /{{ $parameter["path"] }}',
		description:
			'Starts when people write to a Facebook Page or an Instagram account, or fill in a lead form',
		eventTriggerDescription: 'Waiting for a signed webhook of Meta',
		activationMessage: 'Webhooks of Meta to the production URL are now taken.',
		defaults: { name: 'Meta Broker Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'metaMessagingApi', required: true }],
		webhooks: WEBHOOKS,
		properties: PROPERTIES,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				if (!managesSubscription(this)) return true;
				return await inMeta(this, async (send, wanted) => await isSubscribed(send, wanted, now()));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await inMeta(this, async (send, wanted) => await subscribe(send, wanted, now()));
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				if (!managesSubscription(this)) return true;
				await inMeta(this, async (send, wanted) => await unsubscribe(send, wanted, now()));
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const app = readMetaCredential(await this.getCredentials(META_CREDENTIAL));
		if (this.getWebhookName() === 'setup') return answerSetup(this, app.verifyToken);
		const kinds = this.getNodeParameter('events') as EventKind[];
		const channels = this.getNodeParameter('channels') as Channel[];
		return await receiveSignedWebhook(this, {
			contract: metaWebhook,
			checkSignature: metaScheme(this.getHeaderData(), app.signingSecrets),
			parse: parseLosslessJson,
			maxBodyKb: DEFAULT_MAX_BODY_KB,
			toOutput: (accepted) =>
				parseEvents(accepted.event as unknown as MetaWebhook).some(
					({ kind, channel }) => kinds.includes(kind) && channels.includes(channel),
				)
					? accepted
					: undefined,
		});
	}
}

const now = (): number => Date.now();

/** Not for the test URL: an app has one address, and the published workflow would lose it. */
function managesSubscription(context: IHookFunctions): boolean {
	return context.getMode() !== 'manual' && context.getNodeParameter('registerWebhook') === true;
}

/** Work on the subscriptions of the app. */
async function inMeta<T>(
	context: IHookFunctions,
	work: (send: Send, wanted: Subscription) => Promise<T>,
): Promise<T> {
	return await inVendor(context, META_CREDENTIAL, metaRetries, async (send) => {
		const { appId, verifyToken, accounts } = readMetaCredential(
			await context.getCredentials(META_CREDENTIAL),
		);
		return await work(send, {
			appId,
			verifyToken,
			accounts,
			callbackUrl: context.getNodeWebhookUrl('default') ?? '',
			kinds: context.getNodeParameter('events') as EventKind[],
			channels: context.getNodeParameter('channels') as Channel[],
		});
	});
}

/** Meta asks once, when the address is entered, whether it is meant. */
function answerSetup(context: IWebhookFunctions, verifyToken: string): IWebhookResponseData {
	const response = context.getResponseObject();
	const answer = answerChallenge(context.getQueryData() as IDataObject, verifyToken);
	if (answer.status === 200) {
		response.status(200).type('text/plain').send(answer.body);
	} else {
		context.logger.warn(`Webhook verification refused: ${answer.reason}`);
		response.status(403).type('text/plain').send('Forbidden');
	}
	return { noWebhookResponse: true };
}
