import type { Phrase } from './phrases';

export type FairHousingTier = 'block' | 'review';

export interface FairHousingRule {
	id: string;
	tier: FairHousingTier;
	phrases: readonly Phrase[];
	/** Why, in words for the person who wrote the text. */
	reason: string;
	source: string;
	/** Not meant where the words are part of the address, the city or another name in the facts. */
	yieldsToNames?: true;
}
