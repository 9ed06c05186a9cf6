import {
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	ICredentialsHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

import { RentCastApi } from '../../../credentials/RentCastApi.credentials';
import { SignedWebhookApi } from '../../../credentials/SignedWebhookApi.credentials';

const TYPES: readonly ICredentialType[] = [new RentCastApi(), new SignedWebhookApi()];

/** What a person typed into each credential, by the credential's type. */
export type StoredCredentials = Record<string, ICredentialDataDecryptedObject>;

/** So that no test waits for the half minute that a vendor is given. */
const LONGEST_TIMEOUT_MS = 1000;

/** n8n's credentials without its database: it authenticates as n8n's own helper does. */
export class CredentialStore extends ICredentialsHelper {
	constructor(private readonly stored: StoredCredentials) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string) {
		return typeNamed(type).properties;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const credentials = this.stored[type];
		if (!credentials) throw new Error(`The test stores no credential of type ${type}`);
		return { ...credentials };
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const timeout = Math.min(options.timeout ?? Infinity, LONGEST_TIMEOUT_MS);
		const request = { ...options, timeout };
		const { authenticate } = typeNamed(type);
		if (authenticate === undefined) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		const headers = Object.entries(authenticate.properties.headers ?? {}).map(([name, value]) => [
			name,
			workflow.expression.getSimpleParameterValue(node, value as string, 'internal', {
				$credentials: credentials,
			}),
		]);
		return { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } };
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async getCredentials(): Promise<never> {
		throw new Error('No node of ours asks for the encrypted credential');
	}

	async updateCredentials(): Promise<never> {
		throw new Error('No node of ours changes a credential');
	}

	async updateCredentialsOauthTokenData(): Promise<never> {
		throw new Error('No node of ours uses OAuth');
	}
}

function typeNamed(name: string): ICredentialType {
	const type = TYPES.find((each) => each.name === name);
	if (!type) throw new Error(`There is no credential type ${name}`);
	return type;
}
