import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';

import { runItems } from '../../../shared/n8n/runItems';
import {
	readSignedWebhookCredential,
	SIGNED_WEBHOOK_CREDENTIAL,
} from '../../../shared/n8n/signedWebhookCredential';
import { signPlatformRequest } from '../../../shared/signing/platform';

const displayOptions = { show: { resource: ['request'], operation: ['signRequest'] } };

export const description: INodeProperties[] = [
	{
		displayName: 'Body Field',
		name: 'bodyField',
		type: 'string',
		default: 'body',
		description:
			'The input field that holds the body. An object is written as JSON, a text is taken as it is. Empty means a request without a body, such as a GET.',
		displayOptions,
	},
];

/** Adds `signed.headers` and `signed.body`: send exactly that text, and within the tolerance. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const bodyField = context.getNodeParameter('bodyField', 0) as string;
	const { secrets } = readSignedWebhookCredential(
		await context.getCredentials(SIGNED_WEBHOOK_CREDENTIAL),
	);
	if (secrets.current === '') {
		throw new NodeOperationError(context.getNode(), 'The credential has no signing secret', {
			description: 'Open the credential and fill in Signing Secret.',
		});
	}
	const items = context.getInputData();
	return await runItems(context, [...items.keys()], {
		execute: async (itemIndex) => {
			const { json } = items[itemIndex]!;
			const body = bodyField === '' ? '' : bodyText(context, json, bodyField, itemIndex);
			const headers: IDataObject = {
				...(body !== '' && { 'Content-Type': 'application/json' }),
				...signPlatformRequest(secrets.current, body, Date.now() / 1000),
			};
			return { ...json, signed: { headers, body } };
		},
	});
}

function bodyText(
	context: IExecuteFunctions,
	json: IDataObject,
	bodyField: string,
	itemIndex: number,
): string {
	const body = json[bodyField];
	if (body === undefined || body === null) {
		throw new NodeOperationError(context.getNode(), `The input has no field "${bodyField}"`, {
			itemIndex,
			description: 'Name a field of the input in Body Field, or leave it empty for a GET.',
		});
	}
	return typeof body === 'string' ? body : JSON.stringify(body);
}
