/** A trigger on n8n's own contexts in this process: its webhook methods, and requests to it. */
import { HookContext, WebhookContext } from 'n8n-core';
import {
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	NodeHelpers,
	Workflow,
} from 'n8n-workflow';

import { CredentialStore, type StoredCredentials } from './credentialStore.cts';

process.env.N8N_LOG_LEVEL = 'silent';

const BASE_URL = 'https://n8n.example.com/webhook';

export interface TriggerRequest {
	/** Names in lower case. */
	headers?: Record<string, string>;
	query?: Record<string, string>;
	body?: string;
	/** The name of the webhook that n8n found for method and path. */
	webhook?: 'default' | 'setup';
}

/** What the sender got, where the trigger answered by itself, and what the workflow got. */
export interface TriggerAnswer {
	status?: number;
	body?: unknown;
	type?: string;
	headers: Record<string, string>;
	item?: IDataObject;
}

/** `baseUrl` is where n8n's webhooks are. */
export function setUpTrigger(
	trigger: INodeType,
	given: INodeParameters,
	credentials: StoredCredentials,
	baseUrl = BASE_URL,
) {
	const { description } = trigger;
	const node: INode = {
		id: 'trigger',
		webhookId: '0f5a7c31-3f1e-4a58-9a0d-1d0c6b8e7f12',
		name: 'Trigger',
		type: description.name,
		typeVersion: 2,
		position: [0, 0],
		parameters: {},
		credentials: Object.fromEntries(
			Object.keys(credentials).map((name) => [name, { id: name, name }]),
		),
	};
	node.parameters =
		NodeHelpers.getNodeParameters(description.properties, given, true, false, node, description) ??
		{};
	const nodeTypes = {
		getByName: () => trigger,
		getByNameAndVersion: () => trigger,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const workflow = new Workflow({
		id: 'test',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
	});
	const additionalData = {
		credentialsHelper: new CredentialStore(credentials),
		webhookBaseUrl: baseUrl,
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;

	const webhookData = (name: string) =>
		({
			webhookDescription: description.webhooks!.find((webhook) => webhook.name === name),
		}) as IWebhookData;

	return {
		url: `${baseUrl}/${String(node.parameters.path)}`,
		/** Changes what a person set, between two publications. */
		change(parameters: INodeParameters) {
			Object.assign(node.parameters, parameters);
		},
		/** What the trigger remembers from one execution to the next. */
		memory: () => workflow.getStaticData('node', node),
		/** `manual` is n8n listening for a test event. */
		async hook(
			method: 'checkExists' | 'create' | 'delete',
			mode: 'trigger' | 'manual' = 'trigger',
		): Promise<boolean> {
			const context = new HookContext(
				workflow,
				node,
				additionalData,
				mode,
				mode === 'manual' ? 'manual' : 'activate',
				webhookData('default'),
			);
			return await trigger.webhookMethods!.default![method]!.call(context);
		},
		async receive({
			headers = {},
			query = {},
			body = '',
			webhook = 'default',
		}: TriggerRequest): Promise<TriggerAnswer> {
			const answer: TriggerAnswer = { headers: {} };
			const httpResponse = {
				setHeader(name: string, value: string) {
					answer.headers[name.toLowerCase()] = value;
					return httpResponse;
				},
				status(status: number) {
					answer.status = status;
					return httpResponse;
				},
				type(type: string) {
					answer.type = type;
					return httpResponse;
				},
				json: (content: unknown) => (answer.body = content),
				send: (content: unknown) => (answer.body = content),
			};
			const httpRequest = { headers, query, rawBody: Buffer.from(body) };
			const context = new WebhookContext(
				workflow,
				node,
				{ ...additionalData, httpRequest, httpResponse } as never,
				'webhook',
				webhookData(webhook),
				[],
				null,
			);
			const { workflowData } = await trigger.webhook!.call(context);
			return { ...answer, item: workflowData?.[0]?.[0]?.json };
		},
	};
}
