/** Words for the same kind of property, in the Philippines and at RentCast. */
const KINDS: ReadonlyArray<readonly string[]> = [
	['condo', 'condominium', 'condominium unit', 'condo unit', 'apartment', 'flat', 'studio', 'loft'],
	['house', 'house and lot', 'single family', 'single family home', 'single detached', 'villa'],
	['townhouse', 'townhome', 'row house', 'rowhouse'],
	['land', 'lot', 'lot only', 'vacant lot', 'residential lot'],
];

/** Words that say nothing about the kind. */
const GENERIC = new Set(['', 'residential', 'property', 'home', 'unit', 'other', 'unknown']);

/** Whether both sides state a kind of property and the kinds differ, as condo and house do. */
export function differInType(a: string | undefined, b: string | undefined): boolean {
	const [left, right] = [kindOf(a), kindOf(b)];
	return left !== undefined && right !== undefined && left !== right;
}

/** Whether both sides state the same kind of property. */
export function sameType(a: string | undefined, b: string | undefined): boolean {
	const kind = kindOf(a);
	return kind !== undefined && kind === kindOf(b);
}

/** The first word of the family a kind belongs to, or the word itself; undefined if it says none. */
function kindOf(type: string | undefined): string | undefined {
	const word = (type ?? '')
		.toLowerCase()
		.replace(/&/g, ' and ')
		.replace(/[^a-z]+/g, ' ')
		.trim();
	if (GENERIC.has(word)) return undefined;
	return KINDS.find((family) => family.includes(word))?.[0] ?? word;
}
