import { rememberPairs } from '../../shared/text/remember';

/** Where a lead came from, and how much that alone tells of its interest. */
export interface SourceClass {
	/** 0 to 100. */
	prior: number;
	/** As in "Came from a property portal". */
	words: string;
}

const PORTAL = { prior: 70, words: 'a property portal' };
const REFERRAL = { prior: 70, words: 'a referral' };
const DIRECT = { prior: 70, words: 'a direct inquiry' };
const ORGANIC_SEARCH = { prior: 60, words: 'a search engine' };
const ORGANIC_SOCIAL = { prior: 60, words: 'a social media post' };
const OWN_MAIL = { prior: 60, words: 'an e-mail of the agency' };
const ORGANIC = { prior: 60, words: 'an unpaid visit' };
const PAID_SEARCH = { prior: 50, words: 'a search ad' };
const SEARCH = { prior: 50, words: 'a search engine' };
const PAID_SOCIAL = { prior: 35, words: 'a social media ad' };
const SOCIAL = { prior: 35, words: 'social media' };
const PAID = { prior: 35, words: 'an advertisement' };

const words = (text: string) => new Set(text.split(' '));

const PORTALS = words(
	'lamudi property24 dotproperty hoppler onepropertee ohmyhome zipmatch rentpad carousell ' +
		'propertyguru iproperty zillow trulia realtor redfin rightmove zoopla idealista bayut ' +
		'propertyfinder dubizzle magicbricks 99acres realestate apartments hotpads portal',
);
const PORTAL_SITES = words('99.co homes.com domain.com.au myproperty.ph streeteasy.com');
const SEARCH_ENGINES = words(
	'google bing yahoo duckduckgo baidu ecosia yandex adwords googleads gads',
);
const SOCIAL_SITES = words(
	'facebook fb instagram ig insta meta tiktok twitter x linkedin youtube pinterest snapchat reddit threads',
);
const DIRECT_WAYS = words(
	'direct none website web site walkin walk phone call sms whatsapp viber messenger telegram chat inquiry enquiry form',
);
const MAIL = words('email mail newsletter edm');
const REFERRALS = words('referral referrals referrer affiliate affiliates partner friend broker');
const UNPAID = words('organic social seo post bio story stories sm');
const ADS = words(
	'cpc ppc cpm cpv cpa cpl paid paidsocial paidsearch ads ad sem display banner retargeting remarketing adwords googleads gads',
);

/**
 * The class of a lead's source by `utm.source` and `utm.medium`; null where they tell nothing. Where
 * the medium does not say whether a visit was paid for, the lower prior counts.
 * @see https://support.google.com/analytics/answer/9756891 for the order of the rules
 */
export const sourceClass: (source: string, medium: string) => SourceClass | null = rememberPairs(
	(source, medium) => classOf(source.trim().toLowerCase(), medium.toLowerCase()),
);

function classOf(source: string, medium: string): SourceClass | null {
	const from = source.split(/[^a-z0-9]+/);
	const by = medium.split(/[^a-z0-9]+/);
	const isFrom = (set: ReadonlySet<string>) => from.some((word) => set.has(word));
	const isBy = (set: ReadonlySet<string>) => by.some((word) => set.has(word));
	const isPaid = isBy(ADS) || isFrom(ADS);
	const isUnpaid = isBy(UNPAID) || isBy(REFERRALS);
	if (isFrom(PORTALS) || PORTAL_SITES.has(source.replace(/^www\./, ''))) return PORTAL;
	if (isFrom(SEARCH_ENGINES)) return isPaid ? PAID_SEARCH : isUnpaid ? ORGANIC_SEARCH : SEARCH;
	if (isFrom(SOCIAL_SITES)) return isPaid ? PAID_SOCIAL : isUnpaid ? ORGANIC_SOCIAL : SOCIAL;
	if (isPaid) return PAID;
	if (isFrom(MAIL) || isBy(MAIL)) return OWN_MAIL;
	if (isFrom(REFERRALS) || isBy(REFERRALS)) return REFERRAL;
	if (isFrom(DIRECT_WAYS) || isBy(DIRECT_WAYS)) return DIRECT;
	return isUnpaid ? ORGANIC : null;
}
