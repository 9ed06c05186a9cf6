import { type CountryCode, getCountries } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/** Names that are no country's official one. */
const ALSO: Readonly<Record<string, CountryCode>> = {
	usa: 'US',
	'united states of america': 'US',
	uk: 'GB',
	'great britain': 'GB',
	uae: 'AE',
	'the philippines': 'PH',
	phl: 'PH',
	'south korea': 'KR',
};

const CODES: ReadonlySet<string> = new Set(getCountries(metadata));

const NAMES = new Intl.DisplayNames(['en'], { type: 'region' });

const BY_NAME: ReadonlyMap<string, CountryCode> = new Map([
	...getCountries(metadata).map((code) => [NAMES.of(code)?.toLowerCase() ?? code, code] as const),
	...Object.entries(ALSO),
]);

/** The two letters of a country by its code or its English name; undefined where it is neither. */
export function countryCode(name: string): CountryCode | undefined {
	const trimmed = name.trim();
	const code = trimmed.toUpperCase();
	if (isCountryCode(code)) return code;
	return BY_NAME.get(trimmed.toLowerCase());
}

function isCountryCode(code: string): code is CountryCode {
	return CODES.has(code);
}
