import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

/** @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/overview */
export class HubSpotCrmApi implements ICredentialType {
	name = 'hubSpotCrmApi';

	displayName = 'HubSpot CRM API';

	icon: Icon = { light: 'file:hubSpot.svg', dark: 'file:hubSpot.dark.svg' };

	documentationUrl =
		'https://github.com/property-platform/n8n-nodes-property-platform#hubspot-crm-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Service Key',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'A service key, or the token of a private app, with the scopes crm.objects.contacts.read and crm.objects.contacts.write',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.hubapi.com',
			required: true,
			description: 'Change it only to reach HubSpot through a proxy or a stand-in',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(new RegExp("/+$"), "")}}',
			url: '/account-info/v3/details',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'HubSpot refused the key. It may be expired or revoked.',
				},
			},
		],
	};
}
