/** Preferences by race, national origin, religion, sex, disability and familial status. */
import type { FairHousingRule } from './fairHousingRule';
import { KEYWORDS, PLACES, REGULATION, STATUTE, STEERING } from './fairHousingTerms';

const ORIGINS =
	'white|black|colored|coloured|caucasian|asian|hispanic|latino|latina|latinx|african|arab|' +
	'chinese|japanese|korean|indian|filipino|filipina|philippine|pinoy|mexican|irish|italian|' +
	'polish|german|french|spanish|vietnamese|american|european|oriental|ethnic|immigrant';
const PLURAL_ORIGINS =
	'whites|blacks|asians|hispanics|latinos|africans|arabs|mexicans|filipinos|pinoys|indians|' +
	'koreans|japanese|chinese|americans|foreigners|immigrants|migrants|gypsies';
const RELIGIONS =
	'catholic|christian|jewish|muslim|moslem|islamic|hindu|buddhist|mormon|protestant|baptist|' +
	'methodist|evangelical|sikh|adventist|katoliko|kristiyano|catolico|catolica|cristiano';
const RELIGIOUS_SITES =
	'church|churches|cathedral|temple|temples|mosque|mosques|synagogue|synagogues|parish|shrine|' +
	'basilica|iglesia|simbahan';
const PEOPLE =
	'people|person|persons|families|family|tenant|tenants|buyer|buyers|resident|residents|owner|' +
	'owners|renter|renters|household|households|neighbor|neighbors|neighbours|occupant|occupants|' +
	'couple|couples|gentleman|gentlemen|lady|ladies|man|men|woman|women';
const CHILDREN =
	'child|children|kid|kids|infant|infants|baby|babies|toddler|toddlers|teenagers|teens';

export const PROTECTED_CLASS_RULES: readonly FairHousingRule[] = [
	{
		id: 'origin-people',
		tier: 'block',
		phrases: [
			`${ORIGINS} ${PEOPLE}|${PLACES}`,
			'african american|americans',
			'native american|americans',
			'predominantly|mostly|largely|primarily|traditionally|historically|mainly ' +
				`${ORIGINS}|${PLURAL_ORIGINS}|${RELIGIONS}`,
		],
		reason: 'names the race or national origin of people',
		source: `${STATUTE}; ${REGULATION}`,
	},
	{
		id: 'origin-only',
		tier: 'block',
		phrases: [
			`${ORIGINS}|${PLURAL_ORIGINS} only|preferred|lang|lamang|solamente`,
			`only|no|not|exclusively ~1 ${PLURAL_ORIGINS}`,
			'white|colored|coloured private',
			'colored|coloured home|house',
			'hispanics|latinos|caucasians|caucasian|blacks|filipinos|mexicans|jews',
			'no ~2 extranjeros',
		],
		reason: 'prefers or excludes people by race or national origin',
		source: `${STATUTE}; ${REGULATION}`,
	},
	{
		id: 'origin-mix',
		tier: 'block',
		phrases: [
			`integrated|segregated|restricted|ethnic|homogeneous ${PLACES}|building|housing`,
			'ethnically',
		],
		reason: 'describes the make-up of a neighbourhood',
		source: `${REGULATION}; ${KEYWORDS}`,
	},
	{
		id: 'origin-language',
		tier: 'block',
		phrases: ['english speaking|speakers|speaker', 'speak|speaks english'],
		reason: 'prefers people by language, which stands for national origin',
		source: STEERING,
	},
	{
		id: 'religion',
		tier: 'block',
		phrases: [RELIGIONS],
		reason: 'names a religion',
		source: `${REGULATION}; ${KEYWORDS}`,
		yieldsToNames: true,
	},
	{
		id: 'religion-people',
		tier: 'block',
		phrases: [
			`${RELIGIONS} ${PEOPLE}|${PLACES}|home|household|only|preferred|lang|lamang`,
			'christians|catholics|muslims|hindus|buddhists|mormons|protestants',
		],
		reason: 'names the religion of people',
		source: `${STATUTE}; ${REGULATION}`,
	},
	{
		id: 'religion-site-nearby',
		tier: 'block',
		phrases: [
			'near|nearby|close|walking|walk|steps|minutes|beside|opposite|adjacent|across|cerca|malapit ' +
				`~5 ${RELIGIOUS_SITES}`,
			`${RELIGIOUS_SITES} ~1 nearby|close|around`,
		],
		reason: 'sells nearness to a place of worship',
		source: STEERING,
	},
	{
		id: 'religion-site',
		tier: 'review',
		phrases: [RELIGIOUS_SITES],
		reason: 'mentions a place of worship',
		source: KEYWORDS,
		yieldsToNames: true,
	},
	{
		id: 'sex',
		tier: 'block',
		phrases: [
			'male|males|female|females|men|women|man|woman|lady|ladies|gentleman|gentlemen|girls|boys ' +
				'only|preferred|tenant|tenants|roommate|roommates|occupant|occupants|lang|lamang',
			'no|only|exclusively male|males|female|females|men|women|girls|boys|gays|lesbians',
			'babae|lalaki lang|lamang',
			'solo|solamente hombres|mujeres|damas|caballeros',
		],
		reason: 'prefers or excludes people by sex',
		source: STATUTE,
	},
	{
		id: 'sex-term',
		tier: 'review',
		phrases: ['bachelor|bachelorette pad', 'man cave', 'gay|lgbt*'],
		reason: 'may read as a preference by sex',
		source: KEYWORDS,
	},
	{
		id: 'disability-excluded',
		tier: 'block',
		phrases: [
			'no|not|unsuitable|never ~3 wheelchair|wheelchairs|handicapped|disabled|disability|' +
				'disabilities|blind|deaf',
			'no service|support|assistance|emotional ~1 animal|animals|dog|dogs',
			'able bodied',
			'physically fit',
			'healthy only|people|persons|adults|individuals',
			'only healthy',
			'mentally ill|handicapped|challenged|disabled',
			'crippled|cripples|retarded|invalids',
			'must ~2 climb',
			'able to live independently',
		],
		reason: 'prefers or excludes people by disability',
		source: `${STATUTE}; ${KEYWORDS}`,
	},
	{
		id: 'disability-term',
		tier: 'review',
		phrases: ['handicapped|handicap|impaired|agile', 'independent living'],
		reason: 'says something of people with disabilities; describe the feature instead',
		source: KEYWORDS,
	},
	{
		id: 'familial-no-children',
		tier: 'block',
		phrases: [
			`no|without|zero ~1 ${CHILDREN}|families|minors`,
			`${CHILDREN}|families ~1 not|never ~1 allowed|welcome|permitted|accepted`,
			`${CHILDREN} unwelcome|prohibited|free`,
			`one|two|1|2 ${CHILDREN} ~1 only|max|maximum|limit`,
			`only|maximum|max|limit ~2 ${CHILDREN}`,
			'childless|childfree',
			'sin|no ~2 ninos',
			'bawal ~3 bata|pamilya',
			'walang bata',
		],
		reason: 'excludes or limits children',
		source: `${STATUTE}; ${KEYWORDS}`,
	},
	{
		id: 'familial-adults-only',
		tier: 'block',
		phrases: [
			'adult|adults only|building|community|living|preferred|oriented|complex|lang|lamang',
			'only adults',
			'solo|solamente adultos|parejas|familias',
			'mature couple|couples|individual|individuals|person|persons|people|tenant|tenants|adults',
			'older person|persons|couple|couples|adults preferred|only',
			'older persons|person',
		],
		reason: 'prefers adults',
		source: `${REGULATION}; ${KEYWORDS}`,
	},
	{
		id: 'familial-status',
		tier: 'block',
		phrases: [
			'couple|couples|singles|bachelors|professionals|students|families|pamilya|parejas ' +
				'only|preferred|lang|lamang|solamente',
			'only couples|singles|bachelors|professionals|students|families',
			'single person|persons|people|man|men|woman|women|occupant|occupants|professional|professionals',
			'married|newlywed|newlyweds',
			'empty nester|nesters',
			'retired|retiree|retirees',
			'no students|couples|singles',
		],
		reason: 'prefers people by family status, age or occupation',
		source: `${STATUTE}; ${KEYWORDS}`,
	},
];
