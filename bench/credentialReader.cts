import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

/** Reads the signing secret and does nothing with it: what n8n itself charges for a credential. */
export class CredentialReader implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Credential Reader',
		name: 'credentialReader',
		group: ['transform'],
		version: 1,
		description: 'Reads its credential and passes its items on',
		defaults: { name: 'Credential Reader' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'signedWebhookApi', required: true }],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		await this.getCredentials('signedWebhookApi');
		return [this.getInputData()];
	}
}
