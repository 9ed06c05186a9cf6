import type { Neighborhood } from '../valuation/neighborhood';

/** RentCast's figures of the area where it has prices, else those of the comparables. */
export function chooseNeighborhood<N extends Pick<Neighborhood, 'source'>>(
	earlier: N | undefined,
	fromComparables: N,
): N {
	return earlier?.source === 'rentcast' ? earlier : fromComparables;
}
