import { checkWeights, WEIGHTS, type Weights } from './weights';

/** What an agency sets of the score. */
export interface ScoringSettings {
	/** How much each factor counts; together 100. */
	weights: Weights;
	/** What a factor counts while nothing is known of it, 0 to 100. */
	neutralScore: number;
	/** At this distance a listing scores half for location. */
	distanceScaleKm: number;
	/** After this time an action counts half. */
	halfLifeDays: number;
	/** Whether asking about a listing is weak evidence of the budget and places, where none are stated. */
	inferFromProperty: boolean;
	/** Two letters or a name: the country of phone numbers without a calling code, and the market. */
	defaultCountry: string;
	/** Other names of places, such as `{ 'The Heights': 'Loyola Heights' }`. */
	places: Readonly<Record<string, string>>;
}

const DEFAULTS: ScoringSettings = {
	weights: WEIGHTS,
	neutralScore: 50,
	distanceScaleKm: 5,
	halfLifeDays: 14,
	inferFromProperty: false,
	defaultCountry: 'PH',
	places: {},
};

/** Fills in what is not set. Throws a RangeError that names a setting which makes no sense. */
export function completeSettings(given: Partial<ScoringSettings>): ScoringSettings {
	const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
	const settings: ScoringSettings = { ...DEFAULTS, ...set };
	const { weights, neutralScore, distanceScaleKm, halfLifeDays } = settings;
	const problem =
		checkWeights(weights) ??
		(neutralScore >= 0 && neutralScore <= 100 ? undefined : 'neutralScore must be from 0 to 100') ??
		(distanceScaleKm > 0 ? undefined : 'distanceScaleKm must be above 0') ??
		(halfLifeDays > 0 ? undefined : 'halfLifeDays must be above 0');
	if (problem) throw new RangeError(problem);
	return settings;
}
