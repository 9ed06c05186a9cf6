import { SECRETS } from '../../../sandbox/sandbox.cts';
import { countsIn } from '../crms.cts';
import { leadRow, newLead } from '../leads.cts';
import { postSigned } from '../signed.cts';
import { heal, world } from '../world.cts';

describe("the test buttons of the CRMs' credentials", () => {
	beforeAll(heal);

	it.each(['sandbox-hubspot', 'sandbox-pipedrive', 'sandbox-salesforce'])(
		'that of %s is green',
		async (id) => {
			expect(await world().editor.testCredential(id)).toMatchObject({ status: 'OK' });
		},
	);

	it.each([
		{
			type: 'hubSpotCrmApi',
			data: () => ({ baseUrl: `${world().crms.hubspot.url}/`, accessToken: 'wrong' }),
			message: 'HubSpot refused the key. It may be expired or revoked.',
		},
		{
			type: 'pipedriveCrmApi',
			data: () => ({ baseUrl: `${world().crms.pipedrive.url}/`, apiToken: 'wrong' }),
			message: 'Pipedrive refused the API token.',
		},
	])('$type says so when its key is wrong', async ({ type, data, message }) => {
		const id = await world().editor.saveCredential('Wrong key', type, data());
		expect(await world().editor.testCredential(id)).toEqual({ status: 'Error', message });
	});

	it.each([
		['green, with a token fetched for it', SECRETS.salesforceClientSecret, 'OK', /successful/],
		['red with a wrong secret', 'another-secret', 'Error', /Failed to acquire OAuth2 access token/],
	])('that of Salesforce is %s', async (_, clientSecret, status, message) => {
		const id = await world().editor.saveCredential('To be tested', 'salesforceCrmOAuth2Api', {
			baseUrl: world().crms.salesforce.url,
			grantType: 'clientCredentials',
			clientId: SECRETS.salesforceClientId,
			clientSecret,
		});
		const verdict = await world().editor.testCredential(id);
		expect(verdict).toEqual({ status, message: expect.stringMatching(message) as string });
		expect(verdict.message).not.toContain(clientSecret);
	});
});

describe('Salesforce without a valid token', () => {
	beforeEach(heal);

	it('has n8n fetch a new one, and takes the lead once', async () => {
		const { salesforce } = world().crms;
		await postSigned('lead-created', await newLead('salesforce'));
		salesforce.reset();
		salesforce.expireTokens();

		const lead = await newLead('salesforce');
		expect((await postSigned('lead-created', lead)).status).toBe(200);
		expect(countsIn('salesforce')).toEqual({ contacts: 1, notes: 1, tasks: 1 });
		expect(await leadRow(lead.lead_id)).toMatchObject({ status: 'synced', isSent: true });
		expect(salesforce.requests.map(({ path }) => path.split('/').pop())).toEqual([
			'composite',
			'token',
			'composite',
		]);
	});
});
