import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { z } from 'zod';

import { admit, type RefusalBody } from '../intake/admit';
import { admittedEvent, NOT_SELECTED } from '../intake/admitted';
import { correlationIdFrom } from '../intake/correlation';
import { intakeFrom } from './intakeOptions';
import { readSignedWebhookCredential, SIGNED_WEBHOOK_CREDENTIAL } from './signedWebhookCredential';

/**
 * A trigger's `webhook()`: checks the request before an execution exists, and answers refusals
 * itself. A refused request leaves a line in n8n's log and nothing else.
 */
export async function receiveSignedWebhook(
	context: IWebhookFunctions,
	contract: z.ZodTypeAny,
): Promise<IWebhookResponseData> {
	const headers = context.getHeaderData();
	const response = context.getResponseObject();
	const correlationId = correlationIdFrom(headers['x-correlation-id']);
	response.setHeader('X-Correlation-Id', correlationId);

	const { secrets, toleranceSeconds } = readSignedWebhookCredential(
		await context.getCredentials(SIGNED_WEBHOOK_CREDENTIAL),
	);
	const decision = admit(
		{
			signature: headers['x-signature'],
			timestamp: headers['x-timestamp'],
			contentType: headers['content-type'],
			correlationId,
			rawBody: await readRawBody(context),
		},
		contract,
		{
			secrets,
			toleranceSeconds,
			...intakeFrom(context.getNodeParameter('options', {}) as IDataObject),
		},
		Date.now() / 1000,
	);

	if (decision.outcome === 'refused') {
		context.logger.warn(`Request refused: ${decision.reason}`, { correlationId });
		return answer(response, decision.status, decision.body);
	}
	if (decision.outcome === 'not-selected') {
		return answer(response, 200, { ...NOT_SELECTED, correlation_id: correlationId });
	}
	return {
		webhookResponse: { accepted: true, correlation_id: correlationId },
		workflowData: [[{ json: admittedEvent(decision, correlationId, new Date()) as IDataObject }]],
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
