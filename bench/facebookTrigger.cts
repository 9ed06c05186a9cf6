import type { INodeType } from 'n8n-workflow';

/** Not imported by name, because n8n stands in the sandbox only once something has needed it. */
const { FacebookTrigger: Original } =
	require('../sandbox/n8n/node_modules/n8n-nodes-base/dist/nodes/Facebook/FacebookTrigger.node.js') as {
		FacebookTrigger: new () => INodeType;
	};

const yes = async () => await Promise.resolve(true);

/**
 * n8n's own trigger for Meta's webhooks with everything but the registration, for which it insists on
 * Meta's real address.
 */
export class FacebookTrigger extends Original {
	override webhookMethods = { default: { checkExists: yes, create: yes, delete: yes } };
}
