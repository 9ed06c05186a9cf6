/** Seven digits or more, written as people write numbers, with an extension or without. */
const DIALLABLE =
	/^(?=(?:\D*\d){7})[+(\d][\d\s()+./-]{0,39}(?:\s?(?:;?ext[.=]?|x|loc(?:al)?\.?)\s?\d{1,7})?$/i;

/** How somebody can be reached. */
export interface Reach {
	email?: string;
	phone?: string;
}

/** Of a lead's contact details those that can be used: a phone that could not be read may be words. */
export function reachOf({ email, phone }: Reach): Reach {
	return { ...(email && { email }), ...(phone && DIALLABLE.test(phone) && { phone }) };
}
