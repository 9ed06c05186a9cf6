import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

/** @see https://resend.com/docs/api-reference/introduction */
export class ResendMailApi implements ICredentialType {
	name = 'resendMailApi';

	displayName = 'Resend Mail API';

	icon: Icon = { light: 'file:resend.svg', dark: 'file:resend.dark.svg' };

	documentationUrl = 'https://resend.com/docs/dashboard/api-keys/introduction';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'With full access. A key that may only send works as long as nothing goes wrong: after a crash of more than a day, Resend has to be asked what it has sent.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'whsec_…',
			description:
				'Of the webhook in Resend that reports deliveries. Not needed where the trigger registers the webhook itself.',
		},
		{
			displayName: 'Previous Webhook Signing Secret',
			name: 'previousWebhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'whsec_…',
			description:
				'Still accepted while the secret is being changed. Empty it when the change is done.',
		},
		{
			displayName: 'Unsubscribe Secret',
			name: 'unsubscribeSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Any long random text. It signs the unsubscribe links, so keep it for as long as people keep the mails.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.resend.com',
			required: true,
			description: 'Change it only to reach Resend through a proxy or a stand-in',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(new RegExp("/+$"), "")}}',
			url: '/domains',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Resend refused the API key, or the key may only send. A key with full access is needed.',
				},
			},
			{
				type: 'responseCode',
				properties: { value: 403, message: 'Resend does not know this API key.' },
			},
		],
	};
}
