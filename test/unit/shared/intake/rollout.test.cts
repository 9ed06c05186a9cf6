import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

import fc from 'fast-check';

import { isSelected } from '../../../../nodes/shared/intake/rollout';

const COMPANY = '0b0f8f9e-6f0e-4c3a-9a53-2f8f3c1f7d10';

const at = (percentage: number, company = COMPANY) =>
	isSelected(company, { companies: [], percentage });

/** Where a company stands between 0 and 100, by a program that is not ours. */
function standingInPython(company: string): number {
	const program =
		'import hashlib, sys; print(int(hashlib.sha256(sys.argv[1].encode()).hexdigest()[:8], 16) / 2**32 * 100)';
	return Number(execFileSync('python3', ['-c', program, company]).toString());
}

/** Ids that look like the platform's and are the same on every run. */
function companyId(number: number): string {
	const hex = createHash('md5').update(`company ${number}`).digest('hex');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

describe('rolling a flow out', () => {
	it('puts a company where sha256 puts it', () => {
		const standing = standingInPython(COMPANY);
		expect(standing).toBeCloseTo(59.013663, 6);
		expect(at(standing)).toBe(false);
		expect(at(standing + 1e-9)).toBe(true);
	});

	it('selects nobody at 0 % and everybody at 100 %', () => {
		fc.assert(
			fc.property(fc.string(), (company) => {
				expect(at(0, company)).toBe(false);
				expect(at(100, company)).toBe(true);
			}),
		);
	});

	it('never drops a company when the percentage grows', () => {
		const percentage = fc.double({ min: 0, max: 100, noNaN: true });
		fc.assert(
			fc.property(fc.uuid(), percentage, percentage, (company, one, other) => {
				const [low, high] = one < other ? [one, other] : [other, one];
				expect(!at(low, company) || at(high, company)).toBe(true);
			}),
		);
	});

	it.each([1, 10, 25, 50, 90])('selects about %i %% of ten thousand companies', (percentage) => {
		const companies = Array.from({ length: 10_000 }, (_, number) => companyId(number));
		const share = companies.filter((company) => at(percentage, company)).length / 100;
		// Four standard deviations of a binomial share.
		const spread = 4 * Math.sqrt((percentage * (100 - percentage)) / 10_000);
		expect(Math.abs(share - percentage)).toBeLessThan(spread);
	});

	it('takes only the companies that are listed, and of those the percentage', () => {
		const chosen = { companies: [COMPANY], percentage: 100 };
		expect(isSelected(COMPANY, chosen)).toBe(true);
		expect(isSelected('another', chosen)).toBe(false);
		expect(isSelected(COMPANY, { ...chosen, percentage: 59 })).toBe(false);
	});
});
