import fc from 'fast-check';
import parsePhoneNumber, {
	type CountryCode,
	getCountries,
	getExampleNumber,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';

import { readPhone } from '../../../../nodes/shared/contact/phone';
import { cpuMs, MOMENT_MS } from '../../LeadScore/scoring/samples.cts';

/** What the library itself says, asked in the plainest way. */
function asked(text: string, home?: CountryCode) {
	const found = parsePhoneNumber(text, home);
	if (!found?.isValid()) return undefined;
	const type = found.getType();
	return {
		number: found.number,
		...(found.country && { country: found.country }),
		kind: type === 'MOBILE' ? 'mobile' : type === 'FIXED_LINE_OR_MOBILE' ? 'either' : 'other',
	};
}

const COUNTRIES = getCountries();

describe('phone numbers', () => {
	it.each<[string, string, string, string]>([
		['+639171234567', '+639171234567', 'PH', 'mobile'],
		['+63 917 123 4567', '+639171234567', 'PH', 'mobile'],
		['(+63) 917-123-4567', '+639171234567', 'PH', 'mobile'],
		['0917 123 4567', '+639171234567', 'PH', 'mobile'],
		['9171234567', '+639171234567', 'PH', 'mobile'],
		['639171234567', '+639171234567', 'PH', 'mobile'],
		['00639171234567', '+639171234567', 'PH', 'mobile'],
		['+63 0917 123 4567', '+639171234567', 'PH', 'mobile'],
		['(02) 8123-4567', '+63281234567', 'PH', 'other'],
		['(02) 8123-4567 x12', '+63281234567 ext. 12', 'PH', 'other'],
		['(02) 8123-4567 ext. 12', '+63281234567 ext. 12', 'PH', 'other'],
		['+1 210 555 0100', '+12105550100', 'US', 'either'],
		['+1 416 555 0199', '+14165550199', 'CA', 'either'],
		['+44 7400 123456', '+447400123456', 'GB', 'mobile'],
		['+65 9123 4567', '+6591234567', 'SG', 'mobile'],
		['\u200e+63 917 123 4567\u202c', '+639171234567', 'PH', 'mobile'],
		['＋６３９１７１２３４５６７', '+639171234567', 'PH', 'mobile'],
	])('%s is read', (given, number, country, kind) => {
		expect(readPhone(given, 'PH')).toEqual({ number, country, kind });
	});

	it.each([
		['letters', 'CALL ME'],
		['a vanity number', '1-800-FLOWERS'],
		['letters beside a number', 'call me 09171234567'],
		['letters for digits', '+63917ABC4567'],
		['too few digits', '12345'],
		['too many', '+6391712345678901'],
		['an unknown calling code', '+999123456789'],
		['zeros', '0000000000'],
		['a plus alone', '+'],
		['nothing', ''],
		['a date', '2026-11-22'],
		['two numbers', '0917 123 4567 / 0918 765 4321'],
		['a text too long', '0917 123 4567'.padEnd(65, ' ') + '1'],
	])('%s is no number', (_name, given) => {
		expect(readPhone(given, 'PH')).toBeUndefined();
	});

	it('needs a country for a number without a calling code', () => {
		expect(readPhone('0917 123 4567', undefined)).toBeUndefined();
		expect(readPhone('+639171234567', undefined)?.country).toBe('PH');
		expect(readPhone('(210) 555-0100', 'US')?.number).toBe('+12105550100');
	});

	it('agrees with the library on an example of every country, national and international', () => {
		for (const country of COUNTRIES) {
			const example = getExampleNumber(country, examples)!;
			const { number } = example;
			expect([country, readPhone(number, 'PH')]).toEqual([country, asked(number, 'PH')]);
			const national = example.formatNational();
			expect([national, readPhone(national, country)]).toEqual([
				national,
				asked(national, country),
			]);
		}
	});

	const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 16 });
	const country = fc.constantFrom(...COUNTRIES);
	/** A real number of a country with its last digits, or one more or less of them, by chance. */
	const likely = fc
		.tuple(country, fc.nat(7), digits, fc.integer({ min: -1, max: 1 }))
		.map(([code, kept, other, longer]) => {
			const number = getExampleNumber(code, examples)!.number as string;
			const tail = number.length - Math.min(kept, number.length - 3) + longer;
			return number.slice(0, kept + 3) + other.padEnd(20, other).slice(0, Math.max(0, tail - 3));
		});

	it('agrees with the library on numbers in international form', () => {
		const international = fc.oneof(
			digits.map((text) => `+${text}`),
			likely,
			fc.tuple(country, digits).map(([code, text]) => {
				const { countryCallingCode } = getExampleNumber(code, examples)!;
				return `+${countryCallingCode}${text}`;
			}),
		);
		fc.assert(
			fc.property(international, (text) => {
				expect(readPhone(text, 'PH')).toEqual(asked(text, 'PH'));
			}),
			{ numRuns: 6_000 },
		);
	});

	it('agrees with the library on numbers as dialled within a country, however they are grouped', () => {
		const dialled = fc
			.tuple(country, likely, digits, fc.boolean())
			.map(([home, number, text, isLike]) => {
				const like = getExampleNumber(home, examples)!.formatNational();
				return [
					home,
					isLike ? like.slice(0, -3) + text.slice(0, 3) : (number + text).slice(3),
				] as const;
			});
		const gap = fc.constantFrom('', ' ', '-', '.', ') ');
		fc.assert(
			fc.property(dialled, gap, fc.nat(8), ([home, text], separator, at) => {
				const grouped = text.slice(0, at) + separator + text.slice(at);
				expect(readPhone(grouped, home)).toEqual(asked(grouped, home));
			}),
			{ numRuns: 6_000 },
		);
	});

	it('answers within a moment to hostile text', () => {
		const started = cpuMs();
		for (const piece of ['+', '1', '(', ' ', '-', 'x', 'ext', ';', '9 ', '\u0661']) {
			for (const length of [10, 60, 1_000_000]) readPhone(`+63${piece.repeat(length)}`, 'PH');
		}
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (text) => {
				readPhone(text, 'PH');
			}),
		);
		expect(cpuMs() - started).toBeLessThan(MOMENT_MS);
	});
});
