import { type Finding, finding, type Standing, unknown } from './check';
import type { VendorFigures } from './figures';
import { percent } from './quantities';
import type { Thresholds } from './thresholds';

/** How many calls to a vendor fail. */
export function vendorErrors(
	{ vendor, attempts, errors }: VendorFigures,
	{ vendorErrorsPercent, leastCalls }: Thresholds,
	standing: Standing,
): Finding {
	const [key, name] = [`vendor-errors:${vendor}`, `Errors of a vendor: ${vendor}`];
	if (!(attempts >= leastCalls)) {
		return unknown(
			key,
			name,
			`There were ${attempts} calls; it takes ${leastCalls} to conclude anything.`,
		);
	}
	const share = (errors * 100) / attempts;
	return finding(
		{
			key,
			name,
			value: share,
			levels: { critical: vendorErrorsPercent },
			words: `${errors} of ${attempts} calls failed (${percent(share)})`,
			inWords: percent,
			advice: "Look at the vendor's status page, and at its credential in n8n.",
		},
		standing,
	);
}
