/**
 * The share of the sent mails that did not fail, in percent with two decimals; 0 where none was sent.
 * The guide's 1250 sent and 12 failed give (1250 - 12) / 1250 = 99.04 %, so that its `sent` counts
 * the failed ones too: were they beside it, 1250 of 1262 would be 99.05 %.
 * @see The platform's integration guide, "Email Campaign Dispatch".
 */
export function deliveryRate(sent: number, failed: number): number {
	if (sent <= 0) return 0;
	return Math.round((Math.max(0, sent - failed) * 10_000) / sent) / 100;
}
