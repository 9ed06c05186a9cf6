/**
 * The fair-housing rules, as data. `block` may not be published; `review` may be lawful in its
 * place (housing for older persons, say) and is for a person to decide. Plain facts about a
 * property that HUD's memo of 9 January 1995 clears (walk-in closet, family room, master bedroom,
 * bachelor apartment, wheelchair ramp, quiet street, apartment complex with chapel) match nothing.
 * @see https://www.law.cornell.edu/uscode/text/42/3604 42 U.S.C. 3604(c)
 * @see https://fairhousing.com/node/17705 24 CFR 109.20, withdrawn in 1996 and still cited
 * @see http://fairhousing.com/node/17987 the memo of 9 January 1995
 */
import type { FairHousingRule } from './fairHousingRule';
import { PROTECTED_CLASS_RULES } from './protectedClassRules';
import { STEERING_RULES } from './steeringRules';

export const FAIR_HOUSING_RULES: readonly FairHousingRule[] = [
	...PROTECTED_CLASS_RULES,
	...STEERING_RULES,
];
