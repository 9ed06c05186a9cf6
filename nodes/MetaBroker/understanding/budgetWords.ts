/** Words near an amount that say that it is what a person would spend. */
export const SAYS_BUDGET = new Set(
	(
		'budget afford kaya spend around about approx approximately roughly mga range rent renta upa ' +
		'rental hanggang worth price presyo halagang'
	).split(' '),
);

/** Words near an amount that say that it is something else. */
export const NO_BUDGET = new Set(
	(
		'fee fees reservation dp down downpayment deposit dues hoa income salary sweldo sahod kita earn earning ' +
		'earnings discount commission equity tax taxes reserve refund sell selling ibenta ibebenta'
	).split(' '),
);

/** What a number counts, or names, that is no money. */
export const NO_MONEY_AFTER = new Set(
	(
		'km kms kilometers kilometer meters meter metres min mins minute minutes hr hrs hour hours am pm ' +
		'pax persons person people tao adults kids floor floors palapag storey storeys story level levels ' +
		'th st nd rd day days week weeks month months mo mos year years yr yrs taon buwan araw linggo ' +
		'units unit cars car slots slot sqm sqft % x hectares steps followers likes ' +
		'br bedroom bedrooms bath baths points'
	).split(' '),
);

/** What stands before a number that names something. */
export const NO_MONEY_BEFORE = new Set(
	(
		'unit tower bldg building block blk phase room floor lot no number num # id ref reference code ' +
		'listing property zip zipcode postal otp pin case ticket order year since street st ave x'
	).split(' '),
);

/** What makes "500m" a distance. */
export const DISTANCE_AFTER = new Set('away from walk walking distance radius'.split(' '));
