/** The company of a suppression that holds for every company. */
export const EVERY_COMPANY = '';

/** Reads why an address gets no campaign of a company, else null; both are SQL expressions. */
export function suppressionOf(recipient: string, companyId: string): string {
	return `(SELECT held.reason FROM property_platform.suppressions AS held
		WHERE held.recipient = ${recipient} AND held.company_id IN ('${EVERY_COMPANY}', ${companyId})
		ORDER BY held.company_id LIMIT 1)`;
}
