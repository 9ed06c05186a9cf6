import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { signOutgoing } from '../nodes/shared/n8n/signOutgoing';

/** The platform: where it is, and the secret that both sides sign with. */
export class SignedWebhookApi implements ICredentialType {
	name = 'signedWebhookApi';

	displayName = 'Signed Webhook API';

	icon: Icon = {
		light: 'file:../nodes/SignedWebhook/signedWebhook.svg',
		dark: 'file:../nodes/SignedWebhook/signedWebhook.dark.svg',
	};

	documentationUrl =
		'https://github.com/property-platform/n8n-nodes-property-platform#signed-webhook-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Platform URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://platform.example.com',
			description: 'Where the platform takes callbacks, without /internal at the end',
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: "The platform's WEBHOOK_SIGNING_SECRET. It signs, and it verifies.",
		},
		{
			displayName: 'Previous Signing Secret',
			name: 'previousSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Still accepted while the secret is being changed, never used to sign. Empty it when the change is done.',
		},
		{
			displayName: 'Tolerance (Seconds)',
			name: 'toleranceSeconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3600 },
			default: 300,
			description: 'How far the clocks of the two sides may stand apart',
		},
		{
			displayName: 'Company ID for the Test',
			name: 'testCompanyId',
			type: 'string',
			default: '',
			description: 'A company of yours. The test button asks the platform for its snapshot.',
		},
	];

	/** Signs at send time, so that every retry carries a fresh timestamp. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return signOutgoing(credentials, requestOptions, Date.now() / 1000);
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(new RegExp("/+$"), "")}}',
			url: '/internal/metrics/snapshot',
			qs: { company_id: '={{$credentials.testCompanyId}}' },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'The platform refused the signature. Compare the signing secret with its WEBHOOK_SIGNING_SECRET, and the clocks of both machines.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message:
						'The platform accepted the signature. Fill in Company ID for the Test to finish the check.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'The platform answered, but knows no such company or page. Check Platform URL and Company ID for the Test.',
				},
			},
		],
	};
}
