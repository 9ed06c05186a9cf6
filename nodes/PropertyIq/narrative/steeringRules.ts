/** Who should live there, how safe or good the area is, and how the rent is paid. */
import type { FairHousingRule } from './fairHousingRule';
import { KEYWORDS, PLACES, REGULATION, STEERING } from './fairHousingTerms';

const AUDIENCE =
	'families|couples|singles|professionals|professional|students|retirees|retiree|retired|seniors|' +
	'senior|bachelors|bachelor|newlyweds|kids|children|parents|adults|nesters|women|men|mothers|' +
	'christians|catholics|filipinos|expats|foreigners|executives|millennials';
const PRAISE =
	'perfect|perfectly|ideal|ideally|great|best|excellent|suitable|suited|designed|meant|made|' +
	'tailored|wonderful|fit';

export const STEERING_RULES: readonly FairHousingRule[] = [
	{
		id: 'familial-oriented',
		tier: 'block',
		phrases: [
			'family|families|kid|kids|child friendly|oriented',
			'young|growing|large|small|big family|families|couple|couples|professional|professionals',
			'working professionals',
		],
		reason: 'says who should live there instead of what is there',
		source: STEERING,
	},
	{
		id: 'ideal-for-people',
		tier: 'block',
		phrases: [
			`${PRAISE} for ~3 ${AUDIENCE}`,
			`${PRAISE} for|to a|an|the|your|any|every|my ~2 family`,
			`${PRAISE} ~1 family home`,
			'perfecto|perfecta|ideal para ~3 familia|familias|parejas|jovenes|estudiantes|ninos|jubilados',
			'perpekto|bagay|swak ~3 pamilya|estudyante',
		],
		reason: 'says for whom the home is instead of what it is',
		source: STEERING,
	},
	{
		id: 'older-persons',
		tier: 'review',
		phrases: [
			'senior|seniors|elderly',
			'retirement community|village|home|living',
			'active adult|adults',
			'55 plus|and|or community|over|older|living',
			'families welcome',
		],
		reason: 'lawful only for housing that qualifies as housing for older persons',
		source: '42 U.S.C. 3607(b); HUD memo of 9 January 1995',
	},
	{
		id: 'steering-safety',
		tier: 'block',
		phrases: [
			`safe|safer|safest|secure|unsafe|dangerous|rough ~1 ${PLACES}|street|streets|neighbors`,
			'low|no|zero|little crime',
			'crime free|rate|rates',
			'ligtas na lugar|barangay',
			'zona|barrio|vecindario ~1 seguro|segura',
		],
		reason: 'speaks of safety or crime, which steers people',
		source: STEERING,
	},
	{
		id: 'steering-area',
		tier: 'block',
		phrases: [
			`good|bad|better|great|exclusive|transitional|changing|elite|undesirable ${PLACES}`,
			'up and coming',
			'right side of',
		],
		reason: 'ranks a neighbourhood, which steers people',
		source: STEERING,
	},
	{
		id: 'steering-area-term',
		tier: 'review',
		phrases: [
			`nice|prestigious|upscale|private|traditional|diverse|multicultural|sought ~1 ${PLACES}`,
			'board|membership approval',
		],
		reason: 'may read as steering',
		source: REGULATION,
	},
	{
		id: 'steering-schools',
		tier: 'block',
		phrases: [
			'great|good|excellent|top|best|outstanding|quality|rated|fine|superior|reputable ' +
				'~1 school|schools',
			'schools ~2 excellent|great|good|outstanding',
			'magandang paaralan',
			'buenas|excelentes escuelas',
		],
		reason: 'rates schools without a source',
		source: STEERING,
	},
	{
		id: 'steering-school-district',
		tier: 'review',
		phrases: ['school district|districts|zone'],
		reason: 'mentions a school district; name it without a rating',
		source: STEERING,
	},
	{
		id: 'income-source',
		tier: 'block',
		phrases: [
			'no ~1 section 8',
			'section 8 not|no',
			'no ~3 voucher|vouchers',
			'no ~1 ssi|unemployed|welfare',
			'ssi|unemployed no|not',
			'must be employed',
			'employed must|only|tenants|persons',
			'seasonal worker|workers',
		],
		reason: 'excludes people by their source of income',
		source: `${KEYWORDS}; state law`,
	},
];
