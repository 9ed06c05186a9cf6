/** Salesforce's OAuth2 token: fetched by n8n, kept, renewed in the middle, and never shown. */
import {
	claimedLead,
	JOHN,
	leadScore,
	type LeadSurroundings,
	startLeadSurroundings,
} from './leadSurroundings.cts';

const TOKEN_PATH = '/services/oauth2/token';
const SALESFORCE = { crm: 'salesforce', reportToPlatform: false };

let around: LeadSurroundings;
beforeAll(async () => {
	around = await startLeadSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const tokensFetched = () =>
	around.salesforce.requests.filter(({ path }) => path === TOKEN_PATH).length;

const leads = (count: number) =>
	Array.from({ length: count }, (_, index) =>
		claimedLead({
			...JOHN,
			lead_id: `lead-${index}`,
			email: `lead-${index}@example.com`,
			phone: null,
		}),
	);

describe('the token', () => {
	it('is fetched once and kept from run to run', async () => {
		await around.runOne('process', SALESFORCE, claimedLead(JOHN));
		await around.runStep(leadScore('process', SALESFORCE), leads(3));
		expect(tokensFetched()).toBe(1);
	});

	it('that expires in the middle is renewed, and nothing is doubled or lost', async () => {
		// Items that begin together would each fetch the first token.
		await around.runOne('process', SALESFORCE, claimedLead(JOHN));
		const expiry = setInterval(() => {
			if (around.salesforce.holds().length < 4) return;
			clearInterval(expiry);
			around.salesforce.expireTokens();
		}, 2);
		try {
			await around.runStep(leadScore('process', SALESFORCE), leads(12));
		} finally {
			clearInterval(expiry);
		}
		const held = around.salesforce.holds();
		expect(held.map(({ email }) => email).sort()).toEqual(
			[claimedLead(JOHN), ...leads(12)].map(({ event }) => (event as typeof JOHN).email).sort(),
		);
		for (const { notes, tasks } of held) expect([notes.length, tasks.length]).toEqual([1, 1]);
		expect(tokensFetched()).toBe(2);
	});

	it('of a person is renewed by the refresh token', async () => {
		const { salesforceCrmOAuth2Api } = around.credentials;
		around.credentials.salesforceCrmOAuth2Api = {
			...salesforceCrmOAuth2Api,
			grantType: 'authorizationCode',
			oauthTokenData: { access_token: 'expired', refresh_token: 'refresh', token_type: 'Bearer' },
		};
		await around.runOne('process', SALESFORCE, claimedLead(JOHN));
		expect(around.salesforce.requests.map(({ body }) => body)).toContainEqual(
			expect.stringContaining('grant_type=refresh_token'),
		);
		expect(around.salesforce.holds()).toHaveLength(1);
	});
});

describe('no token', () => {
	it('for a wrong secret is a refused credential', async () => {
		const { salesforceCrmOAuth2Api } = around.credentials;
		around.credentials.salesforceCrmOAuth2Api = {
			...salesforceCrmOAuth2Api,
			clientSecret: 'another secret',
		};
		const json = await around.failOne('process', SALESFORCE, claimedLead(JOHN));
		expect(json).toMatchObject({
			error: 'Salesforce refused the credential (401)',
			details: { kind: 'credential-refused', passing: false },
		});
		expect(JSON.stringify(json)).not.toContain('another secret');
	});

	it('while Salesforce is down passes by itself', async () => {
		around.salesforce.failNext({ status: 503, body: 'down' }, 9);
		const json = await around.failOne('process', SALESFORCE, claimedLead(JOHN));
		expect(json.details).toMatchObject({ kind: 'unreachable', passing: true });
	});

	it('where a web page answers says that the address is to be checked', async () => {
		around.salesforce.failNext('html', 9);
		const json = await around.failOne('process', SALESFORCE, claimedLead(JOHN));
		expect(json).toMatchObject({
			error: 'Salesforce gave an answer that cannot be read',
			details: { kind: 'unreadable', passing: true, advice: expect.stringContaining('base URL') },
		});
	});

	it('that lasts, although a new one was fetched, is a refused credential', async () => {
		const expired = {
			status: 401,
			body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Expired' }],
		};
		around.salesforce.failNext(expired, 9, { matching: ({ path }) => path !== TOKEN_PATH });
		const json = await around.failOne('process', SALESFORCE, claimedLead(JOHN));
		expect(json.details).toMatchObject({ kind: 'credential-refused', status: 401, passing: false });
		expect(around.salesforce.holds()).toEqual([]);
	});

	it('from a person who never signed in asks for that', async () => {
		const { salesforceCrmOAuth2Api } = around.credentials;
		around.credentials.salesforceCrmOAuth2Api = {
			...salesforceCrmOAuth2Api,
			grantType: 'authorizationCode',
		};
		const json = await around.failOne('process', SALESFORCE, claimedLead(JOHN));
		expect(json.error).toBe('OAuth credentials not connected');
		expect(around.salesforce.requests).toEqual([]);
	});
});
