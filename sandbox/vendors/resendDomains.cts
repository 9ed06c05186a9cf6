/** The domains that an account sends from. @see https://resend.com/docs/api-reference/domains/list-domains */
import { sqlDate } from './resendDates.cts';
import { pageOf } from './resendPages.cts';
import type { VendorApp } from './standIn.cts';

/** The only domain that is not verified, where no list says which ones are. */
const UNVERIFIED_DOMAIN = 'unverified.example';

interface ResendDomain {
	id: string;
	name: string;
	status: 'verified' | 'not_started';
	created_at: string;
	region: 'us-east-1';
	capabilities: { sending: 'enabled'; receiving: 'disabled' };
}

/** Without a list every domain is verified but `unverified.example`. */
export function isVerified(domain: string, verified: string[] | undefined): boolean {
	return verified?.includes(domain) ?? domain !== UNVERIFIED_DOMAIN;
}

export function domainRoutes(app: VendorApp, verified: string[] | undefined, now: number): void {
	const domains = domainsOf(verified, now);
	app.get('/domains', (context) =>
		context.json(pageOf(domains, context.req.query(), (domain) => domain)),
	);
}

function domainsOf(verified: string[] | undefined, now: number): ResendDomain[] {
	const domain = (name: string, index: number, status: ResendDomain['status']): ResendDomain => ({
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		name,
		status,
		created_at: sqlDate(now),
		region: 'us-east-1',
		capabilities: { sending: 'enabled', receiving: 'disabled' },
	});
	return [
		domain(UNVERIFIED_DOMAIN, 0, 'not_started'),
		...(verified ?? ['example.com']).map((name, index) => domain(name, index + 1, 'verified')),
	];
}
