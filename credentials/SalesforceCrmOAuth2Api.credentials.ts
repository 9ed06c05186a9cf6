import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

const MY_DOMAIN = '$self["baseUrl"].replace(new RegExp("/+$"), "")';

/**
 * Both ways in which a server gets a token without a password: as the app itself, or once on behalf
 * of a person. n8n keeps the token and renews it.
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
export class SalesforceCrmOAuth2Api implements ICredentialType {
	name = 'salesforceCrmOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Salesforce CRM OAuth2 API';

	icon: Icon = { light: 'file:salesforce.svg', dark: 'file:salesforce.dark.svg' };

	documentationUrl =
		'https://github.com/property-platform/n8n-nodes-property-platform#salesforce-crm-oauth2-api';

	properties: INodeProperties[] = [
		{
			displayName: 'My Domain URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://your-company.my.salesforce.com',
			description: 'In Salesforce under Setup, My Domain. A sandbox has an address of its own.',
		},
		{
			displayName: 'Sign In As',
			name: 'grantType',
			type: 'options',
			default: 'clientCredentials',
			options: [
				{
					name: 'The App Itself',
					value: 'clientCredentials',
					description:
						'Client credentials flow: an external client app with an integration user. Nobody has to sign in again.',
				},
				{
					name: 'A Person',
					value: 'authorizationCode',
					description: 'Web server flow: you sign in once in a browser window',
				},
			],
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ ${MY_DOMAIN} }}/services/oauth2/authorize`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${MY_DOMAIN} }}/services/oauth2/token`,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '={{ $self["grantType"] === "authorizationCode" ? "api refresh_token" : "" }}',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(new RegExp("/+$"), "")}}',
			url: '/services/data/v64.0/limits',
			disableFollowRedirect: true,
		},
	};
}
