import {
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	ICredentialsHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { HubSpotCrmApi } from '../../../credentials/HubSpotCrmApi.credentials';
import { MetaMessagingApi } from '../../../credentials/MetaMessagingApi.credentials';
import { PipedriveCrmApi } from '../../../credentials/PipedriveCrmApi.credentials';
import { RentCastApi } from '../../../credentials/RentCastApi.credentials';
import { ResendMailApi } from '../../../credentials/ResendMailApi.credentials';
import { SalesforceCrmOAuth2Api } from '../../../credentials/SalesforceCrmOAuth2Api.credentials';
import { SignedWebhookApi } from '../../../credentials/SignedWebhookApi.credentials';

const TYPES: readonly ICredentialType[] = [
	new HubSpotCrmApi(),
	new MetaMessagingApi(),
	new PipedriveCrmApi(),
	new RentCastApi(),
	new ResendMailApi(),
	new SalesforceCrmOAuth2Api(),
	new SignedWebhookApi(),
];

/** What a person typed into each credential, by the credential's type. */
export type StoredCredentials = Record<string, ICredentialDataDecryptedObject>;

/** So that no test waits for the half minute that a vendor is given. */
const LONGEST_TIMEOUT_MS = 2000;

/** n8n's credentials without its database: it authenticates as n8n's own helper does. */
export class CredentialStore extends ICredentialsHelper {
	constructor(private readonly stored: StoredCredentials) {
		super();
	}

	getParentTypes(type: string): string[] {
		return typeNamed(type).extends ?? [];
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
		_mode?: WorkflowExecuteMode,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		const credentials = this.stored[type];
		if (!credentials) throw new Error(`The test stores no credential of type ${type}`);
		return raw ? { ...credentials } : withDefaults(type, credentials);
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

	/** Keeps the token, as n8n does, for the next request and the next run. */
	async updateCredentialsOauthTokenData(
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored[type] = { ...this.stored[type], oauthTokenData: oauthTokenData! };
	}
}

/** Fields that are not filled in have their default, which may be made from the others. */
function withDefaults(
	type: string,
	stored: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject {
	const defaults = typeNamed(type).properties.map((field) => [field.name, field.default]);
	const data = { ...Object.fromEntries(defaults), ...stored } as ICredentialDataDecryptedObject;
	const node = { name: 'Credential', typeVersion: 1, parameters: {} } as INode;
	const nodeTypes = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [], connections: {}, active: false, nodeTypes });
	return workflow.expression.getComplexParameterValue(
		node,
		data as never,
		'internal',
		{},
		undefined,
		undefined,
		data as never,
	) as ICredentialDataDecryptedObject;
}

function typeNamed(name: string): ICredentialType {
	const type = TYPES.find((each) => each.name === name);
	if (!type) throw new Error(`There is no credential type ${name}`);
	return type;
}
