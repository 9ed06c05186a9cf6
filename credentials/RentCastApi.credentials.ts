import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

/** @see https://developers.rentcast.io/reference/authentication */
export class RentCastApi implements ICredentialType {
	name = 'rentCastApi';

	displayName = 'RentCast API';

	icon: Icon = { light: 'file:rentCast.svg', dark: 'file:rentCast.dark.svg' };

	documentationUrl = 'https://developers.rentcast.io/reference/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.rentcast.io/v1',
			required: true,
			description: 'Change it only to reach RentCast through a proxy or a stand-in',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-Api-Key': '={{$credentials.apiKey}}' } },
	};

	// There is no free endpoint: this one is the cheapest question, and RentCast bills it once.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(new RegExp("/+$"), "")}}',
			url: '/markets',
			qs: { zipCode: '78244', dataType: 'Sale', historyRange: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'RentCast refused the API key.' },
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'RentCast knows the key, but its subscription is not active.',
				},
			},
		],
	};
}
