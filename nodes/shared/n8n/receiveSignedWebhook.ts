import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { z } from 'zod';

import { admit, type CheckSignature, type RefusalBody } from '../intake/admit';
import { admittedEvent, EVENT_NOT_SELECTED, NOT_SELECTED } from '../intake/admitted';
import { correlationIdFrom } from '../intake/correlation';
import { platformScheme } from '../intake/platformScheme';
import { intakeFrom } from './intakeOptions';
import { readSignedWebhookCredential, SIGNED_WEBHOOK_CREDENTIAL } from './signedWebhookCredential';

/** A trigger's `webhook()` for what the platform posts and signs. */
export async function receiveFromPlatform(
	context: IWebhookFunctions,
	contract: z.ZodTypeAny,
): Promise<IWebhookResponseData> {
	const credential = readSignedWebhookCredential(
		await context.getCredentials(SIGNED_WEBHOOK_CREDENTIAL),
	);
	return await receiveSignedWebhook(context, {
		contract,
		checkSignature: platformScheme(context.getHeaderData(), credential),
	});
}

/** What a request has to be, and what becomes of it. */
export interface Reception {
	contract: z.ZodTypeAny;
	checkSignature: CheckSignature;
	/** How the body is read; undefined for what is no JSON. `JSON.parse` by default. */
	parse?(rawBody: Buffer): unknown;
	/** Where the trigger's options do not say. */
	maxBodyKb?: number;
	/**
	 * May add to what the workflow gets, or say with undefined that the event is none of those
	 * selected.
	 */
	toOutput?(accepted: IDataObject): IDataObject | undefined;
}

/**
 * Checks a request before an execution exists, and answers refusals itself. A refused request
 * leaves a line in n8n's log and nothing else.
 */
export async function receiveSignedWebhook(
	context: IWebhookFunctions,
	{ contract, checkSignature, parse, maxBodyKb, toOutput = (accepted) => accepted }: Reception,
): Promise<IWebhookResponseData> {
	const headers = context.getHeaderData();
	const response = context.getResponseObject();
	const correlationId = correlationIdFrom(headers['x-correlation-id']);
	response.setHeader('X-Correlation-Id', correlationId);

	const decision = admit(
		{
			contentType: headers['content-type'],
			correlationId,
			rawBody: await readRawBody(context),
		},
		checkSignature,
		contract,
		intakeFrom(context.getNodeParameter('options', {}) as IDataObject, maxBodyKb),
		Date.now() / 1000,
		parse,
	);

	if (decision.outcome === 'refused') {
		context.logger.warn(`Request refused: ${decision.reason}`, { correlationId });
		return answer(response, decision.status, decision.body);
	}
	if (decision.outcome === 'not-selected') {
		return answer(response, 200, { ...NOT_SELECTED, correlation_id: correlationId });
	}
	const output = toOutput(admittedEvent(decision, correlationId, new Date()) as IDataObject);
	if (!output) {
		return answer(response, 200, { ...EVENT_NOT_SELECTED, correlation_id: correlationId });
	}
	return {
		webhookResponse: { accepted: true, correlation_id: correlationId },
		workflowData: [[{ json: output }]],
	};
}

/** The bytes received. n8n has consumed a multipart body by now: that one reads as empty. */
async function readRawBody(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject();
	if (!request.rawBody && !request.readableEnded) await request.readRawBody();
	return request.rawBody ?? Buffer.alloc(0);
}

function answer(
	response: ReturnType<IWebhookFunctions['getResponseObject']>,
	status: number,
	body: RefusalBody | Record<string, unknown>,
): IWebhookResponseData {
	response.status(status).json(body);
	return { noWebhookResponse: true };
}
