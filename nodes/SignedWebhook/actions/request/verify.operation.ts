import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { z } from 'zod';

import { CONTRACTS, type ContractName } from '../../../shared/contracts';
import { admit, type CheckSignature, type RefusalBody } from '../../../shared/intake/admit';
import { admittedEvent, NOT_SELECTED } from '../../../shared/intake/admitted';
import { correlationIdFrom } from '../../../shared/intake/correlation';
import { parseLosslessJson } from '../../../shared/intake/losslessJson';
import { metaScheme } from '../../../shared/intake/metaScheme';
import { platformScheme } from '../../../shared/intake/platformScheme';
import { svixScheme } from '../../../shared/intake/svixScheme';
import { intakeFrom, INTAKE_OPTIONS } from '../../../shared/n8n/intakeOptions';
import { META_CREDENTIAL, readMetaCredential } from '../../../shared/n8n/metaCredential';
import { RESEND_CREDENTIAL, resendSecrets } from '../../../shared/n8n/resendCredential';
import {
	readSignedWebhookCredential,
	SIGNED_WEBHOOK_CREDENTIAL,
} from '../../../shared/n8n/signedWebhookCredential';

const NO_CONTRACT = 'none';

type Scheme = 'meta' | 'platform' | 'svix';

const displayOptions = { show: { resource: ['request'], operation: ['verifyRequest'] } };

export const description: INodeProperties[] = [
	{
		displayName: 'Scheme',
		name: 'scheme',
		type: 'options',
		default: 'platform',
		options: [
			{
				name: 'Meta',
				value: 'meta',
				description: 'The header X-Hub-Signature-256 of Messenger and Instagram',
			},
			{
				name: 'Platform',
				value: 'platform',
				description: 'The headers X-Signature and X-Timestamp of the property platform',
			},
			{
				name: 'Svix',
				value: 'svix',
				description: 'The headers whose names begin with "svix-", as Resend sends them',
			},
		],
		description: 'How the sender signs',
		displayOptions,
	},
	{
		displayName: 'Contract',
		name: 'contract',
		type: 'options',
		default: NO_CONTRACT,
		options: [
			{ name: 'Campaign Requested', value: 'campaign-requested' satisfies ContractName },
			{ name: 'Enrich Property', value: 'enrich-property' satisfies ContractName },
			{ name: 'Lead Created', value: 'lead-created' satisfies ContractName },
			{ name: 'None', value: NO_CONTRACT },
		],
		description: 'What the body has to hold. Fields at fault are named in the refusal.',
		displayOptions,
	},
	{
		displayName: 'Answer the Caller',
		name: 'answerCaller',
		type: 'boolean',
		default: false,
		description:
			"Whether to answer here: 202 for a verified request, 4xx for a refused one. Set the Webhook node's Respond to \"Using 'Respond to Webhook' Node\", and connect such a node anywhere after this one: the Webhook node insists on it, even if it is deactivated.",
		displayOptions,
	},
	{
		displayName: 'Raw Body Field',
		name: 'rawBodyField',
		type: 'string',
		default: 'data',
		required: true,
		description: 'The binary field in which the Webhook node puts the raw body',
		displayOptions,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: INTAKE_OPTIONS,
		displayOptions,
	},
];

/**
 * Splits the requests into verified and refused. Parameters are read once and hold no expression:
 * this step stands on the hot path, where an expression costs more than the check.
 */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const contractName = context.getNodeParameter('contract', 0) as ContractName | 'none';
	const contract = contractName === NO_CONTRACT ? z.record(z.unknown()) : CONTRACTS[contractName];
	const answerCaller = context.getNodeParameter('answerCaller', 0) as boolean;
	const rawBodyField = context.getNodeParameter('rawBodyField', 0) as string;
	const scheme = context.getNodeParameter('scheme', 0) as Scheme;
	const isSvix = scheme === 'svix';
	const schemeFor = await readScheme(context, scheme);
	const admission = intakeFrom(context.getNodeParameter('options', 0) as IDataObject);

	const verified: INodeExecutionData[] = [];
	const refused: INodeExecutionData[] = [];
	for (const [itemIndex, { json }] of context.getInputData().entries()) {
		const headers = (json.headers ?? {}) as Record<string, unknown>;
		const correlationId = correlationIdFrom(headers['x-correlation-id']);
		const decision = admit(
			{
				contentType: headers['content-type'] as string | undefined,
				correlationId,
				rawBody: await context.helpers.getBinaryDataBuffer(itemIndex, rawBodyField),
			},
			schemeFor(headers),
			contract,
			admission,
			Date.now() / 1000,
			scheme === 'meta' ? parseLosslessJson : undefined,
		);
		const pairedItem = { item: itemIndex };
		if (decision.outcome === 'accepted') {
			const eventId = headers['svix-id'] as string;
			verified.push({
				json: {
					...(admittedEvent(decision, correlationId, new Date()) as IDataObject),
					...(isSvix && { eventId }),
				},
				pairedItem,
			});
			if (answerCaller) respond(context, 202, correlationId, { accepted: true });
			continue;
		}
		const status = decision.outcome === 'refused' ? decision.status : 200;
		const body: Partial<RefusalBody> =
			decision.outcome === 'refused' ? decision.body : NOT_SELECTED;
		refused.push({
			json: {
				status,
				reason: decision.outcome === 'refused' ? decision.reason : 'not-selected',
				answer: body as IDataObject,
				correlationId,
			},
			pairedItem,
		});
		if (answerCaller) respond(context, status, correlationId, body as IDataObject);
	}
	return [verified, refused];
}

/** The chosen scheme, with the secrets of its credential. */
async function readScheme(
	context: IExecuteFunctions,
	scheme: Scheme,
): Promise<(headers: Record<string, unknown>) => CheckSignature> {
	if (scheme === 'meta') {
		const { signingSecrets } = readMetaCredential(await context.getCredentials(META_CREDENTIAL));
		return (headers) => metaScheme(headers, signingSecrets);
	}
	if (scheme === 'svix') {
		const { webhook } = resendSecrets(await context.getCredentials(RESEND_CREDENTIAL));
		return (headers) => svixScheme(headers, webhook);
	}
	const credential = readSignedWebhookCredential(
		await context.getCredentials(SIGNED_WEBHOOK_CREDENTIAL),
	);
	return (headers) => platformScheme(headers, credential);
}

function respond(
	context: IExecuteFunctions,
	statusCode: number,
	correlationId: string,
	body: IDataObject,
): void {
	context.sendResponse({
		statusCode,
		headers: { 'x-correlation-id': correlationId },
		body: { ...body, correlation_id: correlationId },
	});
}
