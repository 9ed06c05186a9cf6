import { type Candidate, MAX_KM } from './candidates';
import { exclude } from './exclusion';

/**
 * The search widens step by step until it holds enough: the same market area first, wider only
 * where that is too thin (Fannie Mae Selling Guide B4-1.3-08).
 */
const RADII_KM = [1.6, 3.2, 8, MAX_KM] as const;
const ENOUGH = 12;

/** How far a set of candidates reaches. */
export interface Extent {
	/** The smallest step of the search that holds all of them. */
	radiusKm: number;
	/** Whether any distance was measured, so that the radius means something. */
	measured: boolean;
	/** Where they are, in words: `within 3.2 km`, `same neighbourhood`, `same city`. */
	scope: string;
}

/** The nearest candidates that are enough in number, or all there are. */
export function searchArea(candidates: readonly Candidate[]) {
	const widest = RADII_KM.find(
		(radius) => candidates.filter(({ proximity }) => proximity.km <= radius).length >= ENOUGH,
	);
	return exclude(
		candidates,
		({ proximity }) => widest !== undefined && proximity.km > widest && 'farther away than needed',
	);
}

export function extentOf(candidates: readonly Candidate[]): Extent {
	const farthest = Math.max(...candidates.map(({ proximity }) => proximity.km));
	const radiusKm = RADII_KM.find((radius) => farthest <= radius) ?? MAX_KM;
	const kinds = new Set(candidates.map(({ proximity }) => proximity.kind));
	return { radiusKm, measured: kinds.has('measured'), scope: scopeOf(kinds, radiusKm) };
}

function scopeOf(kinds: ReadonlySet<Candidate['proximity']['kind']>, radiusKm: number): string {
	const parts: string[] = [];
	if (kinds.has('measured')) parts.push(`within ${radiusKm} km`);
	if (kinds.has('city')) parts.push('same city');
	else if (kinds.has('neighborhood')) parts.push('same neighbourhood');
	if (kinds.has('unstated')) parts.push('place not stated');
	return parts.join(' or ') || 'nothing comparable nearby';
}
