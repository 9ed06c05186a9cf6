/**
 * What a person would write into a Code node in an afternoon: a page of regular expressions, English
 * with some Tagalog. It knows fewer intents and amounts, no denial, no language, and checks no
 * number.
 */
const INTENTS: Record<string, RegExp> = {
	property_search:
		/\b(looking for|lf|searching for|want to (buy|rent)|naghahanap|hanap|do you have)\b/i,
	budget_inquiry: /\b(budget|afford|\d+(\.\d+)?\s?(m|k|million)\b)/i,
	viewing_request: /\b(viewing|visit|tour|tripping|view the (unit|house|condo)|pwede.*tumingin)\b/i,
	availability_inquiry: /\b(available|avail|still open|meron pa|may bakante)\b/i,
	price_inquiry: /\b(how much|price|hm|magkano|presyo|negotiable|tumawad)\b/i,
	location_inquiry: /\b(where is|location|loc|address|saan|malapit)\b/i,
	financing_inquiry:
		/\b(loan|mortgage|pag-?ibig|installment|hulugan|amortization|down ?payment)\b/i,
	human_agent: /\b(talk to|speak (to|with)|agent|real person|makausap)\b/i,
	greeting: /\b(hi|hello|hey|good (morning|afternoon|evening)|magandang (umaga|araw|gabi))\b/i,
	thanks: /\b(thanks?|thank you|salamat|ty)\b/i,
	opt_out: /\b(stop messaging|unsubscribe|opt out|itigil|wag na)\b|^stop\W*$/i,
	opt_in: /^(start|subscribe)\W*$/i,
	data_deletion: /\b(delete|remove|erase|burahin).*\b(data|info|information|account)\b/i,
	selling_inquiry: /\b(sell my|want to sell|ibenta|rent out my)\b/i,
};
const BEDS = /\b(\d+)\s*-?\s*(br|bed(room)?s?|kwarto)\b/i;
const BATHS = /\b(\d+)\s*(bath(room)?s?|t&b|banyo)/i;
const AREA = /\b([\d,]+)\s*(sqm|sq\.? ?m|m2)\b/i;
const BUDGET =
	/(₱|php|p|\$)?\s?([\d,]+(?:\.\d+)?)\s?(m|k|million|thousand)?(?:\s?(?:-|to)\s?([\d,]+(?:\.\d+)?)\s?(m|k|million|thousand)?)?/gi;
const PLACES =
	/\b(bgc|bonifacio global city|makati|quezon city|qc|pasig|cebu|taguig|sta\.? rosa|tagaytay|manila|alabang)\b/gi;
const RENT = /\b(rent|lease|upa)\b/i;
const BUY = /\b(buy|purchase|for sale|bibili)\b/i;
const TYPE = /\b(condo(minium)?|house|townhouse|lot|apartment|bahay)\b/i;
const MOVE_IN =
	/\b(next month|asap|january|february|march|april|june|july|august|september|october|november|december)\b/i;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.]+/;
const PHONE = /(?:\+63|0)9\d{2}[\s.-]?\d{3}[\s.-]?\d{4}/;
const FACTORS: Record<string, number> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 };

export function understandByHand(text: string): object {
	const intents = Object.keys(INTENTS).filter((name) => INTENTS[name]!.test(text));
	const amounts = [...text.matchAll(BUDGET)]
		.map(([, sign, digits = '', factor = '']) => ({
			sign,
			value: Number(digits.replaceAll(',', '')) * (FACTORS[factor.toLowerCase()] ?? 1),
		}))
		.filter(({ value }) => value >= 1_000);
	return {
		intents: intents.length > 0 ? intents : ['unknown'],
		slots: {
			budget: amounts[0],
			beds: BEDS.exec(text)?.[1],
			baths: BATHS.exec(text)?.[1],
			area: AREA.exec(text)?.[1],
			places: text.match(PLACES) ?? undefined,
			transaction: RENT.test(text) ? 'rent' : BUY.test(text) ? 'buy' : undefined,
			type: TYPE.exec(text)?.[1],
			moveIn: MOVE_IN.exec(text)?.[1],
		},
		contact: { email: EMAIL.exec(text)?.[0], phone: PHONE.exec(text)?.[0] },
	};
}
