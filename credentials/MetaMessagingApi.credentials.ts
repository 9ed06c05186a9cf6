import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { authorizeMetaRequest } from '../nodes/shared/n8n/metaCredential';

/** @see https://developers.facebook.com/docs/messenger-platform/overview */
export class MetaMessagingApi implements ICredentialType {
	name = 'metaMessagingApi';

	displayName = 'Meta Messaging API';

	icon: Icon = {
		light: 'file:../nodes/MetaBroker/metaBroker.svg',
		dark: 'file:../nodes/MetaBroker/metaBroker.dark.svg',
	};

	documentationUrl =
		'https://github.com/property-platform/n8n-nodes-property-platform#meta-messaging-api';

	properties: INodeProperties[] = [
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1234567890123456',
			description: 'Of your app at developers.facebook.com, under App Settings > Basic',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Beside the App ID. Meta signs every webhook with it.',
		},
		{
			displayName: 'Previous App Secret',
			name: 'previousAppSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Still accepted while the secret is being changed. Empty it when the change is done.',
		},
		{
			displayName: 'Instagram App Secret',
			name: 'instagramAppSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for Instagram API with Instagram Login, which has a secret of its own',
		},
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Any long random text. Meta shows it when it first calls the webhook, so that nobody else can take its place.',
		},
		{
			displayName: 'Page Tokens',
			name: 'pageTokens',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: '{"<Page ID>": "<token>", "<Instagram account ID>": "<token>"}',
			description:
				'As JSON: the ID of each Page and Instagram account, and the token to answer with. An Instagram account that belongs to a Page has the token of the Page.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://graph.facebook.com/v26.0',
			required: true,
			description: 'With the version of the Graph API',
		},
		{
			displayName: 'Base URL for Instagram Login',
			name: 'instagramBaseUrl',
			type: 'string',
			default: 'https://graph.instagram.com/v26.0',
			required: true,
			description: 'Used with tokens of Instagram Login, which begin with "IG"',
		},
	];

	/** With the token of the Page that the request is for. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authorizeMetaRequest(credentials, requestOptions);
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(new RegExp("/+$"), "")}}',
			url: '=/{{$credentials.appId}}/subscriptions',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message:
						'Meta refused the app. Compare App ID and App Secret with App Settings > Basic of your app.',
				},
			},
			{
				type: 'responseCode',
				properties: { value: 404, message: 'There is no Graph API here. Check Base URL.' },
			},
		],
	};
}
