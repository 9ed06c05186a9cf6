/** Words and sources that the fair-housing rules share. */
export const STATUTE = '42 U.S.C. 3604(c)';
export const REGULATION = '24 CFR 109.20';
export const KEYWORDS = 'Canopy MLS fair-housing keyword list';
export const STEERING = '42 U.S.C. 3604(c), steering';

export const PLACES =
	'neighborhood|neighborhoods|neighbourhood|neighbourhoods|community|communities|area|areas|' +
	'district|enclave|subdivision|village|location|population|barangay';
