import type { LeadProperty } from '../shared/contracts/leadCreated';
import type { KnownLead } from './knownLead';
import { readAmount } from '../shared/money/amount';
import { clearerCurrency, mayBeSameCurrency } from '../shared/money/currency';

const ISO_4217 = /^[A-Z]{3}$/;

export interface Price {
	amount: number;
	/** ISO 4217 code, where it is known which. */
	currency?: string;
}

/** The listing that a lead asked about: each field as the lead states it, else as it was looked up. */
export function listingOf({ lead, property }: Pick<KnownLead, 'lead' | 'property'>): LeadProperty {
	const said = Object.entries({ property_id: lead.property_id, ...lead.property });
	return {
		...property,
		...Object.fromEntries(said.filter(([, value]) => value != null && value !== '')),
	};
}

/** The price as a number; undefined where it is none, or where it contradicts the currency. */
export function priceOf({ price_amount, currency }: LeadProperty): Price | undefined {
	const stated = price_amount == null ? undefined : readAmount(price_amount);
	if (stated?.low === undefined || stated.low !== stated.high) return undefined;
	const listed = currency ?? undefined;
	if (!mayBeSameCurrency(listed, stated.currency)) return undefined;
	const unit = clearerCurrency(listed, stated.currency);
	return { amount: stated.low, ...(unit && ISO_4217.test(unit) && { currency: unit }) };
}
