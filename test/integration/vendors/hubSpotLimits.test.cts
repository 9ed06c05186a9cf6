/** How often the stand-in may be asked, and what it says of it in headers. */
import type { CrmStandIn } from '../../../sandbox/vendors/crmView.cts';
import { startHubSpot } from '../../../sandbox/vendors/hubSpot.cts';

const DETAILS = '/account-info/2026-09/details';
const SEARCH = '/crm/objects/2026-09/contacts/search';

describe("HubSpot's limits", () => {
	let limited: CrmStandIn;

	beforeAll(async () => void (limited = await startHubSpot({ perTenSeconds: 3, perDay: 4 })));
	beforeEach(() => limited.reset());
	afterAll(() => limited.close());

	async function ask(path: string) {
		const isSearch = path === SEARCH;
		const answer = await fetch(`${limited.url}${path}`, {
			method: isSearch ? 'POST' : 'GET',
			headers: { authorization: 'Bearer any' },
			...(isSearch && { body: '{}' }),
		});
		const { policyName } = (await answer.json()) as { policyName?: string };
		return { status: answer.status, policyName, headers: answer.headers };
	}

	it('are counted down in the headers, but for searches', async () => {
		const { headers } = await ask(DETAILS);
		expect(headers.get('x-hubspot-ratelimit-max')).toBe('3');
		expect(headers.get('x-hubspot-ratelimit-remaining')).toBe('2');
		expect(headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
		expect(headers.get('x-hubspot-ratelimit-daily-remaining')).toBe('3');
		expect((await ask(SEARCH)).headers.get('x-hubspot-ratelimit-max')).toBeNull();
	});

	it('are those of ten seconds and of the day', async () => {
		const answers = [];
		for (const path of [DETAILS, DETAILS, DETAILS, DETAILS, SEARCH, SEARCH]) {
			const { status, policyName } = await ask(path);
			answers.push([status, policyName]);
		}
		expect(answers).toEqual([
			[200, undefined],
			[200, undefined],
			[200, undefined],
			[429, 'TEN_SECONDLY_ROLLING'],
			[200, undefined],
			[429, 'DAILY'],
		]);
	});

	it('are gone after a reset', async () => {
		for (let count = 0; count < 4; count++) await ask(DETAILS);
		limited.reset();
		expect((await ask(DETAILS)).status).toBe(200);
	});
});
