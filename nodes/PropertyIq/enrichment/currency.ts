import type { EnrichProperty } from '../../shared/contracts/enrichProperty';

const RENT_CAST_CURRENCY = 'USD';

/**
 * The currency of figures that are not in the listing's own: RentCast's are US dollars, and nothing
 * here converts them. Undefined where they agree, or the listing names no currency.
 */
export function otherCurrency(
	{ currency }: Pick<EnrichProperty, 'currency'>,
	figures: { source: string } | undefined,
): string | undefined {
	const differs = currency && currency !== RENT_CAST_CURRENCY && figures?.source === 'rentcast';
	return differs ? RENT_CAST_CURRENCY : undefined;
}
