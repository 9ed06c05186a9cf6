import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

/** @see https://pipedrive.readme.io/docs/core-api-concepts-authentication */
export class PipedriveCrmApi implements ICredentialType {
	name = 'pipedriveCrmApi';

	displayName = 'Pipedrive CRM API';

	icon: Icon = { light: 'file:pipedrive.svg', dark: 'file:pipedrive.dark.svg' };

	documentationUrl =
		'https://github.com/property-platform/n8n-nodes-property-platform#pipedrive-crm-api';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'In Pipedrive under Personal preferences, API. It is sent as a header only.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.pipedrive.com',
			required: true,
			placeholder: 'e.g. https://your-company.pipedrive.com',
			description: 'The address of your company, without a path',
		},
	];

	/** In a header and not in the query: addresses end up in logs. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'x-api-token': '={{$credentials.apiToken}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(new RegExp("/+$"), "")}}',
			url: '/api/v1/users/me',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'Pipedrive refused the API token.' },
			},
		],
	};
}
